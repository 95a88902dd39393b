import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { FuzzReport } from './fuzz.ts';
import { CURRENT_HEAD_BYTES, type FuzzStart } from './fuzz-start.ts';
import { INPUT_BYTES_MAX } from './mutate.ts';
import { targetsNamed } from './targets.ts';

/**
 * Tries to make the readers of other people's bytes fail: an exception that is no answer, or far more time than the size explains.
 * `npm run fuzz -- [--target name] [--inputs 200000] [--seed n]`; inputs that hurt are saved, and the run ends with code 1.
 */
const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    inputs: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(1 + (Date.now() % 1_000_000_000)) },
  },
});
const [inputs, seed] = [natural('inputs', values.inputs), natural('seed', values.seed)];
/** An input that takes as long as this will not end. */
const HANG_MS = 30_000;

function natural(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} takes a number from 1, not ${text}`);
  return number;
}

/** One target in a thread of its own, which is ended when an input does not end. */
async function tryTarget(name: string): Promise<FuzzReport> {
  const current = new SharedArrayBuffer(CURRENT_HEAD_BYTES + INPUT_BYTES_MAX);
  const start: FuzzStart = { name, inputs, seed, current };
  const begin = performance.now();
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), { workerData: start });
  const lost = (what: string): FuzzReport => {
    const [count = 0, length = 0] = new Int32Array(current, 0, 2);
    const input = new Uint8Array(current, CURRENT_HEAD_BYTES).slice(0, length);
    const ms = performance.now() - begin;
    return {
      target: name,
      inputs: count,
      bytes: 0,
      taken: 0,
      ms,
      slowestMs: ms,
      findings: [{ target: name, what, input }],
    };
  };
  const report = await new Promise<FuzzReport>((resolve) => {
    let seen = -1;
    const watchdog = setInterval(() => {
      const count = Atomics.load(new Int32Array(current, 0, 1), 0);
      if (count === seen && count > 0) resolve(lost(`no end after ${HANG_MS} ms`));
      seen = count;
    }, HANG_MS);
    worker.on('message', resolve);
    worker.on('error', (error) =>
      resolve(lost(`the thread ended: ${error instanceof Error ? error.message : String(error)}`)),
    );
    worker.on('exit', () => clearInterval(watchdog));
  });
  await worker.terminate();
  return report;
}

console.log(`fuzz with --seed ${seed}`);
let folder: string | undefined;
for (const { name } of targetsNamed(values.target)) {
  const report = await tryTarget(name);
  const perSecond = Math.round(report.inputs / (report.ms / 1000));
  console.log(
    `${name.padEnd(20)} ${report.inputs} inputs, ${perSecond} a second, ${(report.bytes / 1e6).toFixed(1)} MB, ` +
      `${report.taken} taken, slowest ${report.slowestMs.toFixed(1)} ms, ${report.findings.length} findings`,
  );
  for (const [index, { what, input }] of report.findings.entries()) {
    folder ??= fs.mkdtempSync(path.join(os.tmpdir(), 'munim-fuzz-'));
    const file = path.join(folder, `${name}-${seed}-${index}`);
    fs.writeFileSync(file, input);
    console.error(`FINDING ${name}: ${what}\n  saved as ${file}`);
  }
}
process.exitCode = folder === undefined ? 0 : 1;
