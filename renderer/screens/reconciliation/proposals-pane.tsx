import { Check, CheckCheck, Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ProposalView } from '../../../shared/ipc/contract/reconciliation.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { sumPaise } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { ToggleChip } from '../../components/filter-bar.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState, ProgressBar } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import type { JobRun } from '../../data/use-job.ts';
import { usePages } from '../../data/use-pages.ts';
import { type Text, useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { whyOf } from './why.ts';

interface Props {
  readonly collegeId: Id;
  readonly bankAccountId: Id;
  readonly to: IsoDate;
  readonly mayWork: boolean;
  readonly job: JobRun;
  search(): void;
}

/** What was found to belong together: the certain ones in one go, the others one by one, each with its reasons. */
export function ProposalsPane({ collegeId, bankAccountId, mayWork, job, search }: Props) {
  const text = useText();
  const desk = useDesk();
  const [automatic, setAutomatic] = useState(true);
  const [inPane, setInPane] = useState(false);
  const listKey = `recon proposals ${bankAccountId} ${String(automatic)}`;
  const [memory] = useListMemory(listKey);
  const pages = usePages('reconciliation.proposals', { collegeId, bankAccountId, automatic });
  const head = pages.head;
  // The certain ones come first; where there are none, those to look at.
  const onlySuggested = head !== undefined && head.automatic === 0 && head.suggested > 0;
  useEffect(() => {
    if (onlySuggested) setAutomatic(false);
  }, [onlySuggested]);
  const count = (automatic ? head?.automatic : head?.suggested) ?? 0;
  const certain = head?.automatic ?? 0;
  const active = pages.rowAt(Math.min(memory.active, Math.max(0, count - 1)));
  const accept = (which: 'automatic' | number[]): void => {
    if (mayWork && !job.running)
      void job.start(() => desk.call('reconciliation.accept', { collegeId, bankAccountId, which }));
  };
  const needsLook = active?.posting !== null && active?.posting?.accountCode === null;
  const acceptOne = (): void => {
    if (active !== undefined && !needsLook) accept([active.place]);
  };
  useKeys([
    { keys: 'A', label: text('recon.accept'), run: acceptOne, enabled: inPane && mayWork, hidden: true },
    {
      keys: 'Ctrl+Enter',
      label: text('recon.acceptAll', { count: certain }),
      run: () => accept('automatic'),
      enabled: mayWork && certain > 0,
    },
  ]);
  const columns = useMemo(() => proposalColumns(text), [text]);
  return (
    <section
      className="recon-open"
      aria-label={text('recon.tab.proposals')}
      onFocus={(event) => setInPane(event.target.getAttribute('role') === 'grid')}
    >
      <div className="recon-bar">
        <ToggleChip
          label={text('recon.toLook', { count: head?.suggested ?? 0 })}
          on={!automatic}
          onChange={() => setAutomatic(false)}
        />
        <ToggleChip
          label={text('recon.certain', { count: certain })}
          on={automatic}
          onChange={() => setAutomatic(true)}
        />
        <span className="push" />
        {mayWork && (
          <>
            <Button
              icon={Check}
              keys="A"
              disabled={active === undefined || needsLook || job.running}
              onClick={acceptOne}
            >
              {text('recon.accept')}
            </Button>
            <Button
              look="primary"
              icon={CheckCheck}
              keys="Ctrl+Enter"
              disabled={certain === 0 || job.running}
              onClick={() => accept('automatic')}
            >
              {text('recon.acceptAll', { count: certain })}
            </Button>
          </>
        )}
      </div>
      {job.error !== null && <ErrorPanel error={job.error} />}
      {job.running && job.job !== null && (
        <ProgressBar label={text('recon.working')} done={job.job.done} total={job.job.total} onCancel={job.cancel} />
      )}
      <ListBody
        error={pages.error}
        loading={head === undefined && pages.error === null}
        count={count}
        empty={
          <EmptyState
            icon={Search}
            title={text(head?.foundAt === null ? 'recon.notSearched' : 'recon.nothingFound')}
            hint={text(head?.foundAt === null ? 'recon.notSearchedHint' : 'recon.nothingFoundHint')}
          >
            <Button look="primary" icon={Search} disabled={job.running} onClick={search}>
              {text('recon.search')}
            </Button>
          </EmptyState>
        }
      >
        <DataTable
          listKey={listKey}
          label={text('recon.tab.proposals')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={({ place }) => String(place)}
          onRange={pages.onRange}
          onOpen={() => undefined}
          openKey={active === undefined ? null : String(active.place)}
          autoFocus
        />
        {active !== undefined && <Detail proposal={active} text={text} />}
      </ListBody>
    </section>
  );
}

const netOf = ({ lines }: ProposalView) =>
  sumPaise(lines.map(({ debitPaise, creditPaise }) => creditPaise - debitPaise));

const proposalColumns = (text: Text): readonly Column<ProposalView>[] => [
  {
    ...{ id: 'date', title: text('field.date'), width: '108px' },
    render: ({ lines }) => (lines[0] === undefined ? '' : <DateText date={lines[0].date} />),
  },
  {
    ...{ id: 'bank', title: text('recon.bankPane'), width: 'minmax(140px, 1.2fr)' },
    render: ({ lines }) => text('recon.andMore', { name: lines[0]?.narration ?? '', more: lines.length - 1 }),
  },
  {
    ...{ id: 'amount', title: text('expenses.amount'), width: '124px', align: 'end' },
    render: (proposal) => <Money paise={netOf(proposal)} bare />,
  },
  {
    ...{ id: 'books', title: text('recon.booksPane'), width: 'minmax(140px, 1fr)' },
    render: ({ entries, posting }) => {
      const [first] = entries;
      if (first === undefined) return text('recon.newVoucher', { account: posting?.accountCode ?? '' });
      return text('recon.andMore', { name: first.party ?? first.narration, more: entries.length - 1 });
    },
  },
  {
    ...{ id: 'why', title: text('recon.why'), width: 'minmax(160px, 1.4fr)' },
    render: (proposal) => whyOf(proposal, text).join(' '),
  },
];

/** All of a proposal: its lines, its entries, and why. */
function Detail({ proposal, text }: { readonly proposal: ProposalView; readonly text: Text }) {
  const { lines, entries } = proposal;
  return (
    <div className="recon-detail" aria-live="polite">
      <ul className="recon-why">
        {whyOf(proposal, text).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <ul>
        {lines.slice(0, 8).map(({ id, date, narration, reference, debitPaise, creditPaise }) => (
          <li key={id}>
            <DateText date={date} /> {narration} {reference} <Money paise={creditPaise - debitPaise} bare />
          </li>
        ))}
      </ul>
      <ul>
        {entries.slice(0, 8).map(({ id, date, party, narration, number, debitPaise, creditPaise }) => (
          <li key={id}>
            <DateText date={date} /> {party ?? narration} {number} <Money paise={debitPaise - creditPaise} bare />
          </li>
        ))}
      </ul>
    </div>
  );
}
