import type { Way } from '../../electron/services/attention.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { revokeDevice } from '../../sync-server/services/devices.ts';
import { firstOrders, oneOf, orderFor, readScreen, weighed } from './deeds.ts';
import type { DeskMachine } from './desk-machine.ts';
import type { Doom } from './life.ts';
import type { Weather } from './network.ts';
import type { Shape } from './options.ts';
import type { SimPerson } from './people.ts';
import type { World } from './world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What happens, and how often. */
const acts = {
  deed: 820,
  attention: 45,
  'desk crash': 30,
  'server crash': 14,
  'disk full': 14,
  cut: 22,
  'power off': 12,
  'days off': 6,
  'clock off': 8,
  pause: 14,
  weather: 8,
  revoke: 3,
  'enrol again': 4,
  copy: 0,
  restore: 0,
} as const;
type Weights = Readonly<Record<keyof typeof acts, number>>;

/** In a rough run: more of what may leave a command half way. */
const roughActs: Weights = {
  ...acts,
  'desk crash': 70,
  'server crash': 30,
  'disk full': 25,
  cut: 60,
  'enrol again': 16,
};
/** How often a server is copied and put back, where that is asked for. */
const restoring = { copy: 8, restore: 4 } as const;

const weathers: readonly Weather[] = [
  { lossPerMille: 0, duplicatePerMille: 20, pokeLossPerMille: 600, delayMaxMs: 60 },
  { lossPerMille: 40, duplicatePerMille: 80, pokeLossPerMille: 800, delayMaxMs: 800 },
  { lossPerMille: 150, duplicatePerMille: 200, pokeLossPerMille: 950, delayMaxMs: 4_000 },
];

function pause(desk: DeskMachine, paused: boolean): void {
  // On a full disk the person is told that it did not work, and lets it be.
  desk.running?.core.handlers['sync.pause']?.({ paused })?.catch(() => {});
}

/** Something happens somewhere. What people begin goes on by itself; only what is done to the server's books is over when this ends. */
export function act(world: World, { rough, restores }: Pick<Shape, 'rough' | 'restores'>): Promise<void> | undefined {
  const { chance } = world;
  const weights: Weights = rough ? roughActs : acts;
  const what = weighed(chance, restores ? { ...weights, ...restoring } : weights);
  // People wait for an answer of the server as long as it takes.
  const free = world.desks.filter((one) => one.running !== null && !one.isBusy);
  const byPerson = what === 'deed' || what === 'attention';
  const desk = oneOf(chance, byPerson ? free : world.desks);
  if (desk === undefined) return undefined;
  if (what === 'copy') return world.backUp();
  if (what === 'restore') return world.restore();
  if (what === 'deed') void deed(world, desk);
  else if (what === 'attention') void attend(world, desk);
  else if (what === 'weather') world.network.weather = oneOf(chance, weathers) ?? world.network.weather;
  else if (what === 'desk crash') desk.life?.doom(doomOf(world, ['die-before', 'die-after']));
  else if (what === 'server crash') world.server?.life.doom(doomOf(world, ['die-before', 'die-after']));
  else if (what === 'disk full') fillDisk(world, desk);
  else if (what === 'cut') cut(world, desk);
  else if (what === 'power off') desk.life?.die();
  else if (what === 'days off') daysOff(world);
  else if (what === 'clock off') desk.skewMs = (oneOf(chance, [-4, 4, -20, 20]) ?? 0) * minuteMs;
  else if (what === 'pause') pause(desk, chance.below(3) === 0);
  else if (what === 'revoke') void revoke(world, desk);
  else void enrolAgain(world, desk);
  if (!byPerson) world.say(`${what}: ${desk.name}`);
  return undefined;
}

function doomOf({ chance }: World, hows: readonly Doom['how'][]): Doom {
  const atWrites = chance.below(2) === 0;
  return { calls: chance.below(atWrites ? 10 : 60), how: oneOf(chance, hows) ?? 'die-before', atWrites };
}

/** The disk of the server, of a desk's books or of its journal. */
function fillDisk(world: World, desk: DeskMachine): void {
  const where = world.chance.below(3);
  if (where === 0) desk.journalFiles.fail(world.chance.below(200));
  else (where === 1 ? desk.life : world.server?.life)?.doom(doomOf(world, ['disk']));
}

/** Somebody sits down, looks at the books and does a few things. */
async function deed(world: World, desk: DeskMachine): Promise<void> {
  const person = desk.someone(world.chance);
  if (person === undefined || desk.isBusy) return;
  desk.isBusy = true;
  try {
    if (!(await desk.seat(person))) return;
    for (let count = 1 + world.chance.below(6); count > 0; count--) await doOne(world, desk, person);
  } catch (thrown) {
    desk.refused('looks at the books', thrown);
  } finally {
    desk.isBusy = false;
  }
}

