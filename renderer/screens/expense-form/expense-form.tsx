import { useQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { useState } from 'react';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useText } from '../../i18n/text.ts';
import { beginning, blank } from './beginning.ts';
import { readDraft } from './draft.ts';
import { FormBody } from './form-body.tsx';

interface Props {
  /** The expense to edit; null for a new one. */
  readonly expenseId: Id | null;
  /** An expense to copy into the new one. */
  readonly sourceId: Id | null;
}

/** New and edit: gathers what the form needs, then opens it with the draft of an earlier visit if there is one. */
export function ExpenseForm({ expenseId, sourceId }: Props) {
  const text = useText();
  const desk = useDesk();
  const { college, today } = useWork();
  const [fresh] = useState(() => blank(today));
  const loadId = expenseId ?? sourceId;
  const loaded = useAsk('expenses.get', { id: loadId ?? '' }, { enabled: loadId !== null });
  const collegeId = loaded.data?.collegeId ?? college?.id ?? null;
  const formName = expenseId === null ? `expense:new:${collegeId}` : `expense:edit:${expenseId}`;
  // Read once for each visit: while the form is open, the form itself is the newest draft.
  const draft = useQuery({
    queryKey: ['draft', formName],
    queryFn: async () => (await desk.call('drafts.get', { form: formName })).content,
    enabled: collegeId !== null,
    staleTime: 0,
    gcTime: 0,
  });

  const error = loaded.error ?? draft.error;
  if (error !== null) return <ErrorPanel error={error} />;
  if (collegeId === null && loadId === null) {
    return <EmptyState icon={Building2} title={text('form.chooseCollege')} hint={text('form.chooseCollegeHint')} />;
  }
  if (collegeId === null || draft.data === undefined || (loadId !== null && loaded.data === undefined)) {
    return (
      <div className="screen-body">
        <Skeleton lines={8} />
      </div>
    );
  }
  const begin = beginning(fresh, expenseId, loaded.data);
  const kept = readDraft(draft.data);
  return (
    <FormBody
      formName={formName}
      collegeId={collegeId}
      begin={begin}
      resumed={kept}
      reference={expenseId === null ? null : (loaded.data?.reference ?? null)}
      receiptsThere={expenseId === null ? 0 : (loaded.data?.receipts.length ?? 0)}
    />
  );
}
