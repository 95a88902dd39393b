import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { openPkcs12 } from './open-pkcs12.ts';
import type { BundleOrder } from './pkcs12-thread.ts';

/** The thread that opens one bundle and ends. */
function main(port: MessagePort, { bytes, passphrase }: BundleOrder): void {
  port.postMessage(openPkcs12(bytes, passphrase));
}

if (parentPort !== null) main(parentPort, workerData as BundleOrder);
