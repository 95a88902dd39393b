import { Wallet } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { BudgetView } from '../../../shared/ipc/contract/masters.ts';
import type { Session } from '../../../shared/ipc/contract/session.ts';
import type { FinancialYear } from '../../../shared/kernel/dates.ts';
import { Chart } from '../../components/chart.tsx';
import { ChooseCollege } from '../../components/choose-college.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { Select } from '../../components/inputs.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { monthName } from '../../format/month.ts';
import { percent } from '../../format/percent.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { useScope } from '../../state/scope.ts';
import { POSTED, useOpenList } from '../expenses/use-open-list.ts';
import { BudgetTable } from './budget-table.tsx';
import './budgets.css';
import { yearAfter } from './next-year.ts';
import { SetBudget } from './set-budget.tsx';

/** The budgets of a college: what each category may use, what is held and spent, and by month. */
export function Budgets() {
  const text = useText();
  const { college, session, financialYear, role } = useWork();
  const setYear = useScope((scope) => scope.setYear);
  const maySet = role === 'principal' || role === 'super_accountant';
  // The next year has nothing in the books until its first budget is set, so the window cannot be switched to it yet.
  const coming = yearAfter(session.financialYear);
  const [ahead, setAhead] = useState(false);
  const year = ahead ? coming : financialYear;
  const years = session.financialYears.includes(coming) ? session.financialYears : [coming, ...session.financialYears];
  const choose = (chosen: string): void => {
    const known = session.financialYears.includes(chosen);
    setAhead(!known);
    if (known) setYear(chosen);
  };
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('budgets.title', { year })}</h1>
        {college !== null && <span className="muted">{college.name}</span>}
        <span className="push" />
        <Select
          narrow
          aria-label={text('budgets.year')}
          value={year}
          options={years.map((value) => ({ value, label: text('year.label', { year: value }) }))}
          onChange={choose}
        />
        <ExportButton
          order={{
            kind: 'budgets',
            collegeId: college?.id ?? null,
            financialYear: year,
            filter: null,
            sort: null,
            text: '',
          }}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the page can be scrolled by keys alone. */}
      <section className="screen-body stack" tabIndex={0} aria-label={text('screen.budgets')}>
        {college === null ? (
          <ChooseCollege title={text('budgets.choose')} hint={text('budgets.chooseHint')} />
        ) : (
          <Year key={`${college.id} ${year}`} college={college} year={year} maySet={maySet} />
        )}
      </section>
    </div>
  );
}

interface YearProps {
  readonly college: Session['colleges'][number];
  readonly year: FinancialYear;
  readonly maySet: boolean;
}

function Year({ college, year, maySet }: YearProps) {
  const text = useText();
  const language = useLanguage();
  const openList = useOpenList();
  const [setting, setSetting] = useState<BudgetView | null>(null);
  const budgets = useAsk('budgets.list', { collegeId: college.id, financialYear: year });
  const months = budgets.data?.months;
  const labels = useMemo(() => months?.map(({ month }) => monthName(month, language)) ?? [], [months, language]);
  const series = useMemo(
    () => [{ label: text('budgets.spent'), values: months?.map(({ spentPaise }) => spentPaise) ?? [] }],
    [months, text],
  );
  if (budgets.error !== null) return <ErrorPanel error={budgets.error} onRetry={() => void budgets.refetch()} />;
  if (budgets.data === undefined) return <Skeleton lines={8} />;
  const { rows, allocatedPaise, committedPaise, spentPaise } = budgets.data;
  const nothing = allocatedPaise === 0n && committedPaise === 0n && spentPaise === 0n;
  return (
    <>
      {nothing && (
        <EmptyState
          icon={Wallet}
          title={text('budgets.none')}
          hint={text(maySet ? 'budgets.noneHint' : 'budgets.noneHintReader')}
        />
      )}
      {(!nothing || maySet) && rows.length > 0 && (
        <section className="panel stack">
          <BudgetTable
            budgets={budgets.data}
            maySet={maySet}
            onSet={setSetting}
            onDrill={(category) => openList(college.id, { status: ['submitted', ...POSTED], category: [category] })}
          />
          <p className="muted small">
            {text('budgets.levels', {
              warning: percent(college.budgetWarningBp),
              critical: percent(college.budgetCriticalBp),
            })}
          </p>
        </section>
      )}
      {!nothing && (
        <section className="panel">
          <Chart title={text('budgets.chart')} labels={labels} series={series} />
        </section>
      )}
      {setting !== null && (
        <SetBudget
          budget={setting}
          category={language === 'hi' ? setting.labelHi : setting.label}
          financialYear={year}
          onClose={() => setSetting(null)}
        />
      )}
    </>
  );
}
