import { parseCanonical } from '../../shared/kernel/canonical.ts';
import type { ErrorCode } from '../../shared/kernel/errors.ts';
import { zPushAnswer, zPushRequest } from '../../shared/sync/messages.ts';
import {
  brokenRules,
  differences,
  type Finding,
  leftovers,
  outboxOf,
  printsOfCollege,
  serverPrint,
  settledTwice,
  takenDependants,
  wrongCells,
} from './checks.ts';
import type { DeskMachine } from './desk-machine.ts';
import { calm } from './network.ts';
import type { World } from './world.ts';

/** So often the desks are given a few seconds to come to rest. */
const ROUNDS_MAX = 16;
const ROUND_MS = 5_000;

/** Heals everything, lets the desks come to rest and holds every invariant against what they have then. */
export async function rest(world: World): Promise<void> {
  world.say('rest');
  for (const desk of world.desks) noteRefusal(world, desk);
  heal(world);
  while (world.errands > 0) await world.pass(3_000);
  await world.pass(3_000);
  for (const desk of world.desks) await makeFit(world, desk);
  for (let round = 0; ; round++) {
    for (const desk of world.desks) desk.running?.core.sync.kick();
    await world.pass(ROUND_MS);
    const unrest = await unrestOf(world);
    if (unrest === null) break;
    if (round === ROUNDS_MAX) return world.fail({ invariant: 'S2', problem: `no rest: ${unrest}` });
  }
  for (const finding of await findings(world)) world.fail(finding);
  if (world.broken === null) await sendAgain(world);
  if (world.broken === null) await snoop(world);
}

/** What a server may say of a desk as a whole in such a world. Anything else keeps a desk from its books for no good reason. */
const deserved: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'AUTH_DEVICE_REVOKED',
  'AUTH_DEVICE_UNKNOWN',
  'AUTH_ACTOR_NOT_ON_DEVICE',
  'SYNC_CLOCK_AHEAD',
  'SYNC_CLOCK_BEHIND',
]);

function noteRefusal(world: World, desk: DeskMachine): void {
  const { state, problem } = desk.running?.core.sync.state ?? {};
  if (state !== 'refused' || problem == null || deserved.has(problem.code)) return;
  world.fail({ invariant: 'S2', problem: `${desk.name} is kept from its books: ${problem.code}` });
}

function heal(world: World): void {
  world.network.weather = calm;
  world.network.cut.clear();
  world.network.stray.clear();
  world.server?.life.doom(null);
  if (world.isServerFormer) world.server?.life.die();
  world.startServer(true);
  for (const desk of world.desks) {
    desk.skewMs = 0;
    desk.life?.doom(null);
    desk.journalFiles.fail(null);
    desk.update();
    // A clock that was set back is one reason to start the program again.
    desk.life?.die();
    void desk.start();
  }
}

/** In use by the server's word, not paused, and everybody who works there confirmed by the server. */
async function makeFit(world: World, desk: DeskMachine): Promise<void> {
  const { core } = desk.running ?? {};
  if (core === undefined) return world.fail({ invariant: 'S1', problem: `${desk.name} does not start` });
  await world.finish(Promise.resolve(core.handlers['sync.pause']?.({ paused: false })));
  await world.finish(core.sync.now());
  const code = (): string | undefined => core.sync.state.problem?.code;
  // A server that was put back may not know it.
  const isOut = code() === 'AUTH_DEVICE_REVOKED' || code() === 'AUTH_DEVICE_UNKNOWN';
  if (isOut && !(await world.finish(world.enrol(desk)))) {
    return world.fail({ invariant: 'S1', problem: `${desk.name} cannot be enrolled again` });
  }
  await world.finish(core.sync.now());
  // After an enrolment everybody whose entries wait has to be known to the server again.
  if (code() !== 'AUTH_ACTOR_NOT_ON_DEVICE') return;
  for (const person of desk.options.people) await world.finish(desk.seat(person));
}

/** Why the world is not at rest, or null. */
async function unrestOf(world: World): Promise<string | null> {
  const versions = await versionsOf(world);
  for (const desk of world.desks) {
    const { core } = desk.running ?? {};
    if (core === undefined) return `${desk.name} is not running`;
    const { state, problem } = core.sync.state;
    if (state !== 'synced') return `${desk.name} is ${state}, ${problem?.code}`;
    const waiting = (await outboxOf(desk.options.pg)).filter(({ status }) => status !== 'rejected');
    if (waiting.length > 0) return `${desk.name} has ${waiting.length} waiting, the first is ${waiting[0]?.status}`;
    const { rows } = await desk.options.pg.query<{ id: string; cursor: bigint }>(
      'SELECT "college_id" AS "id", "cursor" FROM "desk"."sync_cursors"',
    );
    for (const id of desk.options.collegeIds) {
      const cursor = Number(rows.find((row) => row.id === id)?.cursor ?? -1);
      if (cursor !== versions.get(id)) return `${desk.name} stands at ${cursor} of ${versions.get(id)}`;
    }
  }
  return null;
}

