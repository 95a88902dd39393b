import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { basisPoints } from '../../../shared/kernel/money.ts';
import { BarMeter } from '../../components/bar-meter.tsx';
import { type FigureColumn, FigureTable } from '../../components/figure-table.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { percent } from '../../format/percent.ts';
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

/** The colleges side by side: budget, what is held and spent of it, and what waits. */
export function CollegeTable({ colleges, spentPaise, onDrill, onWaiting }: Props) {
  const text = useText();
  const all = text('consolidated.total');
  const spent = text('consolidated.spent');
  const columns: readonly FigureColumn<College>[] = [
    {
      id: 'allocated',
      head: text('consolidated.allocated'),
      cell: (college) => college.allocatedPaise,
      total: sumOf(colleges, 'allocatedPaise'),
    },
    {
      id: 'committed',
      head: text('consolidated.committed'),
      cell: (college) => college.committedPaise,
      total: sumOf(colleges, 'committedPaise'),
    },
    {
      id: 'spent',
      head: spent,
      cell: ({ id, code, spentPaise }) => (
        <Figure what={spent} college={code} paise={spentPaise} onOpen={() => onDrill(id)} />
      ),
      total: <Figure what={spent} college={all} paise={spentPaise} onOpen={() => onDrill(null)} />,
    },
    {
      id: 'used',
      head: text('consolidated.used'),
      words: true,
      className: 'matrix-bar',
      cell: (college) => <Used college={college} />,
    },
    {
      id: 'waiting',
      head: text('consolidated.waiting'),
      cell: (college) => <Waiting college={college} onOpen={() => onWaiting(college.id)} />,
      total: colleges.reduce((sum, college) => sum + college.waiting, 0),
    },
  ];
  return (
    <FigureTable
      caption={text('consolidated.compare')}
      className="matrix"
      head={text('expenses.college')}
      columns={columns}
      rows={colleges}
      rowKey={({ id }) => id}
      name={({ name, code }) => (
        <>
          {name} <span className="muted">{code}</span>
        </>
      )}
      total={all}
    />
  );
}

function Used({ college }: { readonly college: College }) {
  const text = useText();
  const { allocatedPaise, committedPaise, spentPaise } = college;
  return (
    <span className="matrix-used">
      <BarMeter
        label={college.name}
        whole={allocatedPaise}
        parts={[
          { label: text('consolidated.spent'), paise: spentPaise, tone: 'accent' },
          { label: text('consolidated.committed'), paise: committedPaise, tone: 'soft' },
        ]}
      />
      <span>{percent(basisPoints(spentPaise + committedPaise, allocatedPaise))}</span>
    </span>
  );
}

function Waiting({ college, onOpen }: { readonly college: College; onOpen(): void }) {
  const text = useText();
  if (college.waiting === 0) return <span className="muted">–</span>;
  return (
    <span className="matrix-waiting">
      {college.overdue > 0 && <Pill tone="bad">{text('consolidated.overdue', { count: college.overdue })}</Pill>}
      <button type="button" className="figure-link" onClick={onOpen}>
        {college.waiting}
      </button>
    </span>
  );
}
