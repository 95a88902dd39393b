import type { Column } from '../../components/data-table.tsx';
import { Instant } from '../../components/figures.tsx';
import { useDeskName } from '../../components/timeline.tsx';
import { nameOf, useText } from '../../i18n/text.ts';
import type { AuditRow } from './entry-dialog.tsx';
import { Hash } from './hash.tsx';

export function useAuditColumns(): readonly Column<AuditRow>[] {
  const text = useText();
  const deskName = useDeskName();
  return [
    {
      id: 'position',
      title: text('audit.position'),
      width: '84px',
      align: 'end',
      fixed: true,
      render: (row) => row.position ?? <span className="muted">{text('audit.waiting')}</span>,
    },
    {
      id: 'when',
      title: text('audit.when'),
      width: '148px',
      fixed: true,
      render: (row) => <Instant at={row.occurredAt} />,
    },
    { id: 'who', title: text('audit.who'), width: 'minmax(130px, 1fr)', fixed: true, render: (row) => row.actorName },
    {
      id: 'step',
      title: text('audit.step'),
      width: 'minmax(130px, 0.9fr)',
      fixed: true,
      render: (row) => nameOf(text, 'command', row.commandName),
    },
    {
      id: 'reference',
      title: text('audit.reference'),
      width: 'minmax(166px, 0.8fr)',
      render: (row) => row.reference ?? '',
    },
    {
      id: 'changes',
      title: text('audit.what'),
      width: 'minmax(160px, 1.6fr)',
      render: (row) =>
        row.comment ?? [...new Set(row.changes.map((change) => nameOf(text, 'field', change.field)))].join(', '),
    },
    { id: 'desk', title: text('audit.desk'), width: 'minmax(160px, 0.8fr)', render: (row) => deskName(row) },
    {
      id: 'hash',
      title: text('audit.hash'),
      width: '144px',
      render: (row) =>
        row.position === null ? (
          ''
        ) : (
          <Hash hash={row.hash} label={text('audit.copy', { position: String(row.position) })} />
        ),
    },
  ];
}
