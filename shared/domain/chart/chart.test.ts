import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { AccountFields, CostCentreFields, GroupFields } from '../command/args.ts';

const group = (world: CollegeWorld, change: Partial<GroupFields> = {}, by = world.accountant) =>
  world.run(
    'group.create',
    {
      groupId: world.newId(),
      fields: { code: '18', name: 'Stores', nameHi: null, kind: 'asset', parentCode: '10', ...change },
    },
    by,
  );
const account = (world: CollegeWorld, change: Partial<AccountFields> = {}, by = world.accountant) =>
  world.run(
    'account.create',
    {
      accountId: world.newId(),
      fields: {
        code: '1230',
        name: 'Bank: hostel account',
        kind: 'asset',
        groupCode: '12',
        category: null,
        role: 'bank',
        ...change,
      },
    },
    by,
  );
const centre = (world: CollegeWorld, change: Partial<CostCentreFields> = {}, by = world.accountant) =>
  world.run(
    'costCentre.create',
    {
      costCentreId: world.newId(),
      fields: {
        ...{ code: 'DST-24', name: 'DST FIST grant', kind: 'grant', agency: 'DST', sanctionNo: 'SR/FST/2024/17' },
        ...{ sanctionedPaise: 25_00_000_00n, startsOn: '2026-04-01', endsOn: '2029-03-31' },
        ...change,
      },
    },
    by,
  );
const accountOf = (world: CollegeWorld, code: string) => {
  const found = world.books.rows('accounts').find((row) => row.code === code);
  if (found === undefined) throw new Error(`no account ${code}`);
  return found;
};
const groupOf = (world: CollegeWorld, code: string) => {
  const found = world.books.rows('account_groups').find((row) => row.code === code);
  if (found === undefined) throw new Error(`no group ${code}`);
  return found;
};

describe('the ready chart', () => {
  it('has every account under a group of its own kind, and every group under one', async () => {
    const world = await CollegeWorld.create();
    const groups = new Map(world.books.rows('account_groups').map((row) => [row.code, row]));
    for (const row of world.books.rows('accounts')) expect(groups.get(row.groupCode ?? '')?.kind).toBe(row.kind);
    for (const row of groups.values()) {
      if (row.parentCode !== null) expect(groups.get(row.parentCode)?.kind).toBe(row.kind);
      expect(row.nameHi).toMatch(/[\u0900-\u097f]/);
    }
  });
});

describe('a group', () => {
  it('is entered with its name in one line', async () => {
    const world = await CollegeWorld.create();
    expectOk(await group(world, { name: '  Stores \n and  spares ' }));
    expect(groupOf(world, '18')).toMatchObject({ name: 'Stores and spares', parentCode: '10', isActive: true });
  });

  it.each<[Partial<GroupFields>, string, string]>([
    [{ code: 'a b' }, 'code', 'format'],
    [{ name: ' ' }, 'name', 'empty'],
    [{ parentCode: '99' }, 'parentCode', 'unknown'],
    [{ parentCode: '20' }, 'parentCode', 'kind'],
  ])('with %o is refused', async (change, field, reason) => {
    const world = await CollegeWorld.create();
    expect(expectRefused(await group(world, change))).toEqual({ code: 'GROUP_INVALID', details: { field, reason } });
  });

  it('never stands below itself, nor deeper than anybody reads', async () => {
    const world = await CollegeWorld.create();
    const top = groupOf(world, '10');
    const under = { groupId: top.id, edits: { parentCode: { from: null, to: '11' } } };
    const refused = expectRefused(await world.run('group.edit', under, world.accountant));
    expect(refused.details).toEqual({ field: 'parentCode', reason: 'circle' });
    let above = '11';
    for (const code of ['D1', 'D2', 'D3', 'D4']) {
      expectOk(await group(world, { code, parentCode: above }));
      above = code;
    }
    const deep = expectRefused(await group(world, { code: 'D5', parentCode: above }));
    expect(deep.details).toEqual({ field: 'parentCode', reason: 'deep' });
  });

  it('has its code alone, and keeps it', async () => {
    const world = await CollegeWorld.create();
    expect(expectRefused(await group(world, { code: '12' }))).toEqual({
      code: 'GROUP_DUPLICATE',
      details: { code: '12', name: 'Bank accounts' },
    });
    const { id } = groupOf(world, '12');
    const renamed = { groupId: id, edits: { name: { from: 'Bank accounts', to: 'Banks' } } };
    expectOk(await world.run('group.edit', renamed, world.superAccountant));
    expect(groupOf(world, '12')).toMatchObject({ name: 'Banks', revision: 2 });
    expect(expectRefused(await world.run('group.edit', renamed, world.principal)).code).toBe('AUTH_FORBIDDEN');
  });
});

