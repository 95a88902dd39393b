import { useLocation } from 'wouter';
import type { ReportName } from '../../../shared/domain/report/names.ts';
import { ChooseCollege } from '../../components/choose-college.tsx';
import { useWork } from '../../data/session.ts';
import { useText } from '../../i18n/text.ts';
import { addressOf, readAddress } from './report-address.ts';
import { ReportPage } from './report-page.tsx';
import './reports.css';

/** The statements of a college: a list of them, and each with its period, its way down to the voucher, and as a file. */
export function Reports() {
  const text = useText();
  const [location] = useLocation();
  const { college } = useWork();
  const choice = readAddress(location);
  if (college !== null && choice !== null) {
    return <ReportPage key={`${college.id} ${choice.report}`} college={college} choice={choice} />;
  }
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.reports')}</h1>
        {college !== null && <span className="muted">{college.name}</span>}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the page can be scrolled by keys alone. */}
      <section className="screen-body stack" tabIndex={0} aria-label={text('screen.reports')}>
        {college === null ? (
          <ChooseCollege title={text('reports.choose')} hint={text('reports.chooseHint')} />
        ) : (
          <ReportList />
        )}
      </section>
    </div>
  );
}

type Group = 'books' | 'statements' | 'parties' | 'control';

const groups: Readonly<Record<Group, readonly ReportName[]>> = {
  books: ['day_book', 'ledger', 'cash_book', 'trial_balance'],
  statements: ['income_expenditure', 'receipts_payments', 'balance_sheet', 'monthly'],
  parties: ['ageing'],
  control: ['bank_reconciliation', 'budget', 'utilisation', 'number_gaps'],
};

function ReportList() {
  const text = useText();
  const [, goTo] = useLocation();
  return (Object.keys(groups) as Group[]).map((group) => (
    <section key={group} className="stack-tight" aria-labelledby={`reports-${group}`}>
      <h2 id={`reports-${group}`}>{text(`reports.group.${group}`)}</h2>
      <ul className="report-cards">
        {groups[group].map((report) => (
          <li key={report}>
            {/* The day book is a list to work in, with the same vouchers. */}
            <button
              type="button"
              className="report-card"
              onClick={() => goTo(report === 'day_book' ? '/vouchers' : addressOf({ report }))}
            >
              <span className="report-card-name">{text(`report.${report}`)}</span>
              <span className="muted small">{text(`report.${report}.hint`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}
