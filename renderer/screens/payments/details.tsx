import { BadgeCheck } from 'lucide-react';
import { useState } from 'react';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Instant } from '../../components/figures.tsx';
import { FilterBar } from '../../components/filter-bar.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useWork } from '../../data/session.ts';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import { ApproveDialog, type DetailsRow } from './approve-dialog.tsx';
import { groupDigits } from './digits.ts';
import { mayDo } from './rights.ts';

const LIST = 'bank-details';

/** Bank details of vendors that nobody has approved yet. */
export function Details({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const { role } = useWork();
  const [memory] = useListMemory(LIST);
  const [approving, setApproving] = useState<DetailsRow | null>(null);
  const pages = usePages('payments.beneficiaries', { collegeId });
  const count = pages.head?.count ?? 0;
  const marked = pages.rowAt(Math.min(memory.active, Math.max(0, count - 1)));
  const mayApprove = mayDo('approve', role);
  const canApprove = mayApprove && marked?.beneficiary.own === false;
  const approve = (): void => {
    if (marked !== undefined && canApprove) setApproving(marked);
  };
  useKeys([{ keys: 'Alt+A', label: text('details.approve'), run: approve, enabled: canApprove }]);
  const columns: readonly Column<DetailsRow>[] = [
    {
      id: 'vendor',
      title: text('field.vendorName'),
      width: 'minmax(170px, 1.5fr)',
      fixed: true,
      render: (row) => row.vendorName,
    },
    {
      id: 'name',
      title: text('field.accountName'),
      width: 'minmax(150px, 1.2fr)',
      render: (row) => row.beneficiary.accountName,
    },
    {
      id: 'account',
      title: text('field.accountNumber'),
      width: 'minmax(180px, 1fr)',
      fixed: true,
      render: (row) => <span className="account-digits">{groupDigits(row.beneficiary.accountNumber)}</span>,
    },
    { id: 'ifsc', title: text('field.ifsc'), width: '124px', fixed: true, render: (row) => row.beneficiary.ifsc },
    {
      id: 'by',
      title: text('details.changedBy'),
      width: 'minmax(150px, 1fr)',
      render: ({ beneficiary: { own, changedByName } }) =>
        own ? <Pill tone="quiet">{text('details.own')}</Pill> : changedByName,
    },
    {
      id: 'at',
      title: text('details.changedAt'),
      width: '146px',
      render: ({ beneficiary: { changedAt } }) => (changedAt === null ? '' : <Instant at={changedAt} />),
    },
  ];
  return (
    <>
      <FilterBar>
        <span className="muted">{text('details.lead')}</span>
        <span className="push" />
        {mayApprove && count > 0 && (
          <Button look="primary" icon={BadgeCheck} keys="Alt+A" disabled={!canApprove} onClick={approve}>
            {text('details.approve')}
          </Button>
        )}
      </FilterBar>
      <ListBody
        error={pages.error}
        loading={pages.head === undefined}
        count={count}
        empty={<EmptyState icon={BadgeCheck} title={text('details.none')} hint={text('details.noneHint')} />}
      >
        <DataTable<DetailsRow>
          listKey={LIST}
          label={text('payments.tab.details')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={({ vendorId }) => vendorId}
          onRange={pages.onRange}
          onOpen={(row) => mayApprove && setApproving(row)}
          autoFocus
          footer={text('details.count', { count })}
        />
      </ListBody>
      {approving !== null && <ApproveDialog collegeId={collegeId} row={approving} onClose={() => setApproving(null)} />}
    </>
  );
}
