import { ShieldCheck } from 'lucide-react';
import type { Id } from '../../../shared/kernel/ids.ts';
import { sumPaise } from '../../../shared/kernel/money.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Instant, Money } from '../../components/figures.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useWork } from '../../data/session.ts';
import { useText } from '../../i18n/text.ts';
import { type Batch, batchesOf } from './batches.ts';
import { useAllOrders } from './use-all.ts';

/** All of them are at hand. */
const everything = (): void => undefined;

interface Props {
  readonly collegeId: Id;
  onOpen(batchId: Id): void;
}

/** What waits for a checker, batch by batch. */
export function ToRelease({ collegeId, onOpen }: Props) {
  const text = useText();
  const { person } = useWork();
  const { rows, error } = useAllOrders(collegeId, 'check');
  const batches = batchesOf(rows ?? []);
  const columns: readonly Column<Batch>[] = [
    {
      id: 'when',
      title: text('release.prepared'),
      width: '150px',
      fixed: true,
      render: ({ first }) => <Instant at={first.preparedAt} />,
    },
    {
      id: 'maker',
      title: text('release.maker'),
      width: 'minmax(160px, 1fr)',
      render: ({ first }) =>
        first.makerId === person.id ? <Pill tone="quiet">{text('release.own')}</Pill> : first.makerName,
    },
    {
      id: 'to',
      title: text('release.to'),
      width: 'minmax(200px, 2fr)',
      fixed: true,
      render: ({ orders, first }) =>
        orders.length === 1
          ? first.beneficiaryName
          : text('release.toMany', { name: first.beneficiaryName, more: orders.length - 1 }),
    },
    {
      id: 'account',
      title: text('payments.from'),
      width: 'minmax(150px, 1fr)',
      render: ({ first }) => first.bankAccountName,
    },
    { id: 'purpose', title: text('field.purpose'), width: 'minmax(120px, 1fr)', render: ({ first }) => first.purpose },
    {
      id: 'caution',
      title: text('pay.caution'),
      width: '118px',
      render: ({ orders }) => {
        const twins = orders.filter(({ twin }) => twin !== null).length;
        return twins === 0 ? '' : <Pill tone="warn">{text('release.twins', { count: twins })}</Pill>;
      },
    },
    {
      id: 'count',
      title: text('release.count'),
      width: '92px',
      align: 'end',
      render: ({ orders }) => orders.length.toLocaleString('en-IN'),
    },
    {
      id: 'amount',
      title: text('pay.amount'),
      width: '146px',
      align: 'end',
      fixed: true,
      render: ({ totalPaise }) => <Money paise={totalPaise} bare />,
      total: <Money paise={sumPaise(batches.map(({ totalPaise }) => totalPaise))} />,
    },
  ];
  return (
    <ListBody
      error={error}
      loading={rows === undefined}
      count={batches.length}
      empty={<EmptyState icon={ShieldCheck} title={text('release.none')} hint={text('release.noneHint')} />}
    >
      <DataTable<Batch>
        listKey="batches-to-release"
        label={text('payments.tab.release')}
        columns={columns}
        count={batches.length}
        rowAt={(index) => batches[index]}
        rowKey={({ id }) => id}
        onRange={everything}
        onOpen={({ id }) => onOpen(id)}
        autoFocus
        footer={text('release.batches', { count: batches.length })}
      />
    </ListBody>
  );
}
