import { Seeded } from '../torture/seeded.ts';
import { Acts, count, type Tally } from './acts.ts';
import type { Machine } from './machine.ts';
import { isAway, type Office, type Seat } from './office.ts';
import type { Strike } from './plan.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Without bills to pay for so long the storm has nothing to blow at. */
const IDLE_MS = 15_000;
/** When no more than these are under way the rest is left to the calm. */
const LAST_SHARE = 0.02;

export interface Storm {
  readonly acts: Acts;
  readonly kills: Tally;
  readonly findings: string[];
}

/** People at work at all desks while machines are killed and rise again, until every bill was taken up or the time is over. */
export async function storm(office: Office): Promise<Storm> {
  const { plan } = office;
  await office.calm(false);
  const random = new Seeded(plan.seed + 17);
  const acts = new Acts(office, new Seeded(plan.seed + 31));
  const made: Storm = { acts, kills: new Map(), findings: [] };
  let isOver = false;
  const begun = Date.now();
  let isStruck = false;
  let lastWork = Date.now();
  /** How many people are in the middle of something, which may take long on a busy machine. */
  let working = 0;
  const work = async (seat: Seat): Promise<void> => {
    while (!isOver) {
      working += 1;
      const hasWorked = !seat.machine.isUp || (await acts.act(seat));
      if (hasWorked && !isOver) lastWork = (await hasBills(office, seat)) ? Date.now() : lastWork;
      working -= 1;
      await pause(random.between(100, hasWorked ? 400 : 800));
    }
  };
  const strike = async (): Promise<void> => {
    const order: Strike[] = [];
    for (let struck = 0; (plan.kills === null || struck < plan.kills) && !isOver; struck += 1) {
      await pause(random.between(plan.killEveryMs / 2, plan.killEveryMs * 1.5));
      if (isOver) return;
      // Each kind once before any comes again.
      if (order.length === 0) order.push(...plan.strikes);
      const [kind] = order.splice(random.between(0, order.length - 1), 1);
      if (kind !== undefined) await killOne(office, kind, random, made);
    }
    isStruck = true;
  };
  const watch = async (): Promise<void> => {
    while (!isOver) {
      await pause(250);
      const isIdle = working === 0 && Date.now() - lastWork > IDLE_MS;
      const isTimeOver = Date.now() - begun >= plan.stormMs || isIdle;
      isOver = isTimeOver && (plan.kills === null || isStruck);
    }
  };
  const tell = async (): Promise<void> => {
    while (!isOver) {
      await pause(10_000);
      plan.progress(await standing(office));
    }
  };
  await Promise.all([...office.seats.map(work), strike(), watch(), tell()]);
  made.findings.push(...acts.findings);
  return made;
}

async function hasBills(office: Office, seat: Seat): Promise<boolean> {
  try {
    const { collegeId } = office;
    const { toPay, check, underWay } = await seat.seated('payments.counts', { collegeId });
    return toPay > 0 || check > 0 || underWay > office.plan.intents * LAST_SHARE;
  } catch {
    return true;
  }
}

/** A line on how far it is. */
export async function standing(office: Office): Promise<string> {
  for (const seat of office.seats) {
    try {
      const { collegeId } = office;
      const { toPay, check, underWay, person } = await seat.seated('payments.counts', { collegeId });
      const { pending, attention } = await seat.call('sync.status', {});
      return `to pay ${toPay}, to check ${check}, under way ${underWay}, for a person ${person}; ${pending} unsent, ${attention} want attention`;
    } catch (thrown) {
      if (!isAway(thrown)) return String(thrown);
    }
  }
  return 'nobody is there to say how far it is';
}

/** How long to wait for a payment at whose answer the desks can fall. */
const HOLD_MS = 15_000;

/**
 * The desks fall at the worst moment: the bank has taken a payment, and whoever sent it does not know it yet.
 * @returns whether there was such a payment
 */
async function cutPower({ bank, seats }: Office, random: Seeded): Promise<boolean> {
  const isHeld = (await bank.ask('holdNext', HOLD_MS)) === true;
  await Promise.all(seats.map(({ machine }) => machine.kill()));
  await bank.ask('letGo', null);
  await pause(random.between(0, 500));
  for (const seat of seats) {
    await seat.machine.start();
    await seat.sit(seat.sitting);
  }
  return isHeld;
}

/** One machine, or the books of one, falls and rises again. */
async function killOne(office: Office, kind: Strike, random: Seeded, { kills, findings }: Storm): Promise<void> {
  const seat = office.seats[random.between(0, office.seats.length - 1)];
  if (seat === undefined) return;
  try {
    if (kind === 'every desk while a bank answers') {
      const isHeld = await cutPower(office, random);
      count(kills, isHeld ? kind : 'every desk');
      return;
    }
    count(kills, kind);
    if (kind === 'books of a desk') {
      await seat.machine.ask('killBooks', null).catch(() => {});
      return;
    }
    const machine: Machine = kind === 'server' ? office.server : kind === 'bank' ? office.bank : seat.machine;
    await machine.kill(kind !== 'main side of a desk');
    await pause(random.between(0, 1_500));
    await machine.start();
    if (machine === seat.machine) await seat.sit(seat.sitting);
  } catch (thrown) {
    if (!isAway(thrown)) findings.push(`after a kill of ${kind}: ${String(thrown)}`);
  } finally {
    // A desk gives up by itself when its books fell too often; a person starts it again.
    await office.raise().catch((thrown: unknown) => findings.push(`did not rise again: ${String(thrown)}`));
  }
}
