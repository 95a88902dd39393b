import { Pencil } from 'lucide-react';
import type { BudgetView } from '../../../shared/ipc/contract/masters.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import { basisPoints, formatRupees } from '../../../shared/kernel/money.ts';
import { BarMeter } from '../../components/bar-meter.tsx';
import { Button } from '../../components/button.tsx';
import { Money } from '../../components/figures.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useLanguage, useText } from '../../i18n/text.ts';

interface Props {
  readonly budgets: Output<'budgets.list'>;
  readonly maySet: boolean;
  onSet(budget: BudgetView): void;
  onDrill(category: string): void;
}

/** Hundredths of a percent as whole percents, rounded down so that a budget never looks full before it is. */
export const percent = (bp: number): string => `${Math.floor(bp / 100)}%`;

/** The budget of each category as a bar with its figures, and of the whole college below. */
export function BudgetTable({ budgets, maySet, onSet, onDrill }: Props) {
  const text = useText();
  const used = budgets.spentPaise + budgets.committedPaise;
  const heads = ['allocated', 'committed', 'spent', 'available'] as const;
  return (
    <table className="plain-table budget-table">
      <caption className="visually-hidden">{text('screen.budgets')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('budgets.category')}</th>
          <th scope="col" className="budget-bar">
            {text('budgets.use')}
          </th>
          {heads.map((head) => (
            <th key={head} scope="col" className="number">
              {text(`budgets.${head}`)}
            </th>
          ))}
          <th scope="col">{text('budgets.state')}</th>
          {maySet && (
            <th scope="col">
              <span className="visually-hidden">{text('budgets.setShort')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {budgets.rows.map((row) => (
          <BudgetRow key={row.category} row={row} maySet={maySet} onSet={onSet} onDrill={onDrill} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{text('budgets.total')}</th>
          <td>
            <Use
              label={text('budgets.total')}
              bp={basisPoints(used, budgets.allocatedPaise)}
              allocatedPaise={budgets.allocatedPaise}
              committedPaise={budgets.committedPaise}
              spentPaise={budgets.spentPaise}
            />
          </td>
          <td className="number">
            <Money paise={budgets.allocatedPaise} bare />
          </td>
          <td className="number">
            <Money paise={budgets.committedPaise} bare />
          </td>
          <td className="number">
            <Money paise={budgets.spentPaise} bare />
          </td>
          <td className="number">
            <Money paise={budgets.allocatedPaise - used} bare />
          </td>
          <td />
          {maySet && <td />}
        </tr>
      </tfoot>
    </table>
  );
}

interface RowProps extends Omit<Props, 'budgets'> {
  readonly row: BudgetView;
}

function BudgetRow({ row, maySet, onSet, onDrill }: RowProps) {
  const text = useText();
  const language = useLanguage();
  const name = language === 'hi' ? row.labelHi : row.label;
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="figure-link"
          aria-label={text('budgets.drill', { category: name })}
          onClick={() => onDrill(row.category)}
        >
          {name}
        </button>
      </th>
      <td>
        <Use
          label={name}
          bp={row.usedBp}
          allocatedPaise={row.allocatedPaise}
          committedPaise={row.committedPaise}
          spentPaise={row.spentPaise}
        />
      </td>
      <td className="number">
        <Money paise={row.allocatedPaise} bare />
      </td>
      <td className="number">
        <Money paise={row.committedPaise} bare />
      </td>
      <td className="number">
        <Money paise={row.spentPaise} bare />
      </td>
      <td className="number">
        <Money paise={row.availablePaise} bare />
      </td>
      <td>
        <Level row={row} />
      </td>
      {maySet && (
        <td className="number">
          <Button
            look="quiet"
            icon={Pencil}
            aria-label={text('budgets.set', { category: name })}
            onClick={() => onSet(row)}
          >
            {text('budgets.setShort')}
          </Button>
        </td>
      )}
    </tr>
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
