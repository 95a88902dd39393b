import { describe, expect, it } from 'vitest';
import { MunimError } from '../../kernel/errors.ts';
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
  let onPull: () => void = () => undefined;
  const store: SyncStore = {
    colleges: async () => [{ id: COLLEGE, code: 'SVCE', cursor: 0, stagedCursor: 0 }],
    toSend: async (fromSeq, max) =>
      outbox.filter(({ seq, settled }) => (fromSeq === null ? !settled : seq >= fromSeq)).slice(0, max),
    ackedSeq: async () => 0,
    recordResults: async (results) => {
      for (const { seq } of results) for (const one of outbox) if (one.seq === seq) one.settled = true;
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
        if (seqs.length > (options.batchMax ?? 500)) throw new MunimError('SYNC_TOO_LARGE');
        if ((seqs[0] ?? 0) > taken + 1) throw new MunimError('SYNC_SEQUENCE_GAP', { expected: taken + 1 });
        taken = Math.max(taken, seqs.at(-1) ?? 0);
        return { results: seqs.map(result), lastSeq: taken };
      },
      pull: async (): Promise<PullAnswer> => {
        onPull();
        return { collegeId: COLLEGE, rows: [], cursor: 0, more: false, lastSeq: taken, results: [] };
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
    batches,
    enter: (count: number, settled = false) => {
      for (let n = 0; n < count; n++) {
        const seq = outbox.length + 1;
        outbox.push({ seq, text: String(seq), signature: '', settled });
      }
    },
    onPull: (run: () => void) => {
      onPull = run;
    },
    waiting: () => outbox.filter(({ settled }) => !settled).length,
  };
}

describe('carrying commands to the server', () => {
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
