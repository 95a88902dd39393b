import { describe, expect, it } from 'vitest';
import type { DiagnoseAnswer } from '../../shared/sync/messages.ts';
import { compareWithServer } from './compare.ts';

const COLLEGE = '018f0000-0000-7000-8000-000000000001';
const OTHER = '018f0000-0000-7000-8000-000000000002';

/** A desk at a cursor and a server at a version; a round of sync brings the cursor there unless it is told otherwise. */
function world(start: { pending?: number; parked?: number; form?: string; sums?: readonly [string, string] }) {
  const { pending = 0, parked = 0, form = 'f', sums = ['a', 'a'] } = start;
  const state = { cursor: 5, version: 5, rounds: 0, asked: 0, onSync: () => {}, onAsk: () => {} };
  const digest = (sum: string) => ({
    tables: [{ table: 'vendors', count: 3, sum }],
    ranges: [],
    rows: [],
  });
  const answer = (form: string): DiagnoseAnswer => ({
    minReader: 1,
    collegeId: COLLEGE,
    version: state.version,
    form,
    ...digest(sums[1]),
  });
  const compare = () =>
    compareWithServer(
      {
        store: {
          colleges: async () =>
            [COLLEGE, OTHER].map((id) => ({ id, code: 'SVCE', cursor: state.cursor, stagedCursor: state.cursor })),
          counts: async () => ({ pending, attention: 2, parked }),
        },
        link: {
          diagnose: async () => {
            state.asked += 1;
            state.onAsk();
            return answer(form);
          },
        },
        sync: async () => {
          state.rounds += 1;
          state.onSync();
        },
        digest: async () => ({ form: 'f', ...digest(sums[0]) }),
      },
      [COLLEGE],
    );
  return { state, compare };
}

describe('comparing a desk with its server', () => {
  it('fetches what there is first, and compares the colleges of the person only', async () => {
    const { state, compare } = world({});
    state.cursor = 4;
    state.onSync = () => {
      state.cursor = state.version;
    };
    expect(await compare()).toEqual([{ id: COLLEGE, code: 'SVCE', outcome: 'equal', version: 5, rows: 3 }]);
  });

  it.each([{ pending: 1 }, { parked: 1 }])('does not compare while entries wait: %o', async (waiting) => {
    const { state, compare } = world(waiting);
    expect(await compare()).toMatchObject([{ outcome: 'waiting' }]);
    expect(state.asked).toBe(0);
  });

  it('asks again when the server went on meanwhile, and gives up when it never rests', async () => {
    const { state, compare } = world({});
    state.onAsk = () => {
      if (state.asked === 1) state.version += 1;
    };
    state.onSync = () => {
      state.cursor = state.version;
    };
    expect(await compare()).toMatchObject([{ outcome: 'equal', version: 6 }]);
    state.onAsk = () => {
      state.version += 1;
    };
    expect(await compare()).toMatchObject([{ outcome: 'moved' }]);
  });

  it('does not call different what changed on this desk while it was added up', async () => {
    const { state, compare } = world({ sums: ['a', 'b'] });
    state.onAsk = () => {
      state.cursor += 1;
      state.version += 1;
    };
    expect(await compare()).toMatchObject([{ outcome: 'moved' }]);
  });

  it('says what differs, and does not try with a server of another form', async () => {
    expect(await world({ sums: ['a', 'b'] }).compare()).toMatchObject([
      { outcome: 'different', version: 5, tables: [{ table: 'vendors', here: 3, there: 3 }] },
    ]);
    const { state, compare } = world({ form: 'g' });
    expect(await compare()).toMatchObject([{ outcome: 'other-form' }]);
    expect(state.rounds).toBe(1);
  });
});
