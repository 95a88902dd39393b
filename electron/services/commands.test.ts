import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/kernel/limits.ts';
import { SeededRandom } from '../../shared/testing/seeded-random.ts';
import { CommandRunner, type Order } from './commands.ts';
import { Serial } from './serial.ts';

const COLLEGE = '018f0000-0000-7000-8000-0000000000c1';
const DEVICE = '018f0000-0000-7000-8000-0000000000d1';
const PERSON = '018f0000-0000-7000-8000-0000000000a1';
const order: Order = {
  collegeId: COLLEGE,
  name: 'expense.submit',
  args: { expenseId: COLLEGE, overBudgetReason: null },
};

describe('the time a command bears', () => {
  it('never goes backwards, but follows a clock that was set right', async () => {
    let now = 0;
    const times: number[] = [];
    const runner = new CommandRunner({
      keeper: {
        nextPlace: async () => ({ seq: times.length + 1, knows: 0 }),
        save: async ({ command }) => {
          times.push(command.occurredAt);
          return { ok: true, value: { documentId: COLLEGE, reference: null, tables: [], settledId: null } };
        },
      },
      signer: { sign: async () => new Uint8Array(64) },
      clock: { now: () => now, after: () => () => {} },
      random: new SeededRandom(1),
      deviceId: () => DEVICE,
      serial: new Serial(),
      onSaved: () => {},
    });
    const noon = Date.UTC(2026, 10, 21, 12);
    const far = limits.sync.clockAheadMaxMs + 1;
    for (const at of [noon, noon - 60_000, noon + far, noon]) {
      now = at;
      await runner.run(order, { personId: PERSON, name: 'A' });
    }
    expect(times).toEqual([noon, noon, noon + far, noon]);
  });
});
