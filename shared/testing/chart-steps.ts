import type { AccountFields, CostCentreFields, GroupFields } from '../domain/command/args.ts';
import type { Person } from '../domain/rows.ts';
import type { CollegeWorld, Outcome } from './college-world.ts';
import { pickOf } from './pick-of.ts';

export interface ChartStep {
  readonly pick: number;
  readonly stale: boolean;
  readonly amount: bigint;
}

/** Adds or changes a group, an account or a cost centre; which, and with what, follows from the numbers of the step. */
export function changeChart({ pick, stale, amount }: ChartStep, world: CollegeWorld, maker: Person): Promise<Outcome> {
  const { books } = world;
  const group = pickOf(books.rows('account_groups'), pick);
  const account = pickOf(books.rows('accounts'), pick * 7);
  const centre = pickOf(books.rows('cost_centres'), pick);
  const name = `Name ${pick}`;
  const renamed = (from: string) => ({ name: { from: stale ? 'Another' : from, to: name } });
  const activity = (from: boolean) => ({ isActive: { from, to: pick % 5 !== 0 } });
  switch (pick % 6) {
    case 0: {
      const fields: GroupFields = {
        ...{ code: `G${pick}`, name, nameHi: null },
        ...{ kind: group?.kind ?? 'asset', parentCode: group?.code ?? null },
      };
      return world.run('group.create', { groupId: world.newId(), fields }, maker);
    }
    case 1: {
      const above = pickOf(books.rows('account_groups'), pick + 11)?.code ?? null;
      const moved = { parentCode: { from: group?.parentCode ?? null, to: above } };
      const edits = { ...renamed(group?.name ?? ''), ...(pick % 2 === 0 ? {} : moved) };
      return world.run('group.edit', { groupId: group?.id ?? world.newId(), edits }, maker);
    }
    case 2: {
      const fields: AccountFields = {
        ...{ code: `9${pick}`, name, kind: group?.kind ?? 'asset', groupCode: group?.code ?? null },
        ...{ category: pick % 4 === 0 ? 'supplies' : null, role: pick % 3 === 0 ? 'cash' : null },
      };
      return world.run('account.create', { accountId: world.newId(), fields }, maker);
    }
    case 3: {
      const edits = { ...renamed(account?.name ?? ''), ...activity(account?.isActive ?? true) };
      return world.run('account.edit', { accountId: account?.id ?? world.newId(), edits }, maker);
    }
    case 4: {
      const fields: CostCentreFields = {
        ...{ code: `C${pick}`, name, kind: pick % 4 === 0 ? 'grant' : 'department', agency: null, sanctionNo: null },
        ...{ sanctionedPaise: pick % 4 === 0 ? amount : null, startsOn: null, endsOn: null },
      };
      return world.run('costCentre.create', { costCentreId: world.newId(), fields }, maker);
    }
    default: {
      const edits = { ...renamed(centre?.name ?? ''), ...activity(centre?.isActive ?? true) };
      return world.run('costCentre.edit', { costCentreId: centre?.id ?? world.newId(), edits }, maker);
    }
  }
}
