import { expect, test } from 'vitest';
import { collegeIds } from '../../shared/domain/command/context.ts';
import type { ReconcilingArgs } from '../../shared/domain/reconciliation/args.ts';
import { bankLineId } from '../../shared/domain/reconciliation/line-id.ts';
import type { Statement } from '../../shared/domain/statement/model.ts';
import { nodeDigest } from '../../shared/testing/node-digest.ts';
import { SimClock } from '../../shared/testing/sim-clock.ts';
import { type FetchedAccount, StatementFetch } from './statement-fetch.ts';

const [collegeId, one, other] = [1, 2, 3].map((n) => `018f0000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const account = (bankAccountId: string): FetchedAccount => ({
  ...{ collegeId, bankAccountId, connector: 'icici', statementTo: null },
});
const statement = (to: string, count: number): Statement => ({
  ...{ format: 'api', accountNumber: null, from: '2026-10-22', to, openingPaise: null, closingPaise: null },
  entries: Array.from({ length: count }, (_, index) => ({
    ...{ date: '2026-11-01', valueDate: null, narration: `NEFT ${index}`, reference: null, chequeNo: null },
    ...{ debitPaise: 5n, creditPaise: 0n, balancePaise: null },
  })),
});

/** Banks that are asked in simulated time. `hours` are those of India at which each was asked. */
function world(banks: { accounts: readonly FetchedAccount[]; lines: number; fails?: string }) {
  const clock = new SimClock(Date.UTC(2026, 10, 21, 4, 31));
  const kept = new Set<string>();
  const entered: ReconcilingArgs['statement.import'][] = [];
  const [asked, faults]: [string[], string[]] = [[], []];
  const namedId = collegeIds(collegeId, nodeDigest);
  const fetch = new StatementFetch({
    clock,
    accounts: async () => banks.accounts,
    fetchStatement: async ({ bankAccountId }, _from, to) => {
      asked.push(`${bankAccountId.slice(-1)} ${new Date(clock.now() + 19_800_000).toISOString().slice(8, 13)}`);
      if (banks.fails === bankAccountId) throw new Error('the bank is away');
      return statement(to, banks.lines);
    },
    pause: async () => undefined,
    onFault: ({ bankAccountId }) => faults.push(bankAccountId.slice(-1)),
    books: {
      accounts: async () => [],
      linesBetween: async () => [],
      knownLines: async (_, ids) => new Set(ids.filter((id) => kept.has(id))),
      idFor: () => namedId,
      enter: async (_, args) => {
        entered.push(args);
        for (const line of args.lines) kept.add(bankLineId(args.bankAccountId, line, line.occurrence, { namedId }));
      },
    },
  });
  return { clock, fetch, asked, faults, entered };
}

/** Minute by minute, so that what was begun goes on between. */
async function turn(clock: SimClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 60_000) {
    clock.advance(60_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('banks are asked at once and then at the four hours of India, and a statement without news is not kept again', async () => {
  const banks = { accounts: [account(one)], lines: 3 };
  const { clock, fetch, asked, entered } = world(banks);
  fetch.start();
  await turn(clock, 24 * 3_600_000);
  expect(asked).toEqual(['2 21T10', '2 21T16', '2 21T22', '2 22T04', '2 22T10']);
  expect(entered).toHaveLength(1);
  banks.lines = 4;
  await turn(clock, 6 * 3_600_000);
  expect(entered.map(({ lines }) => lines.length)).toEqual([3, 4]);
  await fetch.stop();
  await turn(clock, 24 * 3_600_000);
  expect(asked).toHaveLength(6);
});

test('nobody signed in means nobody is asked; one bank that fails holds back no other', async () => {
  const banks: { accounts: readonly FetchedAccount[]; lines: number; fails?: string } = { accounts: [], lines: 1 };
  const { clock, fetch, asked, faults, entered } = world(banks);
  fetch.start();
  await turn(clock, 12 * 3_600_000);
  expect(asked).toEqual([]);
  banks.accounts = [account(one), account(other)];
  banks.fails = one;
  await turn(clock, 120_000);
  expect(faults).toEqual(['2']);
  expect(entered.map(({ bankAccountId }) => bankAccountId)).toEqual([other]);
  // It is asked again at the next time, not every minute.
  await turn(clock, 3_600_000);
  expect(faults).toEqual(['2']);
  await fetch.stop();
});

const watched = () => {
  const said: { progress: number[]; added: number | null } = { progress: [], added: null };
  const job = {
    signal: new AbortController().signal,
    progress: (done: number) => said.progress.push(done),
    result: (result: { readonly added: number }) => {
      said.added = result.added;
    },
  };
  return { said, job };
};

test('who asks now is told what came, and the clock then asks at the next time only', async () => {
  const banks = { accounts: [account(one)], lines: 3 };
  const { clock, fetch, asked } = world(banks);
  expect(await fetch.states(collegeId)).toMatchObject([{ askedAt: null, added: null, nextAt: clock.now() }]);
  const { said, job } = watched();
  await fetch.fetchNow(collegeId, one, job);
  expect(said).toEqual({ progress: [3], added: 3 });
  fetch.start();
  await turn(clock, 5 * 3_600_000);
  expect(asked).toHaveLength(1);
  const [state] = await fetch.states(collegeId);
  expect(new Date((state?.nextAt ?? 0) + 19_800_000).toISOString().slice(8, 16)).toBe('21T16:00');
  await turn(clock, 2 * 3_600_000);
  expect(asked).toHaveLength(2);
  expect(await fetch.states(collegeId)).toMatchObject([{ added: 0, refusal: null }]);
  expect(await fetch.states(other)).toEqual([]);
  await expect(fetch.fetchNow(other, one, watched().job)).rejects.toMatchObject({ code: 'BANK_NOT_SET_UP' });
  await fetch.stop();
});

test('a bank that fails is told to who asked, and stands there until it answers', async () => {
  const banks = { accounts: [account(one), account(other)], lines: 1, fails: one };
  const { fetch, faults } = world(banks);
  await expect(fetch.fetchNow(collegeId, one, watched().job)).rejects.toThrow('the bank is away');
  // Told by what was thrown, not a second time as a fault of the clock's own asking.
  expect(faults).toEqual([]);
  const [state] = await fetch.states(collegeId);
  expect(state).toMatchObject({ added: null, refusal: { code: 'INTERNAL' } });
  banks.fails = 'none';
  await fetch.fetchNow(collegeId, one, watched().job);
  expect((await fetch.states(collegeId))[0]).toMatchObject({ added: 1, refusal: null });
});
