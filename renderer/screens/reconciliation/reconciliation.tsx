import { useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, FileText, Landmark, ListChecks, Search, Upload } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ReconciledAccount, ReconciliationHead } from '../../../shared/ipc/contract/reconciliation.ts';
import { addDays, formatDate, type IsoDate, monthOf } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ChooseCollege } from '../../components/choose-college.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Money } from '../../components/figures.tsx';
import { Select } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useJob } from '../../data/use-job.ts';
import { monthBounds, monthName } from '../../format/month.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { addressOf } from '../reports/report-address.ts';
import { FeesPane } from './fees-pane.tsx';
import { FetchLine } from './fetch-line.tsx';
import { ImportStatement } from './import-statement.tsx';
import { MatchedPane } from './matched-pane.tsx';
import { OpenPanes } from './open-panes.tsx';
import { ProposalsPane } from './proposals-pane.tsx';
import { RulesDialog } from './rules-dialog.tsx';
import { StatementsPane } from './statements-pane.tsx';
import './reconciliation.css';

/** The statements of the banks against the books: what both have, and what only one of them has. */
export function Reconciliation() {
  const text = useText();
  const { college } = useWork();
  if (college !== null) return <OfCollege key={college.id} collegeId={college.id} />;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.reconciliation')}</h1>
      </header>
      <section className="screen-body">
        <ChooseCollege title={text('recon.choose')} hint={text('recon.chooseHint')} />
      </section>
    </div>
  );
}

function OfCollege({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const accounts = useAsk('reconciliation.accounts', { collegeId });
  const rows = accounts.data?.rows;
  if (rows !== undefined && rows.length > 0) return <Account collegeId={collegeId} accounts={rows} />;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.reconciliation')}</h1>
      </header>
      <section className="screen-body">
        {accounts.error !== null && <ErrorPanel error={accounts.error} onRetry={() => void accounts.refetch()} />}
        {rows === undefined && accounts.error === null && <Skeleton lines={8} />}
        {rows?.length === 0 && (
          <EmptyState icon={Landmark} title={text('recon.noAccount')} hint={text('recon.noAccountHint')} />
        )}
      </section>
    </div>
  );
}

const earlier = (one: IsoDate, other: IsoDate): IsoDate => [one, other].toSorted()[0] ?? one;

/** `/reconciliation/<account>/<month>` */
function useChoice(accounts: readonly ReconciledAccount[], today: string) {
  const [location, goTo] = useLocation();
  const [, , id = '', month = ''] = location.split('/');
  const account = accounts.find((one) => one.id === id) ?? accounts[0];
  const last = account?.statementTo ?? today;
  const chosen = /^\d{4}-\d{2}$/.test(month) ? month : monthOf(earlier(last, today));
  const choose = (next: Id, at: string): void => goTo(`/reconciliation/${next}/${at}`, { replace: true });
  return { account, month: chosen, choose };
}

/** The lists by their place, as the tabs stand. */
const tabKeys = [
  ['Alt+1', 'open', 'recon.tab.open'],
  ['Alt+2', 'proposals', 'recon.tab.proposals'],
  ['Alt+3', 'matched', 'recon.tab.matched'],
  ['Alt+4', 'statements', 'recon.tab.statements'],
  ['Alt+5', 'fees', 'recon.tab.fees'],
] as const;

interface AccountProps {
  readonly collegeId: Id;
  readonly accounts: readonly ReconciledAccount[];
}

