import { useState } from 'react';
import type { MonthView, YearView } from '../../../shared/ipc/contract/periods.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { ChooseCollege } from '../../components/choose-college.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { type FigureColumn, FigureTable } from '../../components/figure-table.tsx';
import { Skeleton } from '../../components/states.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useNow } from '../../components/use-now.ts';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { formatInstant } from '../../format/instant.ts';
import { monthName } from '../../format/month.ts';
import { type Text, useLanguage, useText } from '../../i18n/text.ts';
import { ChangePeriod, type PeriodChange } from './change-period.tsx';
import './periods.css';

/** The months and years of a college: what is open for postings, who closed what, and the way to open it again. */
export function Periods() {
  const text = useText();
  const { college } = useWork();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.periods')}</h1>
        {college !== null && <span className="muted">{college.name}</span>}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the page can be scrolled by keys alone. */}
      <section className="screen-body stack" tabIndex={0} aria-label={text('screen.periods')}>
        {college === null ? (
          <ChooseCollege title={text('periods.choose')} hint={text('periods.chooseHint')} />
        ) : (
          <Years key={college.id} collegeId={college.id} />
        )}
      </section>
    </div>
  );
}

function Years({ collegeId }: { readonly collegeId: Id }) {
  const list = useAsk('periods.list', { collegeId });
  const [change, setChange] = useState<PeriodChange | null>(null);
  if (list.error !== null) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <Skeleton lines={12} />;
  return (
    <>
      {list.data.years.map((year) => (
        <Year key={year.financialYear} year={year} onChange={setChange} />
      ))}
      {change !== null && <ChangePeriod collegeId={collegeId} change={change} onClose={() => setChange(null)} />}
    </>
  );
}

interface YearProps {
  readonly year: YearView;
  onChange(change: PeriodChange): void;
}

function Year({ year, onChange }: YearProps) {
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const { financialYear, closed, asked, surplusPaise, waiting } = year;
  const columns: readonly FigureColumn<MonthView>[] = [
    { id: 'state', head: text('periods.state'), words: true, cell: (month) => <MonthState month={month} now={now} /> },
    { id: 'lines', head: text('periods.lines'), cell: ({ lineCount }) => lineCount.toLocaleString('en-IN') },
    { id: 'moved', head: text('periods.moved'), cell: ({ debitPaise }) => debitPaise },
    {
      id: 'do',
      head: text('periods.do'),
      headHidden: true,
      cell: ({ month, actions }) =>
        actions.map((action) => (
          <Button
            key={action}
            look="quiet"
            onClick={() => onChange({ period: 'month', month, action })}
            aria-label={`${text(`periods.${action}`)} ${monthName(month, language)}`}
          >
            {text(`periods.${action}`)}
          </Button>
        )),
    },
  ];
  const moved = year.months.reduce((sum, { debitPaise }) => sum + debitPaise, 0n);
  const lines = year.months.reduce((sum, { lineCount }) => sum + lineCount, 0);
  return (
    <section className="panel stack" aria-labelledby={`year-${financialYear}`}>
      <header className="periods-year">
        <h2 id={`year-${financialYear}`}>{text('year.label', { year: financialYear })}</h2>
        <Pill tone={closed === null ? 'ok' : 'quiet'}>
          {text(closed === null ? 'periods.isOpen' : 'periods.isClosed')}
        </Pill>
        <span className="muted">
          {text(surplusPaise < 0n ? 'periods.deficit' : 'periods.surplus', amountOf(surplusPaise))}
        </span>
        {closed !== null && <span className="muted">{byWhom('periods.closedBy', closed, now, text)}</span>}
        <span className="push" />
        {year.actions.map((action) => (
          <Button key={action} onClick={() => onChange({ period: 'year', year, action })}>
            {text(`periods.${action}Year`)}
          </Button>
        ))}
      </header>
      {year.agrees === false && (
        <p className="notice notice-bad" role="alert">
          {text('periods.disagrees')}
        </p>
      )}
      {asked !== null && (
        <p className="notice" role="status">
          {byWhom('periods.askedBy', asked, now, text)} “{asked.reason}”
        </p>
      )}
      {waiting > 0 && <p className="muted">{text('periods.waiting', { count: waiting })}</p>}
      <FigureTable
        caption={text('periods.caption', { year: financialYear })}
        className="periods-table"
        head={text('periods.month')}
        columns={columns.map((column) =>
          column.id === 'moved'
            ? { ...column, total: moved }
            : column.id === 'lines'
              ? { ...column, total: lines.toLocaleString('en-IN') }
              : column,
        )}
        rows={year.months}
        rowKey={({ month }) => month}
        name={({ month }) => monthName(month, language)}
        total={text('periods.total')}
      />
    </section>
  );
}

const amountOf = (paise: bigint) => ({ amount: formatRupees(paise < 0n ? -paise : paise) });

const byWhom = (
  key: 'periods.closedBy' | 'periods.askedBy' | 'periods.reopenedBy',
  { byName, at }: { readonly byName: string; readonly at: number },
  now: number,
  text: Text,
): string => text(key, { name: byName, at: formatInstant(at, now, text) });

function MonthState({ month: { closed, reopened }, now }: { readonly month: MonthView; readonly now: number }) {
  const text = useText();
  if (closed !== null)
    return (
      <span className="periods-state">
        <Pill tone="quiet">{text('periods.isClosed')}</Pill>
        <span className="muted small">{byWhom('periods.closedBy', closed, now, text)}</span>
      </span>
    );
  return (
    <span className="periods-state">
      <Pill tone="ok">{text('periods.isOpen')}</Pill>
      {reopened !== null && (
        <span className="muted small">
          {byWhom('periods.reopenedBy', reopened, now, text)} “{reopened.reason}”
        </span>
      )}
    </span>
  );
}
