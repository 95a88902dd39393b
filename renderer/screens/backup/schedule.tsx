import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { BackupsView } from '../../../shared/ipc/contract/backups.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { Check, TextInput } from '../../components/inputs.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly view: BackupsView;
  onChanged(view: BackupsView): void;
}

/** A backup a day by itself: whether, how many are kept, and where they lie. */
export function Schedule({ view, onChanged }: Props) {
  const text = useText();
  const desk = useDesk();
  const [daily, setDaily] = useState(view.daily);
  const [keep, setKeep] = useState(String(view.keep));
  const { busy, error, run } = useCall();
  const { keepMin, keepMax } = limits.backup;
  const bounds = { min: String(keepMin), max: String(keepMax) };
  const count = /^\d{1,3}$/.test(keep.trim()) ? Number(keep.trim()) : 0;
  const isWrong = count < keepMin || count > keepMax;
  const tell = async (deed: () => Promise<BackupsView>, said: string | null): Promise<void> => {
    await run(async () => {
      onChanged(await deed());
      if (said !== null) announce(said);
    });
  };
  const save = (): void => {
    if (isWrong) return;
    void tell(() => desk.call('backups.setSchedule', { daily, keep: count }), text('backup.scheduleSaved'));
  };
  const folder = (to: 'own' | 'ask') => (): void => void tell(() => desk.call('backups.setFolder', { to }), null);
  const { folderName, canChooseFolder, passphraseSetAt } = view;
  return (
    <section className="panel stack" aria-label={text('backup.schedule')}>
      <h2>{text('backup.schedule')}</h2>
      <form
        className="stack-tight"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Check label={text('backup.scheduleOn')} checked={daily} onChange={setDaily} />
        <div className="backup-keep">
          <Field
            label={text('backup.keep')}
            hint={text('backup.keepHint', bounds)}
            error={isWrong ? text('backup.keepWrong', bounds) : null}
          >
            {(field) => <TextInput {...field} inputMode="numeric" value={keep} onChange={setKeep} />}
          </Field>
        </div>
        <div className="line">
          <Button type="submit" busy={busy} disabled={isWrong || (daily && passphraseSetAt === null)}>
            {text('backup.scheduleSave')}
          </Button>
        </div>
      </form>
      <div className="stack-tight">
        <h3>{text('backup.folder')}</h3>
        <p>{folderName === null ? text('backup.folderOwn') : text('backup.folderChosen', { name: folderName })}</p>
        {!canChooseFolder && folderName === null && <p className="muted">{text('backup.folderHeadless')}</p>}
        <div className="line">
          {canChooseFolder && (
            <Button icon={FolderOpen} busy={busy} onClick={folder('ask')}>
              {text('backup.folderAsk')}
            </Button>
          )}
          {folderName !== null && (
            <Button busy={busy} onClick={folder('own')}>
              {text('backup.folderBack')}
            </Button>
          )}
        </div>
      </div>
      {error !== null && <ErrorPanel error={error} />}
    </section>
  );
}
