import { describe, expect, it } from 'vitest';
import { limits } from '../../shared/kernel/limits.ts';
import { DailyBackup } from './daily-backup.ts';

const { backupEveryMs, backupQuietMs } = limits.journal;

function setUp(newestAt: number | null) {
  const state = { now: 1_700_000_000_000, newestAt, made: 0, faults: 0, fails: false, isOn: true };
  const backup = new DailyBackup({
    clock: { now: () => state.now, after: () => () => {} },
    isOn: () => state.isOn,
    newestAt: () => state.newestAt,
    backUp: async () => {
      if (state.fails) throw new Error('no room');
      state.made++;
      state.newestAt = state.now;
    },
    onFault: () => {
      state.faults++;
    },
  });
  return { state, backup };
}

describe('the daily backup', () => {
  it('is made only while it is wanted', async () => {
    const { state, backup } = setUp(null);
    state.isOn = false;
    state.now += 10 * backupEveryMs;
    await backup.look();
    expect(state.made).toBe(0);
    state.isOn = true;
    await backup.look();
    expect(state.made).toBe(1);
  });

  it('waits until nobody works, and then for a day', async () => {
    const { state, backup } = setUp(null);
    await backup.look();
    expect(state.made).toBe(0);
    state.now += backupQuietMs;
    backup.worked();
    await backup.look();
    expect(state.made).toBe(0);
    state.now += backupQuietMs;
    await backup.look();
    await backup.look();
    expect(state.made).toBe(1);
    state.now += backupEveryMs - 1;
    await backup.look();
    expect(state.made).toBe(1);
    state.now += 1;
    await backup.look();
    expect(state.made).toBe(2);
  });

  it('does not trust a backup of the future', async () => {
    const { state, backup } = setUp(1_900_000_000_000);
    state.now += backupQuietMs;
    await backup.look();
    expect(state.made).toBe(1);
  });

  it('tells of a failure and tries again at the next quiet time', async () => {
    const { state, backup } = setUp(null);
    state.fails = true;
    state.now += backupQuietMs;
    await backup.look();
    await backup.look();
    expect(state).toMatchObject({ made: 0, faults: 1 });
    state.fails = false;
    state.now += backupQuietMs;
    await backup.look();
    expect(state.made).toBe(1);
  });
});
