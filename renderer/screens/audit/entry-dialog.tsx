import type { Output } from '../../../shared/ipc/contract.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Instant } from '../../components/figures.tsx';
import { useChangeText, useDeskName } from '../../components/timeline.tsx';
import { nameOf, useText } from '../../i18n/text.ts';
import { Hash } from './hash.tsx';

export type AuditRow = Output<'audit.page'>['rows'][number];

interface Props {
  readonly row: AuditRow;
  /** Null where the list already shows only this document. */
  readonly onOnly: (() => void) | null;
  readonly onOpen: (() => void) | null;
  onClose(): void;
}

/** One link of the chain: who, when, where, before and after, and the hashes that tie it to its neighbours. */
export function EntryDialog({ row, onOnly, onOpen, onClose }: Props) {
  const text = useText();
  const deskName = useDeskName();
  const changeText = useChangeText();
  const title =
    row.position === null ? text('audit.entryWaiting') : text('audit.entry', { position: String(row.position) });
  return (
    <Dialog title={title} onClose={onClose} wide>
      <div className="dialog-body stack">
        <p className="line">
          <strong>{nameOf(text, 'command', row.commandName)}</strong>
          <span>{row.reference}</span>
          <span className="push muted">
            <Instant at={row.occurredAt} />
          </span>
        </p>
        <p className="muted">
          {text('timeline.by', { name: row.actorName, desk: deskName(row) })}
          {' · '}
          {text(row.signed ? 'audit.signed' : 'audit.unsigned')}
        </p>
        {row.comment !== null && (
          <p>
            <span className="muted">{`${text('audit.comment')}: `}</span>
            {row.comment}
          </p>
        )}
        {row.changes.length === 0 ? (
          <p className="muted">{text('audit.noChanges')}</p>
        ) : (
          <table className="plain-table audit-changes">
            <caption className="visually-hidden">{text('audit.what')}</caption>
            <thead>
              <tr>
                <th scope="col">{text('audit.field')}</th>
                <th scope="col">{text('audit.before')}</th>
                <th scope="col">{text('audit.after')}</th>
              </tr>
            </thead>
            <tbody>
              {row.changes.map((change, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one entry can change a field of several rows; the list never moves.
                <tr key={index}>
                  <th scope="row">{nameOf(text, 'field', change.field)}</th>
                  <td className={change.before === null ? 'muted' : undefined}>{changeText(change, change.before)}</td>
                  <td className={change.after === null ? 'muted' : undefined}>{changeText(change, change.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {row.position !== null && (
          <dl className="audit-hashes small">
            <dt className="muted">{text('audit.hashOf')}</dt>
            <dd>
              <Hash hash={row.hash} label={text('audit.copy', { position: String(row.position) })} whole />
            </dd>
            <dt className="muted">{text('audit.previous')}</dt>
            <dd>
              <Hash hash={row.previousHash} label={text('audit.copyPrevious')} whole />
            </dd>
          </dl>
        )}
        <footer className="dialog-foot">
          {onOnly !== null && <Button onClick={onOnly}>{text('audit.onlyThis')}</Button>}
          {onOpen !== null && <Button onClick={onOpen}>{text('audit.openDocument')}</Button>}
          <Button look="primary" onClick={onClose} keys="Esc">
            {text('action.close')}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}
