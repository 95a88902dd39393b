import { FileText } from 'lucide-react';
import { useMemo } from 'react';
import type { StatementRow } from '../../../shared/ipc/contract/reconciliation.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Instant, Money } from '../../components/figures.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { usePages } from '../../data/use-pages.ts';
import { nameOf, type Text, useText } from '../../i18n/text.ts';

/** The statements that were kept, from files and from the bank: what each covers, and who brought it. */
export function StatementsPane({ collegeId, bankAccountId }: { readonly collegeId: Id; readonly bankAccountId: Id }) {
  const text = useText();
  const pages = usePages('statements.list', { collegeId, bankAccountId });
  const count = pages.head?.count ?? 0;
  const columns = useMemo(() => statementColumns(text), [text]);
  return (
    <section className="recon-open" aria-label={text('recon.tab.statements')}>
      <ListBody
        error={pages.error}
        loading={pages.head === undefined && pages.error === null}
        count={count}
        empty={<EmptyState icon={FileText} title={text('recon.noStatement')} hint={text('recon.noStatementHint')} />}
      >
        <DataTable
          listKey={`recon statements ${bankAccountId}`}
          label={text('recon.tab.statements')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={({ id }) => id}
          onRange={pages.onRange}
          onOpen={() => undefined}
          autoFocus
          footer={text('recon.statementCount', { count })}
        />
      </ListBody>
    </section>
  );
}

const statementColumns = (text: Text): readonly Column<StatementRow>[] => [
  {
    ...{ id: 'period', title: text('recon.period'), width: '224px' },
    render: ({ from, to }) => text('recon.fromTo', { from: formatDate(from), to: formatDate(to) }),
  },
  {
    ...{ id: 'source', title: text('recon.source'), width: 'minmax(120px, 1fr)' },
    render: ({ format, fileName }) =>
      [nameOf(text, 'statementFormat', format), fileName].filter((part) => part !== null).join(' · '),
  },
  {
    ...{ id: 'lines', title: text('recon.newLines'), width: '80px', align: 'end' },
    render: ({ lineCount }) => lineCount,
  },
  {
    ...{ id: 'opening', title: text('recon.opening'), width: '132px', align: 'end' },
    render: ({ openingPaise }) => (openingPaise === null ? '–' : <Money paise={openingPaise} bare />),
  },
  {
    ...{ id: 'closing', title: text('recon.closing'), width: '132px', align: 'end' },
    render: ({ closingPaise }) => (closingPaise === null ? '–' : <Money paise={closingPaise} bare />),
  },
  { id: 'by', title: text('recon.by'), width: '150px', render: ({ importedByName }) => importedByName },
  { id: 'at', title: text('recon.when'), width: '164px', render: ({ importedAt }) => <Instant at={importedAt} /> },
];
