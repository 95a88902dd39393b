import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { importError, openSource } from './open-source.ts';
import type { FromParser, ParseStart, ToParser } from './parse-messages.ts';
import type { RowBatch, SheetSource } from './sheet-source.ts';

/**
 * The thread that reads one file, so that unpacking and parsing never hold up the books. It has no other duty and can be ended at any
 * moment: it only reads.
 */
async function main(port: MessagePort, { path, limits }: ParseStart): Promise<void> {
  const post = (message: FromParser): void => port.postMessage(message);
  const fail = (thrown: unknown): void => {
    const error = importError(thrown);
    const known = error instanceof MunimError;
    const message = error instanceof Error ? error.message : String(error);
    post({ type: 'failed', code: known ? error.code : null, details: known ? error.details : {}, message });
  };
  let source: SheetSource;
  try {
    source = await openSource(path, limits);
  } catch (error) {
    fail(error);
    return;
  }
  let reading: { readonly pass: number; readonly batches: AsyncGenerator<RowBatch, void> } | undefined;
  // One after the other: a new pass waits until the one before has let go of the file.
  let last: Promise<void> = Promise.resolve();
  port.on('message', (message: ToParser) => {
    last = last.then(() => answer(message)).catch(fail);
  });
  async function answer(message: ToParser): Promise<void> {
    if (message.type === 'read') {
      await reading?.batches.return();
      reading = { pass: message.pass, batches: source.batches(message.sheet) };
      return;
    }
    if (message.pass !== reading?.pass) return;
    const { pass, batches } = reading;
    const next = await batches.next();
    if (next.done) post({ type: 'end', pass });
    else post({ type: 'batch', pass, ...next.value });
  }
  post({ type: 'opened', format: source.format, sheets: source.sheets });
}

if (parentPort !== null) await main(parentPort, workerData as ParseStart);
