import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk, expectRefused, readChart } from '../../testing/college-world.ts';
import type { CommandArgs } from '../command/args.ts';
import type { Account, Category, College } from '../rows.ts';
import { seedChart } from './seed-chart.ts';

type Args = CommandArgs['college.configure'];

const configure = (world: CollegeWorld, change: Partial<Args>) =>
  world.run(
    'college.configure',
    { college: world.college, people: [], groups: [], accounts: [], categories: [], ...change },
    world.itAdmin,
  );

const account = (world: CollegeWorld, code: string): Account => {
  const found = world.books.rows('accounts').find((row) => row.code === code);
  if (found === undefined) throw new Error(`no account ${code}`);
  return found;
};
const category = (world: CollegeWorld): Category => {
  const [found] = world.books.rows('categories');
  if (found === undefined) throw new Error('no category');
  return found;
};

describe('the ready chart', () => {
  it('has the codes and settings of the contract, and all that postings need', () => {
    const { accounts, categories } = readChart('c');
    const byCode = new Map(accounts.map((row) => [row.code, row]));
    expect(byCode.get('5100')).toMatchObject({ name: 'Salaries & Wages', category: 'salaries', kind: 'expense' });
    expect(byCode.get('5200')).toMatchObject({ name: 'Office Supplies', category: 'supplies', kind: 'expense' });
    expect(categories.find((row) => row.code === 'salaries')).toMatchObject({
      label: 'Salaries & Wages',
      requiresApproval: true,
      receiptThresholdPaise: 0n,
    });
    expect(categories.find((row) => row.code === 'supplies')).toMatchObject({
      label: 'Office Supplies',
      requiresApproval: false,
      receiptThresholdPaise: 5_000_00n,
    });
    expect(categories).toHaveLength(16);
    for (const { labelHi } of categories) expect(labelHi).toMatch(/[\u0900-\u097f]/);
    const codes = new Set(categories.map((row) => row.code));
    for (const row of accounts) if (row.category !== null) expect(codes).toContain(row.category);
    const roles = accounts.flatMap((row) => row.role ?? []);
    expect([...new Set(roles)].sort()).toEqual([
      'bank',
      'cash',
      'input_cgst',
      'input_igst',
      'input_sgst',
      'tds_payable',
      'vendor_payable',
    ]);
  });

  it.each<[string, unknown]>([
    ['chart', null],
    ['groups', {}],
    ['accounts', { groups: [] }],
    ['parent', { groups: [{ code: '1', name: 'x', name_hi: 'x', kind: 'asset', parent: 7 }] }],
    ['code', { groups: [], accounts: [{}], categories: [] }],
    [
      'kind',
      {
        groups: [],
        accounts: [{ code: '1', name: 'x', kind: 'money', group: null, category: null, role: null }],
        categories: [],
      },
    ],
    [
      'role',
      {
        groups: [],
        accounts: [{ code: '1', name: 'x', kind: 'asset', group: null, category: null, role: 'safe' }],
        categories: [],
      },
    ],
    ['receipt_threshold', { groups: [], accounts: [], categories: [{ value: 'a', receipt_threshold: 'much' }] }],
    ['requires_approval', { groups: [], accounts: [], categories: [{ value: 'a', receipt_threshold: '1' }] }],
  ])('without a right %s is refused', (what, data) => {
    expect(() => seedChart(data, 'c', (name) => name)).toThrow(what);
  });
});

describe('configuring a college', () => {
  it('changes what is named and leaves the rest', async () => {
    const world = await CollegeWorld.create();
    const count = world.books.rows('accounts').length;
    const renamed = { ...account(world, '5200'), name: 'Stationery', isActive: false };
    expectOk(await configure(world, { accounts: [renamed], college: { ...world.college, name: 'SVCE' } }));
    expect(world.books.rows('accounts')).toHaveLength(count);
    expect(account(world, '5200')).toEqual(renamed);
    expect((await world.books.college()).name).toBe('SVCE');
  });

  it.each<[Partial<College>, string]>([
    [{ id: 'x' }, 'college.id'],
    [{ collegeId: 'x' }, 'collegeId'],
    [{ stateCode: '25' }, 'college.stateCode'],
    [{ gstin: '27AAPFU0939F1ZX' }, 'college.gstin: check_digit'],
    [{ gstin: '29AAGCB7383J1Z4' }, 'college.gstin: state'],
    [{ pan: 'AAPDU0939F' }, 'college.pan: holder'],
    [{ gstin: '27AAPFU0939F1ZV', pan: 'AAPFU0938F' }, 'college.pan: gstin_pan'],
    [{ approvalAbovePaise: -1n }, 'college.approvalAbovePaise'],
    [{ budgetWarningBp: 9_600 }, 'college.budgetWarningBp'],
  ])('with %o is refused', async (change, where) => {
    const world = await CollegeWorld.create();
    const refused = expectRefused(await configure(world, { college: { ...world.college, ...change } }));
    expect(refused).toEqual({ code: 'INPUT_INVALID', details: { where } });
  });

  it('keeps code and kind of an account, and its code its own', async () => {
    const world = await CollegeWorld.create();
    const supplies = account(world, '5200');
    const attempts: readonly [Account, string][] = [
      [{ ...supplies, code: '5201' }, 'accounts 5200: code cannot change'],
      [{ ...supplies, kind: 'asset' }, 'accounts 5200: kind cannot change'],
      [{ ...supplies, id: world.newId() }, 'accounts 5200: code in use'],
      [{ ...supplies, role: 'bank' }, 'accounts 5200: bank must be of kind asset'],
      [{ ...account(world, '2210'), role: 'vendor_payable' }, 'accounts 2210: vendor_payable in use'],
    ];
    for (const [row, where] of attempts) {
      expect(expectRefused(await configure(world, { accounts: [row] })).details).toEqual({ where });
    }
    const twice = expectRefused(await configure(world, { accounts: [supplies, { ...supplies, id: world.newId() }] }));
    expect(twice.details).toEqual({ where: 'accounts: code 5200 twice' });
  });

  it('can hand a role from one account to another, and have several banks', async () => {
    const world = await CollegeWorld.create();
    const [creditors, salaries] = [account(world, '2100'), account(world, '2210')];
    const both = [{ ...creditors, role: null }, { ...salaries, role: 'vendor_payable' } as const];
    expectOk(await configure(world, { accounts: both }));
    expect((await world.books.accountByRole('vendor_payable'))?.code).toBe('2210');
    expectOk(await configure(world, { accounts: [{ ...account(world, '1250'), role: 'bank' }] }));
  });

  it('keeps categories on expense accounts', async () => {
    const world = await CollegeWorld.create();
    const row = category(world);
    const attempts: readonly [Category, string][] = [
      [{ ...row, defaultAccountCode: '1200' }, 'categories salaries: defaultAccountCode'],
      [{ ...row, defaultAccountCode: '7777' }, 'categories salaries: defaultAccountCode'],
      [{ ...row, code: 'wages' }, 'categories salaries: code cannot change'],
      [{ ...row, id: world.newId() }, 'categories salaries: code in use'],
      [{ ...row, receiptThresholdPaise: -1n }, 'categories salaries: receiptThresholdPaise'],
    ];
    for (const [changed, where] of attempts) {
      expect(expectRefused(await configure(world, { categories: [changed] })).details).toEqual({ where });
    }
  });

  it('is not for accountants', async () => {
    const world = await CollegeWorld.create();
    const args = { college: world.college, people: [], groups: [], accounts: [], categories: [] };
    expect(expectRefused(await world.run('college.configure', args, world.accountant)).code).toBe('AUTH_FORBIDDEN');
  });
});
