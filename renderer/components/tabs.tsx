import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import './tabs.css';

interface Props {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
  readonly tabs: readonly {
    readonly value: string;
    readonly label: string;
    readonly content: ReactNode;
    /** How many wait there; shown beside the label. */
    readonly count?: number | undefined;
    /** More than none of them is a worry. */
    readonly urgent?: boolean;
  }[];
}

export function Tabs({ label, value, onChange, tabs }: Props) {
  return (
    <Radix.Root value={value} onValueChange={onChange} className="tabs">
      <Radix.List aria-label={label} className="tabs-list">
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className="tab">
            {tab.label}{' '}
            {tab.count !== undefined && (
              <span className={classes('tab-count', tab.urgent === true && tab.count > 0 && 'is-urgent')}>
                {tab.count.toLocaleString('en-IN')}
              </span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="tab-content">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
