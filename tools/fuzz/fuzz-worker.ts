import { parentPort, workerData } from 'node:worker_threads';
import { fuzz, usualBound } from './fuzz.ts';
import { CURRENT_HEAD_BYTES, type FuzzStart } from './fuzz-start.ts';
import { targetsNamed } from './targets.ts';

const { name, inputs, seed, current } = workerData as FuzzStart;
const [count, length] = [new Int32Array(current, 0, 1), new Int32Array(current, 4, 1)];
const bytes = new Uint8Array(current, CURRENT_HEAD_BYTES);
const [target] = targetsNamed(name);
if (target === undefined || parentPort === null) throw new Error('started without a target');
const report = await fuzz(target, {
  inputs,
  seed,
  boundMs: usualBound,
  onInput: (input) => {
    bytes.set(input);
    Atomics.store(length, 0, input.length);
    Atomics.add(count, 0, 1);
  },
});
parentPort.postMessage(report);
