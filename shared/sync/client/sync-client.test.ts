import { describe, expect, it } from 'vitest';
import { MunimError } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { SeededRandom } from '../../testing/seeded-random.ts';
import { SimClock } from '../../testing/sim-clock.ts';
import type { CommandResult, PullAnswer } from '../messages.ts';
import { SyncClient } from './sync-client.ts';
import type { SyncStore, UnsentCommand } from './sync-store.ts';

const COLLEGE = '018f0000-0000-7000-8000-000000000001';

/** A desk's outbox and a server that takes what continues the sequence; each can be made to behave otherwise. */
function world(options: { readonly batchMax?: number } = {}) {
  const outbox: (UnsentCommand & { settled: boolean })[] = [];
  const batches: number[][] = [];
  let taken = 0;
  let onPush: () => void = () => undefined;
  let onPull: () => void = () => undefined;
  const state = { cursor: 0, snapshot: 0, bootstraps: 0, pulledFrom: [] as number[], keptFrom: 1 };
  const store: SyncStore = {
    colleges: async () => [{ id: COLLEGE, code: 'SVCE', cursor: state.cursor, stagedCursor: state.cursor }],
    toSend: async (fromSeq, max) =>
      outbox
        .filter(({ seq, settled }) => seq >= state.keptFrom && (fromSeq === null ? !settled : seq >= fromSeq))
        .slice(0, max),
    lastSeq: async () => outbox.length,
    ackedSeq: async () => 0,
    heardUpTo: async () => undefined,
    parkedSeqs: async () => [],
    recordResults: async (results) => {
      for (const { seq } of results) for (const one of outbox) if (one.seq === seq) one.settled = true;
    },
    bootstrap: async () => {
      state.bootstraps++;
      state.cursor = state.snapshot;
      return state.snapshot;
    },
    beginAnew: async () => {
      state.cursor = 0;
    },
    stagePage: async () => undefined,
    needsRebase: async () => false,
    rebase: async () => [],
    needsResign: async () => false,
    resign: async () => undefined,
    heldBack: async () => null,
    counts: async () => ({ pending: 0, attention: 0, parked: 0 }),
    markSynced: async () => undefined,
  };
  const result = (seq: number): CommandResult => ({
    id: COLLEGE,
    seq,
    status: 'applied',
    duplicate: false,
    code: null,
    details: {},
  });
  const clock = new SimClock(0);
  const client = new SyncClient({
    store,
    clock,
    random: new SeededRandom(1),
    link: {
      push: async ({ commands }) => {
        const seqs = commands.map(({ text }) => Number(text));
        batches.push(seqs);
        onPush();
        if (seqs.length > (options.batchMax ?? 500)) throw new MunimError('SYNC_TOO_LARGE');
        if ((seqs[0] ?? 0) > taken + 1) throw new MunimError('SYNC_SEQUENCE_GAP', { expected: taken + 1 });
        taken = Math.max(taken, seqs.at(-1) ?? 0);
        return { results: seqs.map(result), lastSeq: taken };
      },
      pull: async ({ cursor }): Promise<PullAnswer> => {
        onPull();
        state.pulledFrom.push(cursor);
        if (cursor > 50) throw new MunimError('SYNC_CURSOR_LOST');
        return { minReader: 1, collegeId: COLLEGE, rows: [], cursor, more: false, lastSeq: taken, results: [] };
      },
      watch: async () => undefined,
      onEvent: () => () => undefined,
    },
    paused: false,
    lastSyncedAt: null,
    isEnrolled: () => true,
    onState: () => undefined,
    onChanged: () => undefined,
    afterRound: async () => undefined,
    onFault: (problem) => expect.fail(String(problem)),
  });
  return {
    client,
    clock,
    batches,
    state,
    onPush: (run: () => void) => {
      onPush = run;
    },
    enter: (count: number, settled = false) => {
      for (let n = 0; n < count; n++) {
        const seq = outbox.length + 1;
        outbox.push({ seq, text: String(seq), signature: '', withdrawn: false, settled });
      }
    },
    onPull: (run: () => void) => {
      onPull = run;
    },
    waiting: () => outbox.filter(({ settled }) => !settled).length,
  };
}

