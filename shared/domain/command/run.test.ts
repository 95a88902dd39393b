import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../kernel/result.ts';
import { commandArgs } from '../../sync/command-args.ts';
import { goodBill } from '../../testing/arbitraries.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import { nodeDigest } from '../../testing/node-digest.ts';
import { chainStart } from '../audit/chain.ts';
import type { Change, Voucher, VoucherLine } from '../rows.ts';
import type { CommandDefinition } from './command.ts';
import { makeContext } from './context.ts';
import { commands } from './registry.ts';
import { runCommand } from './run.ts';

/** Runs a command of this test that wants to write the given changes. */
async function attempt(world: CollegeWorld, changes: readonly Change[]) {
  const definition: CommandDefinition<null> = {
    name: 'test.write',
    schemaVersion: 1,
    roles: ['college_accounts_admin'],
    documentId: () => world.collegeId,
    audit: 'rows',
    decide: async () => ok(changes),
  };
  const context = makeContext(world.header(), world.accountant, 'server', nodeDigest);
  const incoming = { args: null, text: '{}', signature: '' };
  return runCommand(incoming, definition, context, world.books, nodeDigest, { head: chainStart, recordedAt: 0 });
}

const voucher = (world: CollegeWorld): Voucher => ({
  collegeId: world.collegeId,
  id: 'v',
  number: null,
  kind: 'journal',
  date: world.today,
  financialYear: world.year,
  narration: '',
  reference: null,
  referenceDate: null,
  party: null,
  totalPaise: 5n,
  expenseId: null,
  reversesId: null,
  postedBy: world.accountant.id,
  postedAt: 0,
});
const line = (world: CollegeWorld, lineNo: number, debitPaise: bigint, creditPaise: bigint): Change => {
  const row: VoucherLine = {
    collegeId: world.collegeId,
    id: `l${lineNo}`,
    voucherId: 'v',
    lineNo,
    accountCode: '5200',
    category: null,
    vendorId: null,
    departmentCode: null,
    fundCode: null,
    date: world.today,
    debitPaise,
    creditPaise,
  };
  return { table: 'voucher_lines', row };
};

describe('what a command may write', () => {
  it.each<[string, readonly [bigint, bigint][], string]>([
    [
      'sides that differ',
      [
        [100n, 0n],
        [0n, 99n],
      ],
      '1',
    ],
    ['a line with both sides', [[100n, 100n]], '0'],
    [
      'a line with no side',
      [
        [100n, 0n],
        [0n, 100n],
        [0n, 0n],
      ],
      '0',
    ],
    [
      'a negative side',
      [
        [-100n, 0n],
        [0n, -100n],
      ],
      '-100',
    ],
    ['a voucher without lines', [], '0'],
  ])('is refused for %s', async (_what, sides, difference) => {
    const world = await CollegeWorld.create();
    const lines = sides.map(([debit, credit], index) => line(world, index + 1, debit, credit));
    const refused = expectRefused(await attempt(world, [{ table: 'vouchers', row: voucher(world) }, ...lines]));
    expect(refused).toEqual({ code: 'LEDGER_UNBALANCED', details: { difference } });
  });

  it('is never a posted line or voucher again', async () => {
    const world = await CollegeWorld.create();
    const posting: readonly Change[] = [
      { table: 'vouchers', row: voucher(world) },
      line(world, 1, 5n, 0n),
      line(world, 2, 0n, 5n),
    ];
    world.books.apply(expectOk(await attempt(world, posting)).changes);
    await expect(attempt(world, posting)).rejects.toThrow('posted');
    const more = [line(world, 3, 5n, 0n), line(world, 4, 0n, 5n)];
    await expect(attempt(world, more)).rejects.toThrow('posted');
    await expect(attempt(world, [{ table: 'voucher_lines', removed: 'l1' }])).rejects.toThrow('posted');
    await expect(attempt(world, [{ table: 'vouchers', removed: 'v' }])).rejects.toThrow('posted');
  });

  it('is no row twice and no row of another college', async () => {
    const world = await CollegeWorld.create();
    const draft = await world.draft();
    const change: Change = { table: 'expenses', row: draft };
    await expect(attempt(world, [change, change])).rejects.toThrow('twice');
    const foreign: Change = { table: 'expenses', row: { ...draft, collegeId: world.newId() } };
    await expect(attempt(world, [foreign])).rejects.toThrow('another college');
  });
});

describe('desk and server', () => {
  it('decide alike but for the numbers that only the server gives', async () => {
    await fc.assert(
      fc.asyncProperty(goodBill, async (bill) => {
        const crore = 1_00_00_000_00n;
        const world = await CollegeWorld.create(5, {
          supplies: crore,
          salaries: crore,
          utilities: crore,
          library: crore,
        });
        const draft = await world.draft(bill);
        await world.attach(draft.id);
        const header = world.header();
        const args = { expenseId: draft.id, overBudgetReason: null };
        const decide = async (authority: 'desk' | 'server') =>
          expectOk(await world.decide('expense.submit', args, world.accountant, header, authority)).changes;
        const unnumbered = (changes: readonly Change[]) =>
          changes
            .filter((change) => change.table !== 'number_series')
            .map((change) =>
              'row' in change && 'number' in change.row ? { ...change, row: { ...change.row, number: null } } : change,
            );
        const [desk, server] = [await decide('desk'), await decide('server')];
        expect(unnumbered(server)).toEqual(desk);
        expect(server.length).toBeGreaterThan(desk.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the list of commands', () => {
  it('names each as it is named on the wire', () => {
    expect(Object.keys(commands).sort()).toEqual(Object.keys(commandArgs).sort());
    for (const [name, definition] of Object.entries(commands)) {
      expect(definition.name).toBe(name);
      expect(definition.roles.length).toBeGreaterThan(0);
      expect(definition.roles).not.toContain('auditor');
    }
  });
});
