import { Worker } from 'node:worker_threads';
import { limits } from '../../../shared/kernel/limits.ts';
import type { BundleAnswer } from './open-pkcs12.ts';

/** What the thread is started with. */
export interface BundleOrder {
  readonly bytes: Uint8Array;
  readonly passphrase: string;
}

const tooSlow: BundleAnswer = { ok: false, code: 'CERTIFICATE_BUNDLE_TOO_SLOW' };

/** Opens a PKCS#12 bundle beside the main thread, for a limited time and with limited memory: the file may be made to keep it busy. */
export function openInThread(order: BundleOrder): Promise<BundleAnswer> {
  const { openingMaxMs, openingMemoryMiB } = limits.certificate;
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./pkcs12-worker.ts', import.meta.url), {
      workerData: order,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: openingMemoryMiB },
    });
    const end = (answer: BundleAnswer): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => end(tooSlow), openingMaxMs);
    worker.on('message', (answer: BundleAnswer) => end(answer));
    // It ran out of memory, or into a fault of the library.
    worker.on('error', () => end({ ok: false, code: 'CERTIFICATE_DAMAGED' }));
    worker.on('exit', () => end({ ok: false, code: 'CERTIFICATE_DAMAGED' }));
  });
}