async function versionsOf(world: World): Promise<ReadonlyMap<string, number>> {
  const { rows } = await world.serverPg.query<{ id: string; version: bigint }>(
    'SELECT "college_id" AS "id", "version" FROM "server"."college_versions"',
  );
  return new Map(rows.map(({ id, version }) => [id, Number(version)]));
}

async function findings(world: World): Promise<readonly Finding[]> {
  const found: Finding[] = [
    ...(await brokenRules(world.serverPg)),
    ...(await wrongCells(world.serverPg)),
    ...(await takenDependants(world.serverPg)),
    ...(await settledTwice(world.serverPg)),
  ];
  for (const { id, code, oracle } of world.colleges) {
    found.push(...(await oracle.compare(world.serverPg)));
    const prints = await printsOfCollege(world.serverPg, id);
    for (const desk of world.desks) {
      if (!desk.options.collegeIds.includes(id)) continue;
      found.push(...differences(`${desk.name} of ${code}`, await printsOfCollege(desk.options.pg, id), prints));
    }
  }
  for (const desk of world.desks) {
    const left = await leftovers(desk.options.pg);
    if (left.length > 0) found.push({ invariant: 'S2', problem: `${desk.name} still holds ${left.join(', ')}` });
  }
  return [...found, ...(await lost(world))];
}

/** S1: what a person was told is saved is in the books, or stands in the outbox with the reason why not; never both. */
async function lost(world: World): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const applied = new Set(world.colleges.flatMap(({ oracle }) => [...oracle.applied]));
  for (const desk of world.desks) {
    const shown = new Map((await outboxOf(desk.options.pg)).map((row) => [row.id, row]));
    for (const { id, what, desk: at } of world.acknowledged) {
      if (at !== desk) continue;
      const row = shown.get(id);
      if (applied.has(id) && row !== undefined) {
        found.push({ invariant: 'S1', problem: `${desk.name}: ${what} ${id} is applied and shown as ${row.status}` });
      }
      if (!applied.has(id) && (row?.status !== 'rejected' || row.code === null)) {
        found.push({ invariant: 'S1', problem: `${desk.name}: ${what} ${id} was saved and is gone (${row?.status})` });
      }
    }
  }
  return found;
}

/** S8: no desk is told anything of a college that is none of its own. */
async function snoop(world: World): Promise<void> {
  const server = world.needServer();
  const asked = new Set<string>();
  for (const { desk: name, request } of [...world.pushes].reverse()) {
    const own = world.desks.find((desk) => desk.name === name)?.options.collegeIds ?? [];
    const other = world.colleges.find(({ id }) => !own.includes(id));
    if (other === undefined || asked.has(name)) continue;
    asked.add(name);
    const body = JSON.stringify({ collegeId: other.id, cursor: 0, ackedSeq: 0, limitRows: 10 });
    const answer = await world.finish(server.handle({ path: '/sync/pull', token: request.token, body }));
    if (!answer.refused)
      world.fail({ invariant: 'S8', problem: `${name} asked for college ${other.code} and was answered` });
  }
}

const PUSHES_SENT_AGAIN = 6;

/** S10: old pushes once more, whole, by halves and in the wrong order. The server answers as before and keeps nothing of it. */
async function sendAgain(world: World): Promise<void> {
  const { chance, pushes } = world;
  const server = world.needServer();
  const before = await serverPrint(world.serverPg);
  for (let count = 0; count < Math.min(PUSHES_SENT_AGAIN, pushes.length); count++) {
    const { desk, request } = pushes[chance.below(pushes.length)] ?? {};
    if (request === undefined) continue;
    const { commands } = zPushRequest.parse(parseCanonical(request.body));
    const half = commands.slice(chance.below(commands.length), chance.below(commands.length) + 1);
    for (const some of [commands, half, [...commands].reverse()]) {
      if (some.length === 0) continue;
      const { token } = request;
      const body = JSON.stringify({ commands: some });
      const answer = await world.finish(server.handle({ path: '/sync/push', token, body }));
      if (answer.refused) continue;
      const fresh = zPushAnswer.parse(parseCanonical(answer.text)).results.find(({ duplicate }) => !duplicate);
      if (fresh)
        world.fail({ invariant: 'S10', problem: `${desk} pushed ${fresh.id} again and it was ${fresh.status} anew` });
    }
  }
  if ((await serverPrint(world.serverPg)) === before) return;
  world.fail({ invariant: 'S10', problem: 'old pushes that came again changed the server' });
}
