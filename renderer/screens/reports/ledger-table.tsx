import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { balanceText } from '../../../shared/domain/report/document.ts';
import type { ReportQuestion } from '../../../shared/domain/report/names.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { usePages } from '../../data/use-pages.ts';
import type { Language } from '../../i18n/language.ts';
import { nameOf, type Text, useLanguage, useText } from '../../i18n/text.ts';

type Row = Output<'ledger.page'>['rows'][number];

/** The entries of one account with the balance after each, however many there are. */
export function LedgerTable({ question }: { readonly question: ReportQuestion }) {
  const text = useText();
  const language = useLanguage();
  const [, goTo] = useLocation();
  const { collegeId, accountCode = '', vendorId, centreCode, from, to } = question;
  const pages = usePages('ledger.page', {
    ...{ collegeId, accountCode, from, to },
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(centreCode === undefined ? {} : { centreCode }),
  });
  const { head } = pages;
  const columns = useMemo(() => columnsOf(text, language, head), [text, language, head]);
  const opening = head === undefined ? 0n : head.closingPaise - head.debitPaise + head.creditPaise;
  return (
    <>
      {head !== undefined && (
        <div className="report-head">
          <span>{text('reports.openingBalance', { balance: balanceText(opening, language) })}</span>
          <span className="push" />
          <strong>{text('reports.closingBalance', { balance: balanceText(head.closingPaise, language) })}</strong>
        </div>
      )}
      <ListBody
        error={pages.error}
        loading={head === undefined}
        count={head?.count ?? 0}
        empty={<p className="muted">{text('reports.noEntries')}</p>}
      >
        <DataTable
          listKey={`ledger ${accountCode} ${from} ${to}`}
          label={text('report.ledger')}
          columns={columns}
          count={head?.count ?? 0}
          rowAt={pages.rowAt}
          rowKey={(row: Row) => `${row.voucherId} ${row.balancePaise}`}
          onRange={pages.onRange}
          onOpen={(row) => goTo(row.expenseId === null ? `/vouchers/${row.voucherId}` : `/expenses/${row.expenseId}`)}
          footer={text('reports.entries', { count: head?.count ?? 0 })}
          autoFocus
        />
      </ListBody>
    </>
  );
}

function columnsOf(text: Text, language: Language, head: Output<'ledger.page'> | undefined): readonly Column<Row>[] {
  const amount = (paise: bigint) => (paise === 0n ? '' : <Money paise={paise} bare />);
  return [
    {
      id: 'date',
      title: text('reports.date'),
      width: '104px',
      fixed: true,
      render: ({ date }) => <DateText date={date} />,
    },
    {
      id: 'particulars',
      title: text('reports.particulars'),
      width: 'minmax(200px, 2fr)',
      fixed: true,
      render: ({ particulars, moreParticulars, narration }) =>
        [particulars.join(', ') + (moreParticulars > 0 ? ` +${moreParticulars}` : ''), narration]
          .filter((part) => part !== '')
          .join(' · '),
    },
    { id: 'kind', title: text('reports.kind'), width: '112px', render: ({ kind }) => nameOf(text, 'voucher', kind) },
    {
      id: 'number',
      title: text('reports.number'),
      width: '188px',
      render: ({ number }) => number ?? <span className="muted">{text('expense.voucherWaiting')}</span>,
    },
    {
      id: 'debit',
      title: text('reports.debit'),
      width: '136px',
      align: 'end',
      fixed: true,
      render: ({ debitPaise }) => amount(debitPaise),
      total: head === undefined ? undefined : <Money paise={head.debitPaise} bare />,
    },
    {
      id: 'credit',
      title: text('reports.credit'),
      width: '136px',
      align: 'end',
      fixed: true,
      render: ({ creditPaise }) => amount(creditPaise),
      total: head === undefined ? undefined : <Money paise={head.creditPaise} bare />,
    },
    {
      id: 'balance',
      title: text('reports.balance'),
      width: '152px',
      align: 'end',
      fixed: true,
      render: ({ balancePaise }) => <span className="money">{balanceText(balancePaise, language)}</span>,
      total: head === undefined ? undefined : <span className="money">{balanceText(head.closingPaise, language)}</span>,
    },
  ];
}