function Account({ collegeId, accounts }: AccountProps) {
  const text = useText();
  const desk = useDesk();
  const queries = useQueryClient();
  const language = useLanguage();
  const [, goTo] = useLocation();
  const { today, role } = useWork();
  const { account, month, choose } = useChoice(accounts, today);
  const [tab, setTab] = useState('open');
  const [open, setOpen] = useState<'import' | 'rules' | null>(null);
  const bankAccountId = account?.id ?? '';
  const head = useAsk('reconciliation.head', { collegeId, bankAccountId, month }, { keep: true });
  const job = useJob(() => {
    // What was found is of this desk alone: no table tells of it.
    void queries.invalidateQueries({ queryKey: ['reconciliation.proposals'] });
  });
  const mayWork = role === 'college_accounts_admin';
  const { last } = monthBounds(month);
  const to = earlier(last, today);
  const move = (by: number): void => choose(bankAccountId, monthOf(addDays(`${month}-15`, by * 30)));
  const search = (): void => {
    if (!mayWork || job.running) return;
    setTab('proposals');
    void job.start(() => desk.call('reconciliation.propose', { collegeId, bankAccountId, to }));
  };
  const statement = (): void =>
    goTo(addressOf({ report: 'bank_reconciliation', accountCode: account?.accountCode, from: `${month}-01`, to }));
  useKeys([
    { keys: 'Alt+I', label: text('recon.import'), run: () => setOpen('import'), enabled: mayWork },
    { keys: 'Alt+S', label: text('recon.search'), run: search, enabled: mayWork },
    { keys: 'Alt+B', label: text('recon.statement'), run: statement },
    { keys: 'Alt+R', label: text('recon.rules'), run: () => setOpen('rules') },
    ...tabKeys.map(([keys, value, label]) => ({ keys, label: text(label), run: () => setTab(value) })),
    { keys: 'Alt+PageUp', label: text('recon.earlier'), run: () => move(-1), hidden: true },
    { keys: 'Alt+PageDown', label: text('recon.later'), run: () => move(1), hidden: true },
  ]);
  if (account === undefined) return null;
  const pane = { collegeId, bankAccountId, to, mayWork };
  const own = { collegeId, bankAccountId };
  return (
    <div className="screen recon">
      <header className="screen-head">
        <h1>{text('screen.reconciliation')}</h1>
        <Select
          narrow
          aria-label={text('recon.account')}
          value={account.id}
          options={accounts.map(({ id, name, accountNumber }) => ({
            value: id,
            label: `${name} ··${accountNumber.slice(-4)}`,
          }))}
          onChange={(id) => choose(id, month)}
        />
        <span className="recon-month">
          <IconButton icon={ChevronLeft} label={text('recon.earlier')} onClick={() => move(-1)} />
          <strong>{monthName(month, language)}</strong>
          <IconButton icon={ChevronRight} label={text('recon.later')} onClick={() => move(1)} />
        </span>
        {head.data?.isClosed === true && <Pill tone="quiet">{text('periods.isClosed')}</Pill>}
        <span className="push" />
        <Button look="quiet" icon={ListChecks} keys="Alt+R" onClick={() => setOpen('rules')}>
          {text('recon.rules')}
        </Button>
        <Button look="quiet" icon={FileText} keys="Alt+B" onClick={statement}>
          {text('recon.brs')}
        </Button>
        {mayWork && (
          <>
            <Button icon={Search} keys="Alt+S" disabled={job.running} onClick={search}>
              {text('recon.search')}
            </Button>
            <Button look="primary" icon={Upload} keys="Alt+I" onClick={() => setOpen('import')}>
              {text('recon.import')}
            </Button>
          </>
        )}
      </header>
      {head.error !== null && <ErrorPanel error={head.error} />}
      <Figures head={head.data} />
      {mayWork && <FetchLine key={bankAccountId} {...own} />}
      <div className="recon-body">
        <Tabs
          label={text('screen.reconciliation')}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'open', label: text('recon.tab.open'), content: <OpenPanes key={bankAccountId} {...pane} /> },
            {
              value: 'proposals',
              label: text('recon.tab.proposals'),
              content: <ProposalsPane key={bankAccountId} {...pane} job={job} search={search} />,
            },
            {
              value: 'matched',
              label: text('recon.tabMatched', { count: head.data?.matches ?? 0 }),
              content: <MatchedPane key={`${bankAccountId} ${month}`} {...own} month={month} mayWork={mayWork} />,
            },
            {
              value: 'statements',
              label: text('recon.tab.statements'),
              content: <StatementsPane key={bankAccountId} {...own} />,
            },
            { value: 'fees', label: text('recon.tab.fees'), content: <FeesPane key={bankAccountId} {...own} /> },
          ]}
        />
      </div>
      {open === 'import' && (
        <ImportStatement
          collegeId={collegeId}
          accounts={accounts}
          onImported={(id, day) => {
            setOpen(null);
            choose(id, monthOf(day));
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'rules' && <RulesDialog collegeId={collegeId} mayWork={mayWork} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Balance by the books and by the bank, and what lies between them. */
function Figures({ head }: { readonly head: ReconciliationHead | undefined }) {
  const text = useText();
  if (head === undefined) return <div className="recon-figures" aria-hidden="true" />;
  const { booksPaise, bankPaise, bankAsOf, openLines, openEntries, to } = head;
  const explained = openLines.inPaise - openLines.outPaise - (openEntries.inPaise - openEntries.outPaise);
  const difference = bankPaise === null ? null : bankPaise - booksPaise;
  const rest = difference === null ? null : difference - explained;
  return (
    <dl className="recon-figures">
      <div>
        <dt>{text('recon.books', { date: formatDate(to) })}</dt>
        <dd>
          <Money paise={booksPaise} />
        </dd>
      </div>
      <div>
        <dt>{bankAsOf === null ? text('recon.bank') : text('recon.bankAsOf', { date: formatDate(bankAsOf) })}</dt>
        <dd>{bankPaise === null ? text('recon.unknown') : <Money paise={bankPaise} />}</dd>
      </div>
      <div>
        <dt>{text('recon.difference')}</dt>
        <dd>{difference === null ? '–' : <Money paise={difference} />}</dd>
      </div>
      <div>
        <dt>{text('recon.explained')}</dt>
        <dd>
          <Money paise={explained} />
        </dd>
      </div>
      <div className={rest !== null && rest !== 0n ? 'is-off' : undefined}>
        <dt>{text('recon.unexplained')}</dt>
        <dd>{rest === null ? '–' : <Money paise={rest} />}</dd>
      </div>
    </dl>
  );
}