describe('a new name for the desk', () => {
  it('is tried at once, although the round under way fails under the old one', async () => {
    const desk = world();
    desk.enter(1);
    const failures: string[] = [];
    desk.onPush(() => {
      if (desk.batches.length > 1) return;
      desk.client.anew();
      failures.push('revoked');
      throw new MunimError('AUTH_DEVICE_REVOKED');
    });
    desk.client.start();
    await desk.client.now();
    expect(failures).toEqual(['revoked']);
    expect(desk.client.state).toMatchObject({ state: 'synced', problem: null });
    expect(desk.waiting()).toBe(0);
  });
});

describe('a desk is level with the server', () => {
  it('from the first round that ended well, and while the next one runs', async () => {
    const { client, enter, onPull, onPush, clock } = world();
    const seen: boolean[] = [];
    onPull(() => seen.push(client.isLevel));
    expect(client.isLevel).toBe(false);
    client.start();
    await client.now();
    expect([seen[0], client.isLevel]).toEqual([false, true]);
    seen.splice(0);
    enter(1);
    onPush(() => seen.push(client.isLevel));
    clock.advance(limits.sync.pollMs / 2);
    client.saved();
    expect(client.isLevel).toBe(true);
    await client.now();
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).not.toContain(false);
  });

  it('until a round fails, the last one is long ago, or it is offline on purpose', async () => {
    const { client, onPull, clock } = world();
    client.start();
    await client.now();
    onPull(() => {
      throw new MunimError('SYNC_OFFLINE');
    });
    await client.now();
    expect(client.isLevel).toBe(false);
    const tried: boolean[] = [];
    onPull(() => {
      tried.push(client.isLevel);
    });
    await client.now();
    expect([tried[0], client.isLevel]).toEqual([false, true]);
    await client.pause(true);
    expect(client.isLevel).toBe(false);
    clock.advance(2 * limits.sync.pollMs + 1);
    tried.splice(0);
    await client.pause(false);
    await client.now();
    expect([tried[0], client.isLevel]).toEqual([false, true]);
  });
});

