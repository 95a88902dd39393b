import { Worker } from 'node:worker_threads';
import { type ErrorCode, type ErrorDetails, MunimError } from '../../../shared/kernel/errors.ts';
import type { BooksFacts } from './backup-header.ts';
import type { ScratchTask } from './scratch-ledger.ts';

export type ScratchAnswer =
  | { readonly ok: true; readonly facts: BooksFacts | null }
  | { readonly ok: false; readonly code: ErrorCode; readonly details: ErrorDetails; readonly fault: string };

/**
 * Works on a copy of the books in a thread of its own.
 * @returns what the copy says, for a check
 * @throws MunimError BACKUP_UNSOUND, CANCELLED, those of the engine
 */
export async function inScratchThread(task: ScratchTask, signal: AbortSignal): Promise<BooksFacts | null> {
  if (signal.aborted) throw new MunimError('CANCELLED');
  const worker = new Worker(new URL('./scratch-worker.ts', import.meta.url), { workerData: task, execArgv: [] });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    return await answerOf(worker, signal);
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function answerOf(worker: Worker, signal: AbortSignal): Promise<BooksFacts | null> {
  return new Promise((resolve, reject) => {
    worker.once('message', (answer: ScratchAnswer) => {
      if (answer.ok) resolve(answer.facts);
      else reject(new MunimError(answer.code, answer.details, { cause: answer.fault }));
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      const detail = 'the check ended early';
      reject(signal.aborted ? new MunimError('CANCELLED') : new MunimError('BACKUP_UNSOUND', { detail }));
    });
  });
}
