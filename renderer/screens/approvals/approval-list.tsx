import { CheckCheck, Inbox as InboxIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ExpenseListRow } from '../../../shared/ipc/contract/expenses.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ColumnChooser, DataTable } from '../../components/data-table.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useMasters } from '../../data/use-masters.ts';
import { type Pages, usePages } from '../../data/use-pages.ts';
import { useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { ActionDialog } from '../expense/action-dialog.tsx';
import { ACTION_KEYS } from '../expense/actions.ts';
import { useApprovalColumns } from './approval-columns.tsx';
import { ApproveMany } from './approve-many.tsx';

const LIST = 'approvals';
const decisions = ['approve', 'return', 'reject'] as const;
type Decision = (typeof decisions)[number];

export interface Inbox {
  readonly pages: Pages<'approvals.inbox'>;
  readonly count: number;
  /** The row the keys are about. */
  readonly marked: ExpenseListRow | undefined;
  /** The document beside the list: it stays by its id while rows come and go, and follows the marked row when that is moved. */
  readonly shownId: Id | null;
  show(id: Id): void;
  next(): void;
}

/** @param opened the document the address names, empty for none */
export function useInbox(opened: string): Inbox {
  const { collegeId } = useWork();
  const [memory] = useListMemory(LIST);
  const pages = usePages('approvals.inbox', { collegeId });
  const count = pages.head?.count ?? 0;
  const marked = pages.rowAt(Math.min(memory.active, Math.max(0, count - 1)));
  const markedId = marked?.id ?? null;
  const [heldId, hold] = useState<Id | null>(opened === '' ? null : opened);
  const [leaving, setLeaving] = useState<Id | null>(null);
  if (heldId === null && markedId !== null) hold(markedId);
  // The inbox may hear of a decision a moment after the document did; until then the decided one stays in sight.
  if (leaving !== null && markedId !== leaving) {
    setLeaving(null);
    hold(markedId);
  }
  const moved = useRef(memory.active);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only moving the mark changes the document, not rows that shift below it.
  useEffect(() => {
    if (moved.current === memory.active) return;
    moved.current = memory.active;
    if (markedId !== null) hold(markedId);
  }, [memory.active]);
  return { pages, count, marked, shownId: heldId, show: hold, next: () => setLeaving(heldId) };
}

interface Props {
  readonly inbox: Inbox;
  readonly openId: Id | null;
  readonly narrow: boolean;
  onOpen(id: Id): void;
}

export function ApprovalList({ inbox, openId, narrow, onOpen }: Props) {
  const text = useText();
  const { collegeId, session } = useWork();
  const { pages, count, marked } = inbox;
  const [memory, remember] = useListMemory(LIST);
  const [asked, setAsked] = useState<{ readonly id: Id; readonly decision: Decision } | null>(null);
  const [approving, setApproving] = useState<readonly Id[] | null>(null);
  const columns = useApprovalColumns({
    narrow,
    allColleges: collegeId === null && session.colleges.length > 1,
    masters: useMasters(),
    totalPaise: pages.head?.totalPaise ?? 0n,
  });
  const ticked = memory.selected;
  useKeys([
    ...decisions.map((decision) => ({
      keys: ACTION_KEYS[decision],
      label: text(`do.${decision}`),
      run: () => marked !== undefined && setAsked({ id: marked.id, decision }),
      enabled: openId === null && marked !== undefined,
    })),
    {
      keys: 'Alt+M',
      label: text('approvals.approveTicked'),
      run: () => setApproving([...ticked]),
      enabled: ticked.size > 0,
    },
  ]);
  const overdue = pages.head?.overdue ?? 0;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.approvals')}</h1>
        {overdue > 0 && <Pill tone="bad">{text('approvals.overdueCount', { count: overdue })}</Pill>}
        <span className="push" />
        {ticked.size > 0 && (
          <>
            <Button look="quiet" onClick={() => remember({ selected: new Set() })}>
              {text('approvals.untick')}
            </Button>
            <Button
              look={openId === null ? 'primary' : 'plain'}
              icon={CheckCheck}
              keys="Alt+M"
              onClick={() => setApproving([...ticked])}
            >
              {text('approvals.approveCount', { count: ticked.size })}
            </Button>
          </>
        )}
        {!narrow && <ColumnChooser listKey={LIST} columns={columns} />}
      </header>
      <ListBody
        error={pages.error}
        loading={pages.head === undefined}
        count={count}
        empty={<EmptyState icon={InboxIcon} title={text('approvals.none')} hint={text('approvals.noneHint')} />}
      >
        <DataTable<ExpenseListRow>
          listKey={LIST}
          label={text('screen.approvals')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={(row) => row.id}
          onRange={inbox.pages.onRange}
          onOpen={(row) => onOpen(row.id)}
          openKey={openId}
          selectable
          autoFocus
          footer={text('approvals.count', { count })}
        />
      </ListBody>
      {asked !== null && <DecideDialog {...asked} onClose={() => setAsked(null)} onOpen={() => onOpen(asked.id)} />}
      {approving !== null && (
        <ApproveMany
          ids={approving}
          onClose={() => setApproving(null)}
          onDone={(left) => remember({ selected: new Set(left) })}
        />
      )}
    </div>
  );
}

interface DecideProps {
  readonly id: Id;
  readonly decision: Decision;
  onClose(): void;
  onOpen(): void;
}

/** A decision on the marked row without opening it first; one that can no longer be taken opens the document, which says why. */
function DecideDialog({ id, decision, onClose, onOpen }: DecideProps) {
  const { data: expense, error } = useAsk('expenses.get', { id });
  // What was asked for is settled by the first answer: the change that this decision makes must not close its own dialog.
  const [first, setFirst] = useState(expense);
  if (first === undefined && expense !== undefined) setFirst(expense);
  const gone = error !== null || (first !== undefined && !first.actions.includes(decision));
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once.
  useEffect(() => {
    if (!gone) return;
    onClose();
    onOpen();
  }, [gone]);
  if (first === undefined || gone) return null;
  return <ActionDialog action={decision} expense={expense ?? first} onClose={onClose} />;
}
