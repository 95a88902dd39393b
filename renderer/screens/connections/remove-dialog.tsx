import type { ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { useText } from '../../i18n/text.ts';

interface Props {
  readonly connection: ConnectionView;
  onRemoved(): void;
  onClose(): void;
}

export function RemoveDialog({ connection, onRemoved, onClose }: Props) {
  const text = useText();
  const desk = useDesk();
  const { busy, error, run } = useCall();
  const { id, connectorName: connector, accountCode: account } = connection;
  const remove = async (): Promise<void> => {
    await run(async () => {
      await desk.call('connections.remove', { id });
      onRemoved();
    });
  };
  return (
    <ConfirmDialog
      title={text('connection.removeTitle', { connector })}
      consequence={<p>{text('connection.removeConsequence', { account })}</p>}
      confirmLabel={text('connection.remove')}
      dangerous
      busy={busy}
      error={error}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  );
}
