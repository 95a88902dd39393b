import type { AcceptedInstruction } from '../../shared/connectors/_kit/emulator-bank.ts';
import { parseReference } from '../../shared/domain/payment-order/reference.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import { type Acts, count, type Tally } from './acts.ts';
import { isAway, type Office, type Seat } from './office.ts';
import { standing } from './storm.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface BankTruth {
  readonly id: string;
  readonly instructions: readonly AcceptedInstruction[];
}

export interface Calm {
  /** Entries that the server refused, by name and code: what the other desk won. */
  readonly refused: Tally;
  /** Payments that came back without a message, and that a person found in the statement. */
  readonly foundByPerson: number;
  readonly findings: string[];
}

/**
 * Faults end, everything is started anew, and people finish what is open: they release what waits and what the bank did not receive, let go
 * what the other desk won, and read the statement for what came back. Ends when nothing is under way anywhere.
 */
export async function calm(office: Office, acts: Acts): Promise<Calm> {
  const { plan } = office;
  const end = Date.now() + plan.calmMs;
  const made = { refused: new Map<string, number>(), foundByPerson: 0, findings: [] as string[] };
  // So that the pauses between enquiries begin anew.
  for (const { machine } of office.seats) await machine.stop();
  await office.raise();
  await office.calm(true);
  for (let rounds = 1; ; rounds += 1) {
    for (const seat of office.seats) await tidyUp(office, seat, acts, made.refused);
    try {
      if (await isAtRest(office)) {
        const found = await readStatement(office, acts);
        made.foundByPerson += found;
        if (found === 0) return made;
      }
    } catch (thrown) {
      if (!isAway(thrown)) throw thrown;
      // A desk whose books fell too often in the storm gives up; a person starts it again.
      await office.raise();
    }
    if (Date.now() > end) {
      made.findings.push(`it did not come to rest: ${await standing(office)}`);
      return made;
    }
    if (rounds % 10 === 0) plan.progress(`calm: ${await standing(office)}`);
    await pause(500);
  }
}

/** Nothing waits, at the bank or at a desk, and both desks are level with the server. */
async function isAtRest(office: Office): Promise<boolean> {
  if (Number(await office.bank.ask('left', null)) > 0) return false;
  const { collegeId } = office;
  for (const seat of office.seats) {
    const { state, pending, attention } = await seat.call('sync.now', {});
    if (state !== 'synced' || pending > 0 || attention > 0) return false;
    const { check, underWay, person } = await seat.seated('payments.counts', { collegeId });
    if (check + underWay + person > 0) return false;
  }
  return true;
}

async function tidyUp(office: Office, seat: Seat, acts: Acts, refused: Tally): Promise<void> {
  try {
    await seat.seated('sync.now', {});
    const { rows } = await seat.seated('attention.list', {});
    for (const { seq, name, code, ways } of rows) {
      if (!ways.includes('take_theirs')) continue;
      await seat.call('attention.settle', { seq, way: 'take_theirs' });
      count(refused, `${name} ${code}`);
    }
    // Whoever made a batch cannot release it, so both come by.
    for (const who of ['maker', 'checker'] as const) {
      if (seat.sitting !== who) await seat.sit(who);
      for (let batches = 0; batches < 20 && (await acts.release(seat)); batches += 1);
      for (let batches = 0; batches < 20 && (await acts.releaseAgain(seat)); batches += 1);
    }
    for (const row of await acts.orders(seat, 'person')) {
      if (row.attention === null || row.attention === 'older_paid') continue;
      const { batchId, id: orderId } = row;
      await acts.click(seat, office.order('order.settle', { batchId, orderId, reason: `Looked at: ${row.attention}` }));
    }
  } catch (thrown) {
    if (!isAway(thrown)) acts.findings.push(`${seat.machine.name} in the calm: ${String(thrown)}`);
  }
}

/** Returns whose message was lost are in no answer that a desk asks for; a person sees them in the statement of the bank. */
async function readStatement(office: Office, acts: Acts): Promise<number> {
  const [seat] = office.seats;
  if (seat === undefined) return 0;
  const { collegeId } = office;
  const truth = (await office.bank.ask('instructions', null)) as readonly BankTruth[];
  let found = 0;
  for (const { instructions } of truth) {
    for (const one of instructions.filter(({ state }) => state === 'returned')) {
      const named = parseReference(one.reference);
      if (named === null) continue;
      const text = named.reference;
      const { rows } = await seat.seated('payments.orders', { collegeId, stage: 'done', text, offset: 0, limit: 10 });
      const order = rows.find(({ wireReference, status }) => wireReference === one.reference && status === 'paid');
      if (order === undefined) continue;
      found += 1;
      const outcome = {
        orderId: order.id,
        fence: named.fence,
        state: 'returned',
        bookedOn: istDate(one.changedAt),
      } as const;
      const said = { providerId: one.id, utr: one.utr, failure: one.failure, chargesPaise: null };
      await acts.click(
        seat,
        office.order('order.record', { batchId: order.batchId, source: 'person', outcomes: [{ ...outcome, ...said }] }),
      );
    }
  }
  return found;
}
