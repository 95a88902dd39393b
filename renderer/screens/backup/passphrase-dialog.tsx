import { useState } from 'react';
import type { BackupsView } from '../../../shared/ipc/contract/backups.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Check, TextInput } from '../../components/inputs.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly isFirst: boolean;
  onDone(view: BackupsView): void;
  onClose(): void;
}

/** Sets the passphrase: typed twice, and a word that it was written down, because nothing brings it back. */
export function PassphraseDialog({ isFirst, onDone, onClose }: Props) {
  const text = useText();
  const desk = useDesk();
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState('');
  const [written, setWritten] = useState(false);
  const [tried, setTried] = useState(false);
  const { busy, error, run } = useCall();
  const { passphraseMinLength: length, passphraseKindsMin: kinds, passphraseMaxLength: maxLength } = limits.backup;
  const hint = text('backup.passphraseHint', { length: String(length), kinds: String(kinds) });
  const isWeak = typed.length < length || new Set(typed).size < kinds;
  const differs = typed !== again;
  const set = async (): Promise<void> => {
    setTried(true);
    if (isWeak || differs || !written) return;
    await run(async () => {
      onDone(await desk.call('backups.setPassphrase', { passphrase: typed }));
      announce(text('backup.passphraseDone'));
      onClose();
    });
  };
  const title = text(isFirst ? 'backup.passphraseDo' : 'backup.passphraseChange');
  return (
    <ConfirmDialog
      title={title}
      consequence={
        <>
          <p>{text('backup.passphraseWarning')}</p>
          {!isFirst && <p>{text('backup.passphraseEarlier')}</p>}
        </>
      }
      confirmLabel={title}
      busy={busy}
      error={error}
      onConfirm={() => void set()}
      onClose={onClose}
    >
      <Field label={text('backup.passphraseField')} required hint={hint} error={tried && isWeak ? hint : null}>
        {(field) => (
          <TextInput
            {...field}
            type="password"
            autoComplete="new-password"
            maxLength={maxLength}
            value={typed}
            onChange={setTyped}
          />
        )}
      </Field>
      <Field
        label={text('backup.passphraseAgain')}
        required
        error={tried && differs ? text('backup.passphraseDiffers') : null}
      >
        {(field) => (
          <TextInput
            {...field}
            type="password"
            autoComplete="new-password"
            maxLength={maxLength}
            value={again}
            onChange={setAgain}
          />
        )}
      </Field>
      <Check label={text('backup.passphraseWritten')} checked={written} onChange={setWritten} />
      {tried && !written && (
        <p role="alert" className="backup-wrong small">
          {text('backup.passphraseNotWritten')}
        </p>
      )}
    </ConfirmDialog>
  );
}
