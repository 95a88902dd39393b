import { Check, FilePlus2, X } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { BankLineView, BookEntryView } from '../../../shared/ipc/contract/reconciliation.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { type Paise, sumPaise } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Money } from '../../components/figures.tsx';
import { SearchInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { useCommand } from '../../data/use-command.ts';
import { usePages } from '../../data/use-pages.ts';
import { newId } from '../../host/system.ts';
import { type Text, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { entryColumns, entryWords, lineColumns, lineWords } from './pane-columns.tsx';
import { PostDialog } from './post-dialog.tsx';
import { type Pane, usePane } from './use-pane.ts';

interface Props {
  readonly collegeId: Id;
  readonly bankAccountId: Id;
  readonly to: IsoDate;
  readonly mayWork: boolean;
}

const bankNet = (rows: readonly BankLineView[]): Paise =>
  sumPaise(rows.map(({ debitPaise, creditPaise }) => creditPaise - debitPaise));
const bookNet = (rows: readonly BookEntryView[]): Paise =>
  sumPaise(rows.map(({ debitPaise, creditPaise }) => debitPaise - creditPaise));

const countOf = ({ head, known }: { readonly head?: { readonly count: number } | undefined; readonly known: number }) =>
  head?.count ?? known;

/** Open lines of the bank beside open entries of the books: mark what is the same money and match it. */
export function OpenPanes({ collegeId, bankAccountId, to, mayWork }: Props) {
  const text = useText();
  const command = useCommand();
  const [typed, setTyped] = useState('');
  const [inPane, setInPane] = useState(false);
  const [posting, setPosting] = useState<readonly BankLineView[] | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const question = { collegeId, bankAccountId, to, text: typed };
  const linePages = usePages('reconciliation.lines', question);
  const entryPages = usePages('reconciliation.entries', question);
  const lines = usePane<BankLineView>(`recon lines ${bankAccountId}`, linePages.rowAt, countOf(linePages));
  const entries = usePane<BookEntryView>(`recon entries ${bankAccountId}`, entryPages.rowAt, countOf(entryPages));
  const bank = bankNet(lines.marked);
  const books = bookNet(entries.marked);
  const isReady = mayWork && lines.marked.length + entries.marked.length > 1 && bank === books && !command.busy;

  const clear = (): void => {
    lines.clear();
    entries.clear();
    command.clear();
  };
  const match = async (): Promise<void> => {
    if (!isReady) return;
    const ids = { lineIds: lines.marked.map(({ id }) => id), entryIds: entries.marked.map(({ id }) => id) };
    const one = { matchId: newId(), ...ids, pass: 'manual' as const, because: '' };
    const done = await command.run({
      ...{ collegeId, name: 'reconciliation.match', args: { bankAccountId, matches: [one] } },
    });
    if (done === null) return;
    announce(text('recon.matched'));
    clear();
  };
  const post = (): void => {
    const { active } = lines;
    const wanted = lines.marked.length > 0 ? lines.marked : active === undefined ? [] : [active];
    if (mayWork && wanted.length > 0) setPosting(wanted);
  };
  useKeys([
    { keys: '/', label: text('recon.filter'), run: () => search.current?.focus(), hidden: true },
    { keys: 'M', label: text('recon.match'), run: () => void match(), enabled: inPane && isReady, hidden: true },
    { keys: 'P', label: text('recon.post'), run: post, enabled: inPane && mayWork, hidden: true },
    { keys: 'X', label: text('recon.clear'), run: clear, enabled: inPane, hidden: true },
  ]);
  return (
    // Letters alone are keys only while one of the lists has the focus.
    <section
      className="recon-open"
      aria-label={text('recon.tab.open')}
      onFocus={(event) => setInPane(event.target.getAttribute('role') === 'grid')}
    >
      <div className="recon-bar">
        <SearchInput label={text('recon.filter')} keys="/" inputRef={search} value={typed} onChange={setTyped} />
        <span className="push" />
        <Tally bank={bank} books={books} count={lines.marked.length + entries.marked.length} />
        {mayWork && (
          <>
            <Button
              icon={X}
              keys="X"
              look="quiet"
              onClick={clear}
              disabled={lines.marked.length + entries.marked.length === 0}
            >
              {text('recon.clear')}
            </Button>
            <Button icon={FilePlus2} keys="P" onClick={post}>
              {text('recon.post')}
            </Button>
            <Button
              look="primary"
              icon={Check}
              keys="M"
              busy={command.busy}
              disabled={!isReady}
              onClick={() => void match()}
            >
              {text('recon.match')}
            </Button>
          </>
        )}
      </div>
      {command.error !== null && <ErrorPanel error={command.error} />}
      <div className="recon-panes">
        <PaneList
          side="bank"
          pane={lines}
          pages={linePages}
          mayWork={mayWork}
          typed={typed}
          bankAccountId={bankAccountId}
        />
        <PaneList
          side="books"
          pane={entries}
          pages={entryPages}
          mayWork={mayWork}
          typed={typed}
          bankAccountId={bankAccountId}
        />
      </div>
      {posting !== null && (
        <PostDialog
          {...{ collegeId, bankAccountId, lines: posting, entries: entries.marked }}
          onDone={() => {
            setPosting(null);
            clear();
          }}
          onClose={() => setPosting(null)}
        />
      )}
    </section>
  );
}

/** What is marked on either side, and whether it is the same. */
function Tally({ bank, books, count }: { readonly bank: Paise; readonly books: Paise; readonly count: number }) {
  const text = useText();
  const difference = bank - books;
  return (
    <dl className="recon-tally" aria-live="polite">
      <div>
        <dt>{text('recon.markedBank')}</dt>
        <dd>
          <Money paise={bank} bare />
        </dd>
      </div>
      <div>
        <dt>{text('recon.markedBooks')}</dt>
        <dd>
          <Money paise={books} bare />
        </dd>
      </div>
      <div className={count > 0 && difference !== 0n ? 'is-off' : undefined}>
        <dt>{text('recon.difference')}</dt>
        <dd>
          <Money paise={difference} bare />
        </dd>
      </div>
    </dl>
  );
}

type Side =
  | {
      readonly side: 'bank';
      readonly pane: Pane<BankLineView>;
      readonly pages: ReturnType<typeof usePages<'reconciliation.lines'>>;
    }
  | {
      readonly side: 'books';
      readonly pane: Pane<BookEntryView>;
      readonly pages: ReturnType<typeof usePages<'reconciliation.entries'>>;
    };

function PaneList(props: Side & { readonly mayWork: boolean; readonly typed: string; readonly bankAccountId: Id }) {
  const text = useText();
  const { side, pages, mayWork, bankAccountId } = props;
  const count = countOf(pages);
  const columns = useMemo(() => ({ bank: lineColumns(text), books: entryColumns(text) }), [text]);
  const title = text(side === 'bank' ? 'recon.bankPane' : 'recon.booksPane');
  const shared = {
    ...{ label: title, count, onRange: pages.onRange, selectable: mayWork },
    footer: text('recon.openCount', { count }),
  };
  return (
    <section className="recon-pane" aria-label={title}>
      <h2>{title}</h2>
      <ListBody
        error={pages.error}
        loading={pages.head === undefined && pages.error === null}
        count={count}
        empty={<p className="muted">{text(props.typed === '' ? `recon.none.${side}` : 'recon.noneMatch')}</p>}
      >
        {props.side === 'bank' ? (
          <DataTable
            {...shared}
            listKey={`recon lines ${bankAccountId}`}
            columns={columns.bank}
            rowAt={props.pane.rowAt}
            rowKey={({ id }) => id}
            onOpen={(row) => mayWork && props.pane.mark(row)}
            autoFocus
          />
        ) : (
          <DataTable
            {...shared}
            listKey={`recon entries ${bankAccountId}`}
            columns={columns.books}
            rowAt={props.pane.rowAt}
            rowKey={({ id }) => id}
            onOpen={(row) => mayWork && props.pane.mark(row)}
          />
        )}
        {/* What the narrow column cuts off, of the row the keys are on. */}
        <p className="recon-full">{fullWords(props, text)}</p>
      </ListBody>
    </section>
  );
}

function fullWords(props: Side, text: Text): string {
  if (props.side === 'bank') return props.pane.active === undefined ? '' : lineWords(props.pane.active, text).full;
  return props.pane.active === undefined ? '' : entryWords(props.pane.active, text).full;
}