async function doOne(world: World, desk: DeskMachine, person: SimPerson): Promise<void> {
  const { chance } = world;
  const running = desk.running;
  const scope = desk.options.collegeIds;
  const number = oneOf(
    chance,
    person.colleges.filter((at) => scope.includes(world.collegeAt(at))),
  );
  if (running === null || number === undefined) return;
  const collegeId = world.collegeAt(number);
  const screen = await readScreen(running.db, collegeId);
  const maker = { random: chance, newId: () => world.newId(), today: istDate(running.life.clock.now()) };
  const order = orderFor(maker, person.role, collegeId, screen);
  if (order === null) return;
  const what = `${order.name} by ${person.name}`;
  try {
    const { commandId, seq } = await running.core.runCommand(order);
    world.say(`${desk.name} ${what}: saved as ${seq} ${commandId}`);
    world.acknowledged.push({ id: commandId, desk, what });
  } catch (thrown) {
    desk.refused(what, thrown);
  }
}

/** Budgets and vendors, as the books of a college have them when its desks come. */
export async function beginBooks(world: World): Promise<void> {
  for (const desk of world.desks) {
    for (const person of desk.options.people) {
      await world.finish(desk.seat(person));
      const run = desk.running?.core.runCommand;
      if (run === undefined) continue;
      for (const number of person.colleges) {
        const collegeId = world.collegeAt(number);
        if (!desk.options.collegeIds.includes(collegeId) || desk.options.collegeIds[0] !== collegeId) continue;
        for (const order of firstOrders(world, person.role, collegeId)) {
          await world.finish(run(order).catch((thrown: unknown) => desk.refused(order.name, thrown)));
        }
      }
    }
    await world.finish(desk.running?.core.sync.now() ?? Promise.resolve());
  }
}

/** Somebody settles an entry under Needs attention. */
async function attend(world: World, desk: DeskMachine): Promise<void> {
  const { chance } = world;
  const running = desk.running;
  const person = desk.someone(chance);
  if (running === null || desk.isBusy || person === undefined) return;
  desk.isBusy = true;
  try {
    if (!(await desk.seat(person))) return;
    const entries = await running.core.handlers['attention.list']?.({});
    const entry = oneOf(chance, entries?.rows ?? []);
    const way = oneOf<Way>(
      chance,
      (entry?.ways ?? []).filter((one) => one !== 'edit'),
    );
    if (entry === undefined || way === undefined) return;
    const what = `${way} for ${entry.name} ${entry.seq}`;
    const done = await running.core.handlers['attention.settle']?.({ seq: entry.seq, way });
    world.say(`${desk.name} ${what}: ${done?.commandId ?? 'settled'}`);
    if (done?.commandId != null) world.acknowledged.push({ id: done.commandId, desk, what });
  } catch (thrown) {
    desk.refused('settles', thrown);
  } finally {
    desk.isBusy = false;
  }
}

function cut(world: World, desk: DeskMachine): void {
  world.network.cut.add(desk.name);
  world.scheduler.after(5_000 + world.chance.below(3 * minuteMs), () => world.network.cut.delete(desk.name));
}

/** Every machine is off, for an evening or for the holidays. */
function daysOff(world: World): void {
  world.calendarMs += world.chance.below(10) === 0 ? 90 * 24 * hourMs : (1 + world.chance.below(40)) * hourMs;
  for (const desk of world.desks) desk.life?.die();
}

async function revoke(world: World, desk: DeskMachine): Promise<void> {
  const { server } = world;
  const id = desk.deviceId;
  if (server === null || id === null) return;
  try {
    await revokeDevice(server.context, id);
    world.say(`${desk.name} was revoked`);
  } catch (thrown) {
    world.say(`revoking failed: ${String(thrown)}`);
  }
}

/** A desk gets a new name while what it sent under the old one may still be under way. */
async function enrolAgain(world: World, desk: DeskMachine): Promise<void> {
  world.errands += 1;
  world.network.stray.add(desk.name);
  for (let second = 0; second < 60 && world.network.stray.has(desk.name); second++) await world.scheduler.pause(1_000);
  await world.scheduler.pause(world.chance.below(limits.sync.requestTimeoutMs));
  // An enrolment on a desk that dies never ends.
  world.errands -= 1;
  await world.enrol(desk);
}

/** What is off is switched on again after a while. */
export function wakeUp(world: World): void {
  const { chance } = world;
  for (const desk of world.desks) {
    if (desk.life !== null || chance.below(4) > 0) continue;
    if (desk.isFormer && chance.below(6) === 0) desk.update();
    void desk.start();
  }
  if (world.server === null && chance.below(4) === 0) world.startServer();
}
