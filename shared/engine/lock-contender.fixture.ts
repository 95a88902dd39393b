import fs from 'node:fs';
import { MunimError } from '../kernel/errors.ts';
import { systemRandom } from '../ports/random.ts';
import { lockDir } from './lock.ts';

/**
 * One of several processes that fight for a lock: tries until its time is over; each time it holds the lock it looks
 * whether another holder is writing as well, and half the time ends by SIGKILL instead of releasing.
 * Arguments: data directory, file in which the holder writes its pid, milliseconds to go on.
 */
const [dir = '', holderFile = '', forMs = '0'] = process.argv.slice(2);
const end = Date.now() + Number(forMs);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

while (Date.now() < end) {
  try {
    const lock = await lockDir(dir, systemRandom);
    const previous = fs.existsSync(holderFile) ? fs.readFileSync(holderFile, 'utf8') : '';
    fs.writeFileSync(holderFile, String(process.pid));
    fs.writeSync(1, previous === '' ? 'held\n' : `VIOLATION ${previous}\n`);
    await pause(Math.random() * 4);
    if (fs.readFileSync(holderFile, 'utf8') !== String(process.pid)) fs.writeSync(1, 'VIOLATION overwritten\n');
    fs.writeFileSync(holderFile, '');
    if (Math.random() < 0.5) process.kill(process.pid, 'SIGKILL');
    await lock.release();
  } catch (thrown) {
    if (!(thrown instanceof MunimError && thrown.code === 'ENGINE_LOCKED')) throw thrown;
    fs.writeSync(1, 'refused\n');
    await pause(Math.random() * 2);
  }
}
