import { Pencil } from 'lucide-react';
import type { BudgetView } from '../../../shared/ipc/contract/masters.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import { basisPoints, formatRupees } from '../../../shared/kernel/money.ts';
import { BarMeter } from '../../components/bar-meter.tsx';
import { Button } from '../../components/button.tsx';
import { type FigureColumn, FigureTable } from '../../components/figure-table.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { percent } from '../../format/percent.ts';
import { useLanguage, useText } from '../../i18n/text.ts';

interface Props {
  readonly budgets: Output<'budgets.list'>;
  readonly maySet: boolean;
  onSet(budget: BudgetView): void;
  onDrill(category: string): void;
}

/** The budget of each category as a bar with its figures, and of the whole college below. */
export function BudgetTable({ budgets, maySet, onSet, onDrill }: Props) {
  const text = useText();
  const language = useLanguage();
  const used = budgets.spentPaise + budgets.committedPaise;
  const nameOf = (row: BudgetView): string => (language === 'hi' ? row.labelHi : row.label);
  const columns: readonly FigureColumn<BudgetView>[] = [
    {
      id: 'use',
      head: text('budgets.use'),
      words: true,
      className: 'budget-bar',
      cell: (row) => <Use {...row} label={nameOf(row)} bp={row.usedBp} />,
      total: <Use {...budgets} label={text('budgets.total')} bp={basisPoints(used, budgets.allocatedPaise)} />,
    },
    {
      id: 'allocated',
      head: text('budgets.allocated'),
      cell: (row) => row.allocatedPaise,
      total: budgets.allocatedPaise,
    },
    {
      id: 'committed',
      head: text('budgets.committed'),
      cell: (row) => row.committedPaise,
      total: budgets.committedPaise,
    },
    { id: 'spent', head: text('budgets.spent'), cell: (row) => row.spentPaise, total: budgets.spentPaise },
    {
      id: 'available',
      head: text('budgets.available'),
      cell: (row) => row.availablePaise,
      total: budgets.allocatedPaise - used,
    },
    { id: 'state', head: text('budgets.state'), words: true, cell: (row) => <Level row={row} /> },
  ];
  const setting: FigureColumn<BudgetView> = {
    id: 'set',
    head: text('budgets.setShort'),
    headHidden: true,
    cell: (row) => (
      <Button
        look="quiet"
        icon={Pencil}
        aria-label={text('budgets.set', { category: nameOf(row) })}
        onClick={() => onSet(row)}
      >
        {text('budgets.setShort')}
      </Button>
    ),
  };
  return (
    <FigureTable
      caption={text('screen.budgets')}
      className="budget-table"
      head={text('budgets.category')}
      columns={maySet ? [...columns, setting] : columns}
      rows={budgets.rows}
      rowKey={(row) => row.category}
      name={(row) => (
        <button
          type="button"
          className="figure-link"
          aria-label={text('budgets.drill', { category: nameOf(row) })}
          onClick={() => onDrill(row.category)}
        >
          {nameOf(row)}
        </button>
      )}
      total={text('budgets.total')}
    />
  );
}

interface UseProps {
  readonly label: string;
  readonly bp: number;
  readonly allocatedPaise: bigint;
  readonly committedPaise: bigint;
  readonly spentPaise: bigint;
}

function Use({ label, bp, allocatedPaise, committedPaise, spentPaise }: UseProps) {
  const text = useText();
  const over = spentPaise + committedPaise > allocatedPaise;
  return (
    <span className="budget-use">
      <BarMeter
        label={label}
        whole={allocatedPaise}
        parts={[
          { label: text('budgets.part.spent'), paise: spentPaise, tone: over ? 'bad' : 'accent' },
          { label: text('budgets.part.committed'), paise: committedPaise, tone: 'soft' },
        ]}
      />
      <span className="number">{percent(bp)}</span>
    </span>
  );
}

const TONE = { normal: 'ok', warning: 'warn', critical: 'bad' } as const;

function Level({ row }: { readonly row: BudgetView }) {
  const text = useText();
  if (row.availablePaise < 0n) {
    return <Pill tone="bad">{text('budgets.over', { amount: formatRupees(-row.availablePaise) })}</Pill>;
  }
  if (row.allocatedPaise === 0n) return <Pill tone="quiet">{text('budgets.unset')}</Pill>;
  return <Pill tone={TONE[row.alertLevel]}>{text(`budgets.${row.alertLevel}`)}</Pill>;
}
