import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { CommandArgs } from '../command/args.ts';
import { alertLevel, availableOf, basisPointsUsed } from './use.ts';

const college = { budgetWarningBp: 8_000, budgetCriticalBp: 9_500 };
const amounts = (allocatedPaise: bigint, committedPaise: bigint, spentPaise: bigint) => ({
  allocatedPaise,
  committedPaise,
  spentPaise,
});

describe('the use of a budget', () => {
  it.each([
    [amounts(10_000n, 0n, 0n), 'normal', 10_000n, 0],
    [amounts(10_000n, 3_000n, 4_999n), 'normal', 2_001n, 7_999],
    [amounts(10_000n, 3_000n, 5_000n), 'warning', 2_000n, 8_000],
    [amounts(80_00_000n, 0n, 65_00_000n), 'warning', 15_00_000n, 8_125],
    [amounts(10_000n, 0n, 9_500n), 'critical', 500n, 9_500],
    [amounts(10_000n, 0n, 12_000n), 'critical', -2_000n, 12_000],
    [amounts(0n, 0n, 1n), 'critical', -1n, 10_000],
    [amounts(0n, 0n, 0n), 'normal', 0n, 0],
  ])('%# has its level, rest and share', (budget, level, available, use) => {
    expect(alertLevel(budget, college)).toBe(level);
    expect(availableOf(budget)).toBe(available);
    expect(basisPointsUsed(budget)).toBe(use);
  });

  it('is nothing where there is no budget', () => {
    expect(availableOf(undefined)).toBe(0n);
  });
});

const set = (world: CollegeWorld, from: bigint, to: bigint, change: Partial<CommandArgs['budget.set']> = {}) =>
  world.run(
    'budget.set',
    { financialYear: '2026-27', category: 'supplies', allocated: { from, to }, ...change },
    world.principal,
  );

describe('setting a budget', () => {
  it('makes it, changes it, and names it as its document', async () => {
    const world = await CollegeWorld.create();
    const first = expectOk(await set(world, 0n, 5_000_00n));
    const second = expectOk(await set(world, 5_000_00n, 7_000_00n));
    const [budget] = world.books.rows('budgets');
    expect(world.books.rows('budgets')).toHaveLength(1);
    expect(budget).toMatchObject({ allocatedPaise: 7_000_00n, committedPaise: 0n, spentPaise: 0n, revision: 2 });
    expect([first.audit.documentId, second.audit.documentId]).toEqual([budget?.id, budget?.id]);
  });

  it('is a conflict when somebody set it meanwhile, unless to the same', async () => {
    const world = await CollegeWorld.create();
    expectOk(await set(world, 0n, 5_000_00n));
    const refused = expectRefused(await set(world, 0n, 6_000_00n));
    expect(refused.code).toBe('COMMAND_CONFLICT');
    expect(refused.details.fields).toBe('allocated');
    expect(expectOk(await set(world, 0n, 5_000_00n)).changes).toEqual([]);
  });

  it('stops at what is used, but can always be raised', async () => {
    const world = await CollegeWorld.create(1, { supplies: 1_000_00n });
    await world.submitted();
    expect(expectRefused(await set(world, 1_000_00n, 999_99n))).toEqual({
      code: 'BUDGET_BELOW_USE',
      details: { used: '100000' },
    });
    const over = await world.submitted({ taxablePaise: 500_00n }, 'asked');
    expectOk(await world.approve(over, 'urgent'));
    expectOk(await set(world, 1_000_00n, 1_200_00n));
    expect(expectRefused(await set(world, 1_200_00n, 1_100_00n)).code).toBe('BUDGET_BELOW_USE');
    expectOk(await set(world, 1_200_00n, 1_500_00n));
  });

  it.each<[Partial<CommandArgs['budget.set']>, string]>([
    [{ category: 'sports' }, 'CATEGORY_UNKNOWN'],
    [{ allocated: { from: 0n, to: -1n } }, 'INPUT_INVALID'],
    [{ financialYear: '2024-25' }, 'PERIOD_CLOSED'],
    [{ financialYear: '2028-29' }, 'PERIOD_CLOSED'],
  ])('with %o is refused', async (change, code) => {
    const world = await CollegeWorld.create();
    expect(expectRefused(await set(world, 0n, 1n, change)).code).toBe(code);
  });

  it('is possible for the year before and the year to come, and not for accountants', async () => {
    const world = await CollegeWorld.create();
    expectOk(await set(world, 0n, 1n, { financialYear: '2025-26' }));
    expectOk(await set(world, 0n, 2n, { financialYear: '2027-28' }));
    const args = { financialYear: '2026-27', category: 'supplies', allocated: { from: 0n, to: 1n } };
    expect(expectRefused(await world.run('budget.set', args, world.accountant)).code).toBe('AUTH_FORBIDDEN');
  });
});