describe('carrying commands to the server', () => {
  it('reads what others did while somebody enters more with every push', async () => {
    const desk = world();
    const order: string[] = [];
    desk.enter(1_200);
    desk.onPush(() => {
      order.push('push');
      if (order.length < 20) desk.enter(1);
    });
    desk.onPull(() => order.push('pull'));
    desk.client.start();
    await desk.client.now();
    // The three batches that waited, and then turn and turn about.
    expect(order.slice(0, 8)).toEqual(['push', 'push', 'push', 'pull', 'push', 'pull', 'push', 'pull']);
    expect(desk.waiting()).toBe(0);
  });

  it('sends all that waits, in order', async () => {
    const { client, batches, enter, waiting } = world();
    enter(1_201);
    client.start();
    await client.now();
    expect(waiting()).toBe(0);
    expect(batches.flat()).toEqual(Array.from({ length: 1_201 }, (_, n) => n + 1));
    expect(client.state.state).toBe('synced');
  });

  it('halves what was too large until it fits', async () => {
    const { client, batches, enter, waiting } = world({ batchMax: 60 });
    enter(200);
    client.start();
    await client.now();
    expect(waiting()).toBe(0);
    expect(batches.filter((batch) => batch.length <= 60).flat()).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
  });

  it('gets everything over a line that breaks whenever much is sent, and sends much again when it holds', async () => {
    const { client, clock, batches, enter, waiting, onPush } = world();
    onPush(() => {
      if ((batches.at(-1)?.length ?? 0) > 7) throw new MunimError('SYNC_OFFLINE');
    });
    enter(100);
    client.start();
    for (let rounds = 0; rounds < 100 && waiting() > 0; rounds++) {
      await client.now();
      clock.advance(limits.sync.backoffMaxMs);
    }
    expect(waiting()).toBe(0);
    onPush(() => undefined);
    enter(2_000);
    await client.now();
    expect(Math.max(...batches.map(({ length }) => length))).toBe(limits.sync.pushCommandsMax);
  });

  it('goes back to what the server misses', async () => {
    const { client, batches, enter, waiting } = world();
    // The desk heard that these were settled, but the server has lost them since.
    enter(3, true);
    enter(2);
    client.start();
    await client.now();
    expect(waiting()).toBe(0);
    expect(batches[0]).toEqual([4, 5]);
    expect(batches[1]).toEqual([1, 2, 3, 4, 5]);
  });

  it('reads first where the server misses what is no longer kept, and sends it when reading brought it back', async () => {
    const { client, batches, enter, state, waiting, onPull } = world();
    enter(3, true);
    enter(2);
    state.keptFrom = 4;
    onPull(() => {
      state.keptFrom = 1;
    });
    client.start();
    await client.now();
    expect(waiting()).toBe(0);
    expect(batches).toEqual([
      [4, 5],
      [4, 5],
      [1, 2, 3, 4, 5],
    ]);
    expect(client.state).toMatchObject({ state: 'synced', problem: null });
  });

  it('says what the server misses, and goes on keeping the rest, where nothing brings it back', async () => {
    const { client, enter, state, waiting } = world();
    enter(3, true);
    enter(2);
    state.keptFrom = 4;
    client.start();
    await client.now();
    expect(waiting()).toBe(2);
    expect(client.state).toMatchObject({ state: 'refused', problem: { code: 'SYNC_SEQUENCE_GAP' } });
  });

  it.each([
    ['SYNC_BAD_CERTIFICATE', 'refused'],
    ['SYNC_BAD_ANSWER', 'offline'],
    ['SYNC_OFFLINE', 'offline'],
    ['SERVER_UNAVAILABLE', 'offline'],
    ['ENGINE_DISK_FULL', 'offline'],
  ] as const)(
    'keeps all that waits while the answer is %s, says so, and sends it once when that is over',
    async (code, state) => {
      const { client, clock, batches, enter, waiting, onPush } = world();
      onPush(() => {
        throw new MunimError(code);
      });
      enter(3);
      client.start();
      await client.now();
      expect(waiting()).toBe(3);
      expect(client.state).toMatchObject({ state, problem: { code }, lastSyncedAt: null });
      expect(batches).toEqual([[1, 2, 3]]);
      onPush(() => undefined);
      clock.advance(limits.sync.backoffMaxMs);
      await client.now();
      expect([waiting(), client.state.state, client.state.problem]).toEqual([0, 'synced', null]);
      expect(batches.slice(1).flat()).toEqual([1, 2, 3]);
    },
  );

  it('sends nothing that was entered after going offline on purpose, though a round is under way', async () => {
    const { client, batches, enter, waiting, onPull } = world();
    enter(1);
    onPull(() => {
      void client.pause(true);
      enter(1);
    });
    client.start();
    await client.now();
    expect(batches).toEqual([[1]]);
    expect(waiting()).toBe(1);
    expect(client.state).toMatchObject({ state: 'offline', paused: true });
    onPull(() => undefined);
    await client.pause(false);
    await client.now();
    expect(waiting()).toBe(0);
  });
});

describe('the first pull', () => {
  it('begins with the snapshot and goes on from its version', async () => {
    const { client, state } = world();
    state.snapshot = 40;
    client.start();
    await client.now();
    expect(state.bootstraps).toBe(1);
    expect(new Set(state.pulledFrom)).toEqual(new Set([40]));
  });

  it('reads everything page by page where there is no snapshot', async () => {
    const { client, state } = world();
    client.start();
    await client.now();
    expect(state.bootstraps).toBeGreaterThan(0);
    expect(new Set(state.pulledFrom)).toEqual(new Set([0]));
  });

  it('asks for no snapshot when it has read before', async () => {
    const { client, state } = world();
    state.cursor = 30;
    client.start();
    await client.now();
    expect(state.bootstraps).toBe(0);
    expect(new Set(state.pulledFrom)).toEqual(new Set([30]));
  });

  it('begins anew by itself, and sends what waits all the same, when the server no longer knows the cursor', async () => {
    const { client, state, enter, waiting } = world();
    Object.assign(state, { cursor: 90, snapshot: 45 });
    enter(3);
    client.start();
    await client.now();
    expect(state.bootstraps).toBe(1);
    expect(state.pulledFrom.slice(0, 2)).toEqual([90, 45]);
    expect(waiting()).toBe(0);
    expect(client.state).toMatchObject({ state: 'synced', problem: null });
  });
});
