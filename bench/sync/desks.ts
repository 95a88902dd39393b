import { performance } from 'node:perf_hooks';
import { openTestDesk, type TestDesk } from '../../electron/composition/testing.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { billFields } from '../../shared/testing/entries.ts';
import type { BenchCollege } from './bench-server.ts';

const newId = (): string => uuidv7(Date.now(), systemRandom.bytes(10));

async function join(desk: TestDesk, url: string, code: string, college: BenchCollege): Promise<void> {
  await desk.call('session.enrol', { serverUrl: url, code, deviceName: 'Bench' });
  await desk.call('session.signIn', { email: college.email, password: college.password });
}

async function untilSynced(desk: TestDesk): Promise<void> {
  for (;;) {
    const { state, pending, error } = await desk.call('sync.now', {});
    if (state === 'synced' && pending === 0) return;
    if (state === 'refused') throw new Error(`the desk was refused: ${JSON.stringify(error)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A new desk in processes of its own, from its enrolment to books that are the server's. @returns milliseconds */
export async function bootstrapDesk(
  dataDir: string,
  url: string,
  code: string,
  college: BenchCollege,
): Promise<number> {
  const desk = await openTestDesk(dataDir);
  try {
    const begun = performance.now();
    await join(desk, url, code, college);
    await untilSynced(desk);
    return performance.now() - begun;
  } finally {
    await desk.close();
  }
}

/** A desk enters commands offline, one after the other, and comes back. @returns milliseconds from then until nothing waits */
export async function offlineDesk(
  dataDir: string,
  url: string,
  code: string,
  college: BenchCollege,
  count: number,
  say: (line: string) => void,
): Promise<number> {
  const desk = await openTestDesk(dataDir);
  try {
    await join(desk, url, code, college);
    await untilSynced(desk);
    await desk.call('sync.pause', { paused: true });
    const [vendor] = (await desk.call('vendors.page', { text: '', offset: 0, limit: 1, collegeId: college.id })).rows;
    const begun = performance.now();
    for (let index = 0; index < count; index += 1) {
      await desk.call('commands.run', {
        collegeId: college.id,
        name: 'expense.create',
        args: {
          expenseId: newId(),
          fields: billFields(String(vendor?.id), istDate(Date.now()), {
            billNo: `O/${newId().slice(-9)}`,
            description: `Chalk, box ${index}`,
          }),
        },
      });
    }
    say(`  ${count} entries took ${((performance.now() - begun) / count).toFixed(2)} ms each through the desk`);
    const back = performance.now();
    await desk.call('sync.pause', { paused: false });
    await untilSynced(desk);
    return performance.now() - back;
  } finally {
    await desk.close();
  }
}
