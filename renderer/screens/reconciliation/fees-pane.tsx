import { GraduationCap } from 'lucide-react';
import { useMemo } from 'react';
import type { FeeRow } from '../../../shared/ipc/contract/reconciliation.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Instant, Money } from '../../components/figures.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { usePages } from '../../data/use-pages.ts';
import { monthName } from '../../format/month.ts';
import type { Language } from '../../i18n/language.ts';
import { type Text, useLanguage, useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';

/** What the fee portal said of each month, and where portal, bank and books do not agree. */
export function FeesPane({ collegeId, bankAccountId }: { readonly collegeId: Id; readonly bankAccountId: Id }) {
  const text = useText();
  const language = useLanguage();
  const listKey = `recon fees ${bankAccountId}`;
  const [memory] = useListMemory(listKey);
  const pages = usePages('fees.list', { collegeId, bankAccountId });
  const count = pages.head?.count ?? 0;
  const active = pages.rowAt(Math.min(memory.active, Math.max(0, count - 1)));
  const columns = useMemo(() => feeColumns(text, language), [text, language]);
  return (
    <section className="recon-open" aria-label={text('recon.tab.fees')}>
      <ListBody
        error={pages.error}
        loading={pages.head === undefined && pages.error === null}
        count={count}
        empty={<EmptyState icon={GraduationCap} title={text('recon.noFees')} hint={text('recon.noFeesHint')} />}
      >
        <DataTable
          listKey={listKey}
          label={text('recon.tab.fees')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={({ id }) => id}
          onRange={pages.onRange}
          onOpen={() => undefined}
          openKey={active?.id ?? null}
          autoFocus
          footer={text('recon.feeCount', { count })}
        />
        {active !== undefined && <Discrepancies row={active} text={text} language={language} />}
      </ListBody>
    </section>
  );
}

const feeColumns = (text: Text, language: Language): readonly Column<FeeRow>[] => [
  { id: 'month', title: text('recon.month'), width: '100px', render: ({ month }) => monthName(month, language) },
  {
    ...{ id: 'collected', title: text('recon.collected'), width: '122px', align: 'end' },
    render: ({ collectionsPaise }) => <Money paise={collectionsPaise} bare />,
  },
  {
    ...{ id: 'deposited', title: text('recon.deposited'), width: '122px', align: 'end' },
    render: ({ depositsPaise }) => <Money paise={depositsPaise} bare />,
  },
  {
    ...{ id: 'bank', title: text('recon.bankHas'), width: '122px', align: 'end' },
    render: ({ statementPaise }) =>
      statementPaise === null ? text('recon.unknown') : <Money paise={statementPaise} bare />,
  },
  {
    ...{ id: 'books', title: text('recon.booksHave'), width: '122px', align: 'end' },
    render: ({ booksPaise }) => <Money paise={booksPaise} bare />,
  },
  {
    ...{ id: 'status', title: text('recon.state'), width: 'minmax(130px, 1fr)' },
    render: ({ status, discrepancies }) => (
      <Pill tone={status === 'matched' ? 'ok' : 'bad'}>
        {status === 'matched' ? text('recon.feesAgree') : text('recon.feesDiffer', { count: discrepancies.length })}
      </Pill>
    ),
  },
  { id: 'by', title: text('recon.by'), width: '140px', render: ({ reportedByName }) => reportedByName },
  { id: 'at', title: text('recon.when'), width: '164px', render: ({ verifiedAt }) => <Instant at={verifiedAt} /> },
];

interface DetailProps {
  readonly row: FeeRow;
  readonly text: Text;
  readonly language: Language;
}

/** What does not agree in one month, a sentence each. */
function Discrepancies({ row, text, language }: DetailProps) {
  const { discrepancies, month } = row;
  return (
    <div className="recon-fee-detail" aria-live="polite">
      <strong>{text('recon.feesOf', { month: monthName(month, language) })}</strong>
      {discrepancies.length === 0 ? (
        <p>{text('recon.feesNone')}</p>
      ) : (
        <ul className="recon-why">
          {discrepancies.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the portal may say the same twice.
            <li key={index}>{differenceText(one, text)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function differenceText({ what, amountPaise, reference, reason }: FeeRow['discrepancies'][number], text: Text): string {
  if (what === 'told') {
    const parts = [reason, reference, amountPaise === null ? null : formatRupees(amountPaise)];
    return text('recon.fee.told', { said: parts.filter((part) => part !== null && part !== '').join(' · ') });
  }
  const paise = amountPaise ?? 0n;
  const amount = formatRupees(paise < 0n ? -paise : paise);
  if (what === 'deposits') return text(paise < 0n ? 'recon.fee.depositsLess' : 'recon.fee.depositsMore', { amount });
  return text(`recon.fee.${what}`, { amount });
}
