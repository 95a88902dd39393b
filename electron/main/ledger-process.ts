import { utilityProcess } from 'electron';
import type { ProcessPort } from '../../shared/ports/process-port.ts';

/**
 * Starts the books process. It inherits no environment, so nothing of the PC (proxy settings, tokens) reaches it.
 * @param entry absolute path of the built ledger process
 */
export function spawnLedgerProcess(entry: string): ProcessPort {
  const child = utilityProcess.fork(entry, [], { serviceName: 'ledger', stdio: 'pipe', env: {} });
  // Unread pipes fill up and then block the process that writes them.
  child.stdout?.on('data', (text: Buffer) => process.stdout.write(text));
  child.stderr?.on('data', (text: Buffer) => process.stderr.write(text));
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    // Not `child.kill()`, which asks politely: the watchdog kills a process that no longer listens.
    kill: () => {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}
