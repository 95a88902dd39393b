import { type ReactNode, useState } from 'react';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';
import type { MunimError } from '../../../shared/kernel/errors.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Check } from '../../components/inputs.tsx';
import { useCommand } from '../../data/use-command.ts';
import { isMessageKey } from '../../i18n/catalogue.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { moveOn } from '../expense-form/move-on.ts';

export interface MasterFields {
  /** What is wrong with a field, once one tried to save or the rules refused it. */
  error(name: string, typed: string | null): string | null;
}

interface Props {
  readonly title: string;
  readonly lead: string;
  readonly confirmLabel: string;
  readonly name: string;
  /** Null while something has to be filled in first. */
  readonly command: CommandInput | null;
  /** Only of what is there already: whether it is in use. */
  readonly use: { readonly isActive: boolean; onChange(isActive: boolean): void } | null;
  onDone(): void;
  onClose(): void;
  readonly children: (fields: MasterFields) => ReactNode;
}

/** A group, account or cost centre, new or changed: what the rules refuse is said at its field. */
export function MasterDialog({ title, lead, confirmLabel, name, command, use, onDone, onClose, children }: Props) {
  const text = useText();
  const { busy, error, run } = useCommand();
  const [tried, setTried] = useState(false);
  const save = async (): Promise<void> => {
    setTried(true);
    if (command === null || (await run(command)) === null) return;
    announce(text('chart.saved', { name }));
    onDone();
  };
  const field = (of: MunimError | null): string | null => (of === null ? null : String(of.details.field ?? ''));
  const fields: MasterFields = {
    error: (at, typed) => {
      if (tried && typed !== null && typed.trim() === '') return text('problem.empty');
      if (error === null || field(error) !== at) return null;
      const key = `reason.${String(error.details.reason)}`;
      return isMessageKey(key) ? text(key) : null;
    },
  };
  return (
    <ConfirmDialog
      title={title}
      consequence={<p className="muted">{lead}</p>}
      confirmLabel={confirmLabel}
      busy={busy}
      error={error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter moves between the fields inside. */}
      <div className="stack" onKeyDown={moveOn}>
        {children(fields)}
        {use !== null && <Check label={text('field.isActive')} checked={use.isActive} onChange={use.onChange} />}
      </div>
    </ConfirmDialog>
  );
}
