import type { BillToPay } from '../../../shared/ipc/contract/payments.ts';
import type { Column } from '../../components/data-table.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useNow } from '../../components/use-now.ts';
import { useText } from '../../i18n/text.ts';
import { BeneficiaryPill } from './beneficiary-state.tsx';

/** What one has to see of a bill to decide whether it is paid now. */
export function useBillColumns(totalPaise: bigint): readonly Column<BillToPay>[] {
  const text = useText();
  const now = useNow();
  return [
    {
      id: 'vendor',
      title: text('field.vendorName'),
      width: 'minmax(160px, 1.6fr)',
      fixed: true,
      render: (row) => row.vendorName,
    },
    {
      id: 'bill',
      title: text('pay.bill'),
      width: 'minmax(104px, 0.7fr)',
      render: (row) => row.billNo ?? row.reference,
    },
    {
      id: 'date',
      title: text('field.billDate'),
      width: '104px',
      render: (row) => <DateText date={row.billDate} />,
    },
    {
      id: 'details',
      title: text('pay.details'),
      width: 'minmax(168px, 0.8fr)',
      fixed: true,
      render: (row) => <BeneficiaryPill beneficiary={row.beneficiary} now={now} />,
    },
    {
      id: 'twin',
      title: text('pay.caution'),
      width: 'minmax(236px, 1fr)',
      fixed: true,
      render: (row) => (row.twin === null ? '' : <Pill tone="warn">{text('pay.twin', { number: row.twin })}</Pill>),
    },
    {
      id: 'mode',
      title: text('pay.mode'),
      width: '84px',
      render: (row) => text(`mode.${row.mode}`),
    },
    {
      id: 'amount',
      title: text('pay.amount'),
      width: '146px',
      align: 'end',
      fixed: true,
      render: (row) => <Money paise={row.payablePaise} bare />,
      total: <Money paise={totalPaise} />,
    },
  ];
}
