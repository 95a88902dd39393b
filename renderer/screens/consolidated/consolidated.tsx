import { CircleCheck, LibraryBig, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Output } from '../../../shared/ipc/contract.ts';
import { monthsOf } from '../../../shared/kernel/dates.ts';
import { Chart } from '../../components/chart.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { monthBounds, monthName } from '../../format/month.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { POSTED, useOpenList } from '../expenses/use-open-list.ts';
import { AccountTable } from './account-table.tsx';
import { CollegeTable } from './college-table.tsx';
import './consolidated.css';
import { matrixOf } from './matrix.ts';
import { MatrixTable } from './matrix-table.tsx';

type Summary = Output<'consolidation.summary'>;

/** The super-accountant's books: every figure from the kept totals, and from every figure a way down to its expenses. */
export function Consolidated() {
  const text = useText();
  const { financialYear } = useWork();
  const summary = useAsk('consolidation.summary', { financialYear });
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('consolidated.title', { year: financialYear })}</h1>
        {summary.data !== undefined && <Agreement agrees={summary.data.agrees} />}
        <span className="push" />
        <ExportButton
          order={{ kind: 'consolidation', collegeId: null, financialYear, filter: null, sort: null, text: '' }}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the page can be scrolled by keys alone. */}
      <section className="screen-body stack" tabIndex={0} aria-label={text('screen.consolidated')}>
        {summary.error !== null ? (
          <ErrorPanel error={summary.error} onRetry={() => void summary.refetch()} />
        ) : summary.data === undefined ? (
          <Skeleton lines={8} />
        ) : (
          <Books summary={summary.data} />
        )}
      </section>
    </div>
  );
}

function Agreement({ agrees }: { readonly agrees: boolean }) {
  const text = useText();
  const Icon = agrees ? CircleCheck : TriangleAlert;
  return (
    <span className={agrees ? 'agreement is-ok' : 'agreement is-bad'} role="status">
      <Icon size={15} aria-hidden="true" />
      {text(agrees ? 'consolidated.agrees' : 'consolidated.differs')}
    </span>
  );
}

function Books({ summary }: { readonly summary: Summary }) {
  const text = useText();
  const language = useLanguage();
  const { financialYear } = useWork();
  const openList = useOpenList();
  const [memory, remember] = useListMemory('consolidated');
  const { colleges } = summary;
  const months = useMemo(
    () => monthsOf(financialYear).map((key) => ({ key, label: monthName(key, language) })),
    [financialYear, language],
  );
  const byMonth = useMemo(
    () =>
      matrixOf(
        summary.months.map(({ month, collegeId, spentPaise }) => ({
          key: month,
          label: monthName(month, language),
          collegeId,
          paise: spentPaise,
        })),
        colleges.map(({ id }) => id),
        months,
      ),
    [summary, colleges, months, language],
  );
  const labels = useMemo(() => byMonth.map(({ label }) => label), [byMonth]);
  const series = useMemo(
    () =>
      colleges.map((college, column) => ({
        label: college.code,
        values: byMonth.map((row) => row.cells[column] ?? 0n),
      })),
    [colleges, byMonth],
  );
  const byCategory = matrixOf(
    summary.categories.map(({ category, label, labelHi, collegeId, spentPaise }) => ({
      key: category,
      label: language === 'hi' ? labelHi : label,
      collegeId,
      paise: spentPaise,
    })),
    colleges.map(({ id }) => id),
  );
  const openMonth = (month: string, collegeId: string | null): void => {
    const { first, last } = monthBounds(month);
    openList(collegeId, { status: POSTED, from: first, to: last });
  };
  return (
    <>
      {!summary.agrees && (
        <p className="consolidated-differs" role="alert">
          {text('consolidated.differsHint')}
        </p>
      )}
      <section className="panel stack" aria-label={text('consolidated.compare')}>
        <h2>{text('consolidated.compare')}</h2>
        <CollegeTable
          colleges={colleges}
          spentPaise={summary.totalPaise}
          onDrill={(collegeId) => openList(collegeId, { status: POSTED })}
          onWaiting={(collegeId) => openList(collegeId, { status: ['submitted'] })}
        />
        <p className="muted small">{text('consolidated.basis')}</p>
      </section>
      {summary.accounts.length === 0 ? (
        <EmptyState icon={LibraryBig} title={text('consolidated.none')} hint={text('consolidated.noneHint')} />
      ) : (
        <>
          <section className="panel">
            <Chart title={text('consolidated.chart')} labels={labels} series={series} stacked />
          </section>
          <section className="panel">
            <Tabs
              label={text('consolidated.views')}
              value={typeof memory.filter === 'string' ? memory.filter : 'month'}
              onChange={(tab) => remember({ filter: tab })}
              tabs={[
                {
                  value: 'month',
                  label: text('consolidated.byMonth'),
                  content: (
                    <MatrixTable
                      caption={text('consolidated.byMonth')}
                      head={text('consolidated.month')}
                      colleges={colleges}
                      rows={byMonth}
                      onDrill={openMonth}
                    />
                  ),
                },
                {
                  value: 'category',
                  label: text('consolidated.byCategory'),
                  content: (
                    <MatrixTable
                      caption={text('consolidated.byCategory')}
                      head={text('field.category')}
                      colleges={colleges}
                      rows={byCategory}
                      onDrill={(category, collegeId) => openList(collegeId, { status: POSTED, category: [category] })}
                    />
                  ),
                },
                {
                  value: 'account',
                  label: text('consolidated.byAccount'),
                  content: (
                    <>
                      <AccountTable
                        summary={summary}
                        onDrill={(accountCode, collegeId) => openList(collegeId, { status: POSTED, accountCode })}
                      />
                      <p className="muted small">{text('consolidated.accountBasis')}</p>
                    </>
                  ),
                },
              ]}
            />
          </section>
        </>
      )}
    </>
  );
}
