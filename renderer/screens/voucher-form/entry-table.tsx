import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { Money } from '../../components/figures.tsx';
import { useText } from '../../i18n/text.ts';
import { focusField } from './entry-focus.ts';
import { EntryLine } from './entry-line.tsx';
import type { LineProps } from './line-props.ts';
import { lineField, type ReadEntry } from './read-entry.ts';

interface Props extends Omit<LineProps, 'line' | 'place'> {
  readonly read: ReadEntry;
  /** The cursor begins at the first account. */
  readonly focusFirst: boolean;
  add(): void;
}

/** The lines in a table of fields, with both sums and what is still to be placed below. */
export function EntryTable({ read, focusFirst, add, ...props }: Props) {
  const text = useText();
  const { values, error } = props;
  const first = useRef(focusFirst ? values.lines[0]?.key : undefined);
  useEffect(() => {
    if (first.current !== undefined) focusField(lineField(first.current, 'account'));
  }, []);
  const { difference } = read;
  const problem = error('lines');
  return (
    <section className="panel entry-table" aria-label={text('field.lines')}>
      <div className="entry-titles small muted" aria-hidden="true">
        <span>{text('entry.side')}</span>
        <span>{text('field.account')}</span>
        <span className="number entry-title-debit">{text('expense.debit')}</span>
        <span className="number entry-title-credit">{text('expense.credit')}</span>
      </div>
      <ol className="entry-lines">
        {values.lines.map((line, index) => (
          <EntryLine key={line.key} {...props} line={line} place={index + 1} />
        ))}
      </ol>
      <div className="entry-sums">
        <Button look="quiet" icon={Plus} onClick={add}>
          {text('entry.addLine')}
        </Button>
        <p className={problem === null ? 'muted' : 'entry-wrong'} role="status">
          {problem !== null
            ? `${problem} ${difference === 0n ? '' : differenceText()}`.trim()
            : difference !== 0n && differenceText()}
        </p>
        <span className="number">
          <Money paise={read.debit} bare />
        </span>
        <span className="number">
          <Money paise={read.credit} bare />
        </span>
      </div>
    </section>
  );

  function differenceText(): string {
    const amount = formatRupees(difference < 0n ? -difference : difference);
    return text(difference > 0n ? 'entry.toCredit' : 'entry.toDebit', { amount });
  }
}
