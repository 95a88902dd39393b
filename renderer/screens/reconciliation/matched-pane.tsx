import { Link2, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { MatchView } from '../../../shared/ipc/contract/reconciliation.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useCommand } from '../../data/use-command.ts';
import { usePages } from '../../data/use-pages.ts';
import { type Text, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { useListMemory } from '../../state/lists.ts';

interface Props {
  readonly collegeId: Id;
  readonly bankAccountId: Id;
  readonly month: string;
  readonly mayWork: boolean;
}

/** What cleared in the month, and the way to take it apart again. */
export function MatchedPane({ collegeId, bankAccountId, month, mayWork }: Props) {
  const text = useText();
  const listKey = `recon matches ${bankAccountId} ${month}`;
  const [memory] = useListMemory(listKey);
  const [undoing, setUndoing] = useState<MatchView | null>(null);
  const [inPane, setInPane] = useState(false);
  const pages = usePages('reconciliation.matches', { collegeId, bankAccountId, month });
  const count = pages.head?.count ?? 0;
  const active = pages.rowAt(Math.min(memory.active, Math.max(0, count - 1)));
  const may = mayWork && active !== undefined && !active.locked;
  const undo = (): void => {
    if (may) setUndoing(active);
  };
  useKeys([{ keys: 'U', label: text('recon.undo'), run: undo, enabled: inPane && may, hidden: true }]);
  const columns = useMemo(() => matchColumns(text), [text]);
  return (
    <section
      className="recon-open"
      aria-label={text('recon.tab.matched')}
      onFocus={(event) => setInPane(event.target.getAttribute('role') === 'grid')}
    >
      <div className="recon-bar">
        {active?.locked === true && <span className="muted">{text('recon.locked')}</span>}
        <span className="push" />
        {mayWork && (
          <Button icon={Undo2} keys="U" disabled={!may} onClick={undo}>
            {text('recon.undo')}
          </Button>
        )}
      </div>
      <ListBody
        error={pages.error}
        loading={pages.head === undefined && pages.error === null}
        count={count}
        empty={<EmptyState icon={Link2} title={text('recon.noneMatched')} hint={text('recon.noneMatchedHint')} />}
      >
        <DataTable
          listKey={listKey}
          label={text('recon.tab.matched')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={({ id }) => id}
          onRange={pages.onRange}
          onOpen={() => undefined}
          autoFocus
          footer={text('recon.matchCount', { count })}
        />
      </ListBody>
      {undoing !== null && <UndoDialog collegeId={collegeId} match={undoing} onClose={() => setUndoing(null)} />}
    </section>
  );
}

const matchColumns = (text: Text): readonly Column<MatchView>[] => [
  {
    id: 'date',
    title: text('recon.clearedOn'),
    width: '112px',
    render: ({ clearedOn }) => <DateText date={clearedOn} />,
  },
  {
    ...{ id: 'bank', title: text('recon.bankPane'), width: 'minmax(140px, 1.4fr)' },
    render: ({ narration, lineCount }) =>
      text('recon.andMore', { name: narration ?? '', more: Math.max(0, lineCount - 1) }),
  },
  {
    ...{ id: 'books', title: text('recon.booksPane'), width: 'minmax(140px, 1fr)' },
    render: ({ party, number, entryCount }) =>
      text('recon.andMore', { name: [party, number].filter(Boolean).join(' · '), more: Math.max(0, entryCount - 1) }),
  },
  {
    ...{ id: 'amount', title: text('expenses.amount'), width: '128px', align: 'end' },
    render: ({ paise }) => <Money paise={paise} bare />,
  },
  { id: 'pass', title: text('recon.how'), width: '150px', render: ({ pass }) => text(`recon.pass.${pass}`) },
  { id: 'by', title: text('recon.by'), width: '150px', render: ({ matchedByName }) => matchedByName },
];

function UndoDialog({
  collegeId,
  match,
  onClose,
}: {
  readonly collegeId: Id;
  readonly match: MatchView;
  onClose(): void;
}) {
  const text = useText();
  const command = useCommand();
  const [reason, setReason] = useState('');
  const [left, setLeft] = useState(false);
  const missing = reason.trim() === '';
  const run = async (): Promise<void> => {
    setLeft(true);
    if (missing) return;
    const args = { matchId: match.id, reason: reason.trim() };
    if ((await command.run({ collegeId, name: 'reconciliation.undo', args })) === null) return;
    announce(text('recon.undone'));
    onClose();
  };
  const amount = formatRupees(match.paise < 0n ? -match.paise : match.paise);
  return (
    <ConfirmDialog
      title={text('recon.undoTitle')}
      consequence={<p>{text('recon.undoMeans', { amount })}</p>}
      confirmLabel={text('recon.undo')}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <Field label={text('periods.reason')} required error={left && missing ? text('problem.empty') : null}>
        {(field) => (
          <TextInput {...field} value={reason} maxLength={1_000} onChange={setReason} onBlur={() => setLeft(true)} />
        )}
      </Field>
    </ConfirmDialog>
  );
}
