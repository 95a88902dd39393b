import { createClient } from '../../shared/ipc/client.ts';
import { type HeadlessDeskOptions, startPlainDesk } from './headless.ts';

/**
 * Gives the books of a desk a second life and has it meet its server once.
 * @returns what came back and what still waits, in a sentence or two
 * @throws MunimError when no books could be opened, ENGINE_LOCKED while the desk is open elsewhere
 */
export async function recoverDesk(options: HeadlessDeskOptions): Promise<string> {
  const desk = await startPlainDesk({ ...options, recover: true });
  try {
    const client = createClient({ invoke: desk.invoke.bind(desk), on: desk.onEvent.bind(desk) });
    const { recovered } = await client.call('recovery.look', {});
    const sync = await client.call('sync.now', {});
    const from =
      recovered?.backupAt == null
        ? 'The books are new'
        : `The books are those of the backup of ${new Date(recovered.backupAt).toISOString()}`;
    const rest =
      sync.state === 'synced'
        ? 'the server has been met'
        : `the server could not be met (${sync.error?.code ?? sync.state}), so the rest comes when it can`;
    return `${from}; entries put back from the journal: ${recovered?.commands ?? 0}; ${rest}. Still waiting: ${sync.pending}; need attention: ${sync.attention}.`;
  } finally {
    await desk.close();
  }
}
