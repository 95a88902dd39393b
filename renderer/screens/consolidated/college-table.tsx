import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { basisPoints } from '../../../shared/kernel/money.ts';
import { BarMeter } from '../../components/bar-meter.tsx';
import { Money } from '../../components/figures.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useText } from '../../i18n/text.ts';
import { Figure } from './matrix-table.tsx';

type College = Output<'consolidation.summary'>['colleges'][number];

interface Props {
  readonly colleges: readonly College[];
  readonly spentPaise: bigint;
  onDrill(collegeId: Id | null): void;
  onWaiting(collegeId: Id): void;
}

const sumOf = (colleges: readonly College[], field: 'allocatedPaise' | 'committedPaise'): bigint =>
  colleges.reduce((sum, college) => sum + college[field], 0n);

/** Hundredths of a percent as whole percents, rounded down so that a budget never looks full before it is. */
const percent = (bp: number): string => `${Math.floor(bp / 100)}%`;

/** The colleges side by side: budget, what is held and spent of it, and what waits. */
export function CollegeTable({ colleges, spentPaise, onDrill, onWaiting }: Props) {
  const text = useText();
  const all = text('consolidated.total');
  return (
    <table className="plain-table matrix">
      <caption className="visually-hidden">{text('consolidated.compare')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('expenses.college')}</th>
          <th scope="col" className="number">
            {text('consolidated.allocated')}
          </th>
          <th scope="col" className="number">
            {text('consolidated.committed')}
          </th>
          <th scope="col" className="number">
            {text('consolidated.spent')}
          </th>
          <th scope="col" className="matrix-bar">
            {text('consolidated.used')}
          </th>
          <th scope="col" className="number">
            {text('consolidated.waiting')}
          </th>
        </tr>
      </thead>
      <tbody>
        {colleges.map((college) => (
          <tr key={college.id}>
            <th scope="row">
              {college.name} <span className="muted">{college.code}</span>
            </th>
            <td className="number">
              <Money paise={college.allocatedPaise} bare />
            </td>
            <td className="number">
              <Money paise={college.committedPaise} bare />
            </td>
            <td className="number">
              <Figure
                what={text('consolidated.spent')}
                college={college.code}
                paise={college.spentPaise}
                onOpen={() => onDrill(college.id)}
              />
            </td>
            <td>
              <span className="matrix-used">
                <BarMeter
                  label={college.name}
                  whole={college.allocatedPaise}
                  parts={[
                    { label: text('consolidated.spent'), paise: college.spentPaise, tone: 'accent' },
                    { label: text('consolidated.committed'), paise: college.committedPaise, tone: 'soft' },
                  ]}
                />
                <span>{percent(basisPoints(college.spentPaise + college.committedPaise, college.allocatedPaise))}</span>
              </span>
            </td>
            <td className="number">
              {college.waiting === 0 ? (
                <span className="muted">–</span>
              ) : (
                <span className="matrix-waiting">
                  {college.overdue > 0 && (
                    <Pill tone="bad">{text('consolidated.overdue', { count: college.overdue })}</Pill>
                  )}
                  <button type="button" className="figure-link" onClick={() => onWaiting(college.id)}>
                    {college.waiting}
                  </button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{all}</th>
          <td className="number">
            <Money paise={sumOf(colleges, 'allocatedPaise')} bare />
          </td>
          <td className="number">
            <Money paise={sumOf(colleges, 'committedPaise')} bare />
          </td>
          <td className="number">
            <Figure what={text('consolidated.spent')} college={all} paise={spentPaise} onOpen={() => onDrill(null)} />
          </td>
          <td />
          <td className="number">{colleges.reduce((sum, college) => sum + college.waiting, 0)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
