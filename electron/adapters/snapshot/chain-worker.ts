import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { ChainOfParts } from './chain-of-parts.ts';
import type { ChainPart, ChainStart } from './chain-thread.ts';

/** The thread that verifies audit entries while the books take them. It answers each part with the head of the chain so far. */
function main(port: MessagePort, { collegeId, from }: ChainStart): void {
  const chain = new ChainOfParts(collegeId, from);
  port.on('message', ({ columns, csv }: ChainPart) => {
    chain.take(columns, csv);
    port.postMessage(chain.head);
  });
}

if (parentPort !== null) main(parentPort, workerData as ChainStart);
