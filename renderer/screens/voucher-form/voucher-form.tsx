import { useQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { useState } from 'react';
import type { EntryKind } from '../../../shared/domain/rows.ts';
import { addDays, financialYearBounds, formatDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { readDraft } from './entry-draft.ts';
import { FormBody } from './form-body.tsx';
import { copyOf, emptyVoucher } from './voucher-values.ts';

interface Props {
  readonly kind: EntryKind;
  /** A voucher to copy into the new one. */
  readonly sourceId: Id | null;
}

/** A new voucher: gathers what the form needs, then opens it with the draft of an earlier visit if there is one. */
export function VoucherForm({ kind, sourceId }: Props) {
  const text = useText();
  const desk = useDesk();
  const { college, session, today } = useWork();
  const [voucherId] = useState(newId);
  const source = useAsk('vouchers.get', { id: sourceId ?? '' }, { enabled: sourceId !== null });
  const collegeId = source.data?.collegeId ?? college?.id ?? null;
  const formName = `voucher:new:${collegeId}:${kind}${sourceId === null ? '' : `:${sourceId}`}`;
  // Read once for each visit: while the form is open, the form itself is the newest draft.
  const draft = useQuery({
    queryKey: ['draft', formName],
    queryFn: async () => (await desk.call('drafts.get', { form: formName })).content,
    enabled: collegeId !== null,
    staleTime: 0,
    gcTime: 0,
  });

  const error = source.error ?? draft.error;
  if (error !== null) return <ErrorPanel error={error} />;
  if (collegeId === null && sourceId === null) {
    return <EmptyState icon={Building2} title={text('entry.chooseCollege')} hint={text('entry.chooseCollegeHint')} />;
  }
  if (collegeId === null || draft.data === undefined || (sourceId !== null && source.data === undefined)) {
    return (
      <div className="screen-body">
        <Skeleton lines={8} />
      </div>
    );
  }
  const date = formatDate(kind === 'opening' ? dayBeforeBooks(session.financialYear) : today);
  const values = source.data === undefined ? emptyVoucher(kind, date) : copyOf(source.data, date);
  return (
    <FormBody
      key={formName}
      formName={formName}
      collegeId={collegeId}
      kind={kind}
      begin={{ voucherId, values }}
      resumed={readDraft(draft.data)}
      isCopy={sourceId !== null}
    />
  );
}

/** What the books begin with stands on 31 March, the last day of the year before. */
const dayBeforeBooks = (present: string): IsoDate => addDays(financialYearBounds(present).first, -1);
