import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { zPullAnswer } from '../../shared/sync/messages.ts';
import { setUpCollege } from '../../sync-server/services/set-up-college.ts';
import { printsOfCollege } from './checks.ts';
import type { World } from './world.ts';

/** S7 on a desk, at the end of a run: an entry that is not what was signed and chained must not get into its books. */
export async function forge(world: World): Promise<void> {
  const desk = world.desks[world.chance.below(world.desks.length)];
  const college = world.colleges.find(({ id }) => id === desk?.options.collegeIds[0]);
  if (desk === undefined || college === undefined) return;
  world.say(`forge ${desk.name}`);
  const before = await printsOfCollege(desk.options.pg, college.id);
  world.network.tamper = (from, { path }, text) => (from === desk.name && path === '/sync/pull' ? forged(text) : text);
  const file = { code: college.code, name: `College ${college.code}`, stateCode: '27', approvalAbove: '5001' };
  await world.finish(setUpCollege(world.needServer().context, file, { accounts: [], categories: [] }));
  await world.finish(desk.running?.core.sync.now() ?? Promise.resolve());
  await world.pass(5_000);
  const after = await printsOfCollege(desk.options.pg, college.id);
  if (after.get('audit_entries') === before.get('audit_entries')) return;
  world.fail({ invariant: 'S7', problem: `${desk.name} took a forged entry into its chain` });
}

function forged(text: string): string {
  const page = zPullAnswer.safeParse(parseCanonical(text));
  if (!page.success) return text;
  const rows = page.data.rows.map((one) =>
    one.table === 'audit_entries' && one.row !== null ? { ...one, row: { ...one.row, actorName: 'Nobody' } } : one,
  );
  return canonicalText({ ...page.data, rows } as unknown as Plain);
}