describe('an account', () => {
  it('is entered and can be paid from at once', async () => {
    const world = await CollegeWorld.create();
    expectOk(await account(world));
    expect(accountOf(world, '1230')).toMatchObject({ name: 'Bank: hostel account', role: 'bank', isActive: true });
  });

  it.each<[Partial<AccountFields>, string, string]>([
    [{ code: '12 30' }, 'code', 'format'],
    [{ name: '\t' }, 'name', 'empty'],
    [{ groupCode: '77' }, 'groupCode', 'unknown'],
    [{ groupCode: '21' }, 'groupCode', 'kind'],
    [{ kind: 'liability', groupCode: '21' }, 'role', 'kind'],
    [{ category: 'supplies' }, 'category', 'kind'],
    [{ kind: 'expense', groupCode: '53', role: null, category: 'no-such' }, 'category', 'unknown'],
  ])('with %o is refused', async (change, field, reason) => {
    const world = await CollegeWorld.create();
    const refused = expectRefused(await account(world, change));
    expect(refused).toEqual({ code: 'ACCOUNT_INVALID', details: { field, reason } });
  });

  it('has code and name alone, since other programs know it by its name', async () => {
    const world = await CollegeWorld.create();
    for (const change of [{ code: '1200' }, { name: 'bank: CURRENT account' }]) {
      expect(expectRefused(await account(world, change))).toEqual({
        code: 'ACCOUNT_DUPLICATE',
        details: { code: '1200', name: 'Bank: current account' },
      });
    }
    const { id, name } = accountOf(world, '1210');
    const taken = { accountId: id, edits: { name: { from: name, to: 'Bank: current account' } } };
    expect(expectRefused(await world.run('account.edit', taken, world.accountant)).code).toBe('ACCOUNT_DUPLICATE');
  });

  it('goes out of use unless postings need it', async () => {
    const world = await CollegeWorld.create();
    const close = (code: string) => {
      const edits = { isActive: { from: true, to: false } };
      return world.run('account.edit', { accountId: accountOf(world, code).id, edits }, world.accountant);
    };
    expectOk(await close('1220'));
    expect(accountOf(world, '1220').isActive).toBe(false);
    expect(expectRefused(await close('2100')).details).toEqual({ field: 'isActive', reason: 'needed' });
  });

  it('merges edits of two people to different fields and tells of a conflict in one', async () => {
    const world = await CollegeWorld.create();
    const { id, name } = accountOf(world, '1250');
    const edit = (edits: object) => world.run('account.edit', { accountId: id, edits }, world.accountant);
    expectOk(await edit({ name: { from: name, to: 'Term deposits' } }));
    expectOk(await edit({ groupCode: { from: '17', to: '10' } }));
    expect(accountOf(world, '1250')).toMatchObject({ name: 'Term deposits', groupCode: '10' });
    expect(expectRefused(await edit({ name: { from: name, to: 'FDs' } })).code).toBe('COMMAND_CONFLICT');
  });
});

describe('a cost centre', () => {
  it('keeps of a grant what its certificate needs', async () => {
    const world = await CollegeWorld.create();
    expectOk(await centre(world));
    const [row] = world.books.rows('cost_centres');
    expect(row).toMatchObject({ code: 'DST-24', kind: 'grant', sanctionedPaise: 25_00_000_00n, revision: 1 });
    const longer = { costCentreId: row?.id ?? '', edits: { endsOn: { from: '2029-03-31', to: '2030-03-31' } } };
    expectOk(await world.run('costCentre.edit', longer, world.accountant));
    expect(world.books.rows('cost_centres')[0]).toMatchObject({ endsOn: '2030-03-31', revision: 2 });
    expect(expectRefused(await centre(world)).code).toBe('COST_CENTRE_DUPLICATE');
  });

  it.each<[Partial<CostCentreFields>, string, string]>([
    [{ code: '' }, 'code', 'format'],
    [{ name: '' }, 'name', 'empty'],
    [{ kind: 'department' }, 'agency', 'grant_only'],
    [{ kind: 'fund', agency: null, sanctionNo: null }, 'sanctionedPaise', 'grant_only'],
    [{ sanctionedPaise: 0n }, 'sanctionedPaise', 'negative'],
    [{ endsOn: '2026-03-31' }, 'endsOn', 'order'],
  ])('with %o is refused', async (change, field, reason) => {
    const world = await CollegeWorld.create();
    const refused = expectRefused(await centre(world, change));
    expect(refused).toEqual({ code: 'COST_CENTRE_INVALID', details: { field, reason } });
  });
});
