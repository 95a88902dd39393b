import fs from 'node:fs';
import path from 'node:path';
import { refusal } from '../../../shared/kernel/errors.ts';
import type { BankAnswer, BankLink, BankSending } from '../../../shared/ports/bank-link.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import { syncFolder } from '../atomic-file.ts';

/** Which sendings this desk has ever let out, on the disk. Throws when it cannot be kept: then nothing may be sent. */
export interface SentRecord {
  has(key: string): boolean;
  /** On the disk when it returns. */
  add(keys: readonly string[]): void;
}

/** One line a sending, only ever added to. A line that a crash cut off names a sending that was not let out. */
export function sentRecordAt(file: string): SentRecord {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const isNew = !fs.existsSync(file);
  const text = isNew ? '' : fs.readFileSync(file, 'utf8');
  const known = new Set(text.split('\n'));
  const descriptor = fs.openSync(file, 'a', 0o600);
  // Behind half a line the next one would be unreadable.
  if (text !== '' && !text.endsWith('\n')) fs.writeSync(descriptor, '\n');
  fs.fsyncSync(descriptor);
  if (isNew) syncFolder(path.dirname(file));
  return {
    has: (key) => known.has(key),
    add: (keys) => {
      fs.writeSync(descriptor, keys.map((key) => `${key}\n`).join(''));
      fs.fsyncSync(descriptor);
      for (const key of keys) known.add(key);
    },
  };
}

const keyOf = ({ orderId, fence }: BankSending): string => `${orderId} ${fence}`;

/**
 * The last guard before the network, whatever the books process believes: a sending that was let out once, in whichever life of this desk, is answered
 * as doubtful and goes no further. It is written down before it goes, so that a crash leaves a doubt and no second sending.
 */
export function sentOnce(link: BankLink, record: SentRecord, clock: Pick<Clock, 'now'>): BankLink {
  return {
    ...link,
    send: async (bankAccountId, sendings) => {
      const fresh = sendings.filter((one, index) => {
        const key = keyOf(one);
        return !record.has(key) && sendings.findIndex((other) => keyOf(other) === key) === index;
      });
      const late = fresh.filter(({ notAfter }) => notAfter < clock.now());
      const held = sendings.filter((one) => !fresh.includes(one)).map((one) => doubt(one, 'PAYMENT_SENT_BEFORE'));
      held.push(...late.map((one) => doubt(one, 'PAYMENT_TOO_LATE')));
      const going = fresh.filter((one) => !late.includes(one));
      if (going.length === 0) return held;
      try {
        record.add(going.map(keyOf));
      } catch {
        return [...held, ...going.map((one) => doubt(one, 'PAYMENT_NOT_GUARDED'))];
      }
      const answers = await answersOf(link, bankAccountId, going);
      return [...held, ...answers];
    },
  };
}

/** One answer for each; where a connector throws or stays silent on one, nobody knows. */
async function answersOf(
  link: BankLink,
  bankAccountId: string,
  fresh: readonly BankSending[],
): Promise<readonly BankAnswer[]> {
  let given: readonly BankAnswer[] = [];
  try {
    given = await link.send(bankAccountId, fresh);
  } catch {
    given = [];
  }
  return fresh.map(
    (one) =>
      given.find(({ orderId, fence }) => orderId === one.orderId && fence === one.fence) ??
      doubt(one, 'PAYMENT_IN_DOUBT'),
  );
}

const doubt = (
  { orderId, fence }: BankSending,
  code: 'PAYMENT_SENT_BEFORE' | 'PAYMENT_NOT_GUARDED' | 'PAYMENT_IN_DOUBT' | 'PAYMENT_TOO_LATE',
): BankAnswer => ({ orderId, fence, kind: 'in_doubt', refusal: refusal(code) });
