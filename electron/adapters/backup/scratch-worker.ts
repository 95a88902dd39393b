import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toMunimError } from '../../../shared/kernel/errors.ts';
import { type ScratchTask, workOnScratch } from './scratch-ledger.ts';
import type { ScratchAnswer } from './scratch-thread.ts';

/** The thread in which a copy of the books is opened, so that the desk goes on answering meanwhile. */
async function main(port: MessagePort, task: ScratchTask): Promise<void> {
  let answer: ScratchAnswer;
  try {
    answer = { ok: true, facts: await workOnScratch(task) };
  } catch (thrown) {
    const { code, details, message, cause } = toMunimError(thrown);
    answer = { ok: false, code, details, fault: `${message}; ${String(cause)}` };
  }
  port.postMessage(answer);
}

if (parentPort !== null) await main(parentPort, workerData as ScratchTask);
