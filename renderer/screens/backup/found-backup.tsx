import { useState } from 'react';
import type { FoundBackupView } from '../../../shared/ipc/contract/backups.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';

interface Props {
  readonly jobId: Id;
  readonly found: FoundBackupView;
  onAnother(): void;
}

/** What is in a checked backup, and the button that takes it, after a question that says what becomes of the present books. */
export function FoundBackup({ jobId, found, onAnother }: Props) {
  const text = useText();
  const desk = useDesk();
  const [asked, setAsked] = useState(false);
  const { busy, error, run } = useCall();
  const [begun, setBegun] = useState(false);
  const { at, deskName, personName, colleges, waiting, isOwn } = found;
  const when = formatInstant(at, nowMs(), text);
  const restore = async (): Promise<void> => {
    await run(async () => {
      await desk.call('backups.restore', { jobId });
      setAsked(false);
      setBegun(true);
    });
  };
  if (begun) return <p role="status">{text('restore.doing')}</p>;
  return (
    <div className="stack">
      <div className="stack-tight" role="status">
        <h3>{text('restore.found')}</h3>
        <p>
          {personName === null
            ? text('restore.madeDaily', { at: when, desk: deskName })
            : text('restore.made', { at: when, person: personName, desk: deskName })}
        </p>
        <p>{text('restore.sound')}</p>
        <p>{text('restore.waiting', { count: waiting })}</p>
        {waiting > 0 && !isOwn && <p>{text('restore.people')}</p>}
      </div>
      <table className="plain-table">
        <caption className="visually-hidden">{text('restore.found')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('restore.college')}</th>
            <th scope="col" className="number">
              {text('restore.vouchers')}
            </th>
            <th scope="col" className="number">
              {text('restore.expenses')}
            </th>
          </tr>
        </thead>
        <tbody>
          {colleges.map((college) => (
            <tr key={college.id}>
              <th scope="row">{`${college.code} · ${college.name}`}</th>
              <td className="number">{college.vouchers.toLocaleString('en-IN')}</td>
              <td className="number">{college.expenses.toLocaleString('en-IN')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="line">
        <Button look="danger" onClick={() => setAsked(true)}>
          {text('restore.do')}
        </Button>
        <Button look="quiet" onClick={onAnother}>
          {text('restore.another')}
        </Button>
      </div>
      {asked && (
        <ConfirmDialog
          title={text('restore.confirm', { at: when })}
          consequence={
            <>
              <p>{text('restore.consequence')}</p>
              {isOwn && <p>{text('restore.consequenceOwn')}</p>}
              <p>{text('restore.consequenceServer')}</p>
              <p>{text('restore.waiting', { count: waiting })}</p>
            </>
          }
          confirmLabel={text('restore.do')}
          dangerous
          busy={busy}
          error={error}
          onConfirm={() => void restore()}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  );
}
