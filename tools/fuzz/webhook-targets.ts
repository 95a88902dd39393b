import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { VerifiedEvent, Webhook, WebhookKey } from '../../shared/connectors/_kit/webhook.ts';
import { webhook as icici, iciciEventSeeds, readIciciEvent } from '../../shared/connectors/bank/icici/webhook.ts';
import { webhook as neft, readEvent as readNeftEvent } from '../../shared/connectors/gateway/neft/webhook.ts';
import { isIsoDate } from '../../shared/kernel/dates.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { FuzzTarget } from './fuzz.ts';

/**
 * An input is seven bytes that say how the message is signed and sent, and its body. Both are mutated together; the message is then made as they say, and what
 * the verifier makes of it is held against an account of our own.
 */
const CONTROLS = 7;
const NOW = Date.parse('2026-11-21T04:30:00Z');
const SKEW_S = 300;

const secrets = ['neem lantern of the library', 'tulsi behind the second gate', ''] as const;
const stranger = 'a secret of nobody at all';
const key = (at: number, allowsNoTime = false): WebhookKey => ({ secret: secrets[at] ?? '', allowsNoTime });
const keySets: readonly (readonly WebhookKey[])[] = [
  [key(0)],
  [key(1), key(0)],
  [key(0), key(1)],
  [key(2), key(0, true)],
  [key(0, true), key(1)],
  [key(1, true)],
  [key(2, true)],
  [],
  Array.from({ length: 40 }, (_, at) => key(at === 39 ? 0 : 1)),
];

/** A time as a header may have it; `null` for none. */
const times: readonly ((seconds: number) => string | null)[] = [
  (seconds) => String(seconds),
  (seconds) => String(seconds - SKEW_S),
  (seconds) => String(seconds + SKEW_S),
  (seconds) => String(seconds - SKEW_S - 1),
  (seconds) => String(seconds + SKEW_S + 1),
  () => null,
  (seconds) => String(seconds).replace(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit))),
  (seconds) => String(seconds).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  (seconds) => ` ${seconds}`,
  (seconds) => `${seconds}\n`,
  (seconds) => `+${seconds}`,
  (seconds) => `00${seconds}`,
  (seconds) => `${seconds}.0`,
  (seconds) => `${seconds / 1e9}e9`,
  (seconds) => `0x${seconds.toString(16)}`,
  (seconds) => `${seconds}, ${seconds}`,
  (seconds) => String(seconds * 1_000),
  () => '',
  () => '-1',
  () => '9'.repeat(400),
  () => 'NaN',
  () => '\u0000',
];

const signed = (secret: string, time: string | null, body: Uint8Array): string =>
  createHmac('sha256', secret)
    .update(time === null ? '' : `${time}.`)
    .update(body)
    .digest('hex');

/** What stands in the header of the signature, made from the right one; `null` for none. */
const signatures: readonly ((right: string, at: number) => string | null)[] = [
  (right) => right,
  (right) => right.toUpperCase(),
  (right, at) => right.replace(/[a-f]/g, (sign, place) => (place % (at + 2) === 0 ? sign.toUpperCase() : sign)),
  (right, at) =>
    right.slice(0, at % 64) +
    ((Number.parseInt(right[at % 64] ?? '0', 16) + 1) % 16).toString(16) +
    right.slice((at % 64) + 1),
  (right) => right.slice(0, 63),
  (right) => `${right}0`,
  (right) => ` ${right}`,
  (right) => `${right}\n`,
  (right) => `sha256=${right}`,
  (right) => `${right}, ${right}`,
  (right) => Buffer.from(right, 'hex').toString('base64'),
  (right) => right.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  (right) => right.replace('a', '\u0430').replace('e', '\u0435'),
  () => '0'.repeat(64),
  () => '',
  () => null,
  (right) => right.repeat(500),
];

/** What happens to the body between the one who signs and the one who verifies. */
const changes: readonly ((body: Uint8Array, at: number) => Uint8Array)[] = [
  (body) => body,
  (body, at) => body.map((byte, place) => (place === at % Math.max(1, body.length) ? byte ^ (1 << (at % 8)) : byte)),
  (body) => Buffer.concat([body, Buffer.from('\n')]),
  (body) => Buffer.concat([Buffer.from('\ufeff'), body]),
  (body) => Buffer.concat([body, Buffer.of(0)]),
  (body) => body.subarray(1),
  () => new Uint8Array(),
];

const paddings: readonly ((body: Uint8Array) => Uint8Array)[] = [
  (body) => body,
  (body) => padded(body, limits.connector.webhookBytesMax),
  (body) => padded(body, limits.connector.webhookBytesMax + 1),
];
const padded = (body: Uint8Array, length: number): Uint8Array =>
  Buffer.concat([body, Buffer.alloc(Math.max(0, length - body.length), ' ')]);

/** Mostly the first of them, so that most messages are right but for one thing. */
function chosen<T>(from: readonly T[], control: number): T {
  const one = control < 128 ? from[0] : from[(control - 128) % from.length];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}

interface Source {
  readonly webhook: Webhook;
  readonly signature: string;
  readonly time: string;
  readonly times: RegExp;
  /** The member that says when it happened. */
  readonly happened: string;
}

async function verified(source: Source, input: Uint8Array) {
  const [how = 0, when = 0, whose = 0, changed = 0, size = 0, who = 0, at = 0] = input;
  // Huge ones seldom, or little else would be tried.
  const body = (size === 255 ? (paddings[1 + (at % 2)] ?? paddings[0]) : paddings[0])?.(input.slice(CONTROLS)) ?? input;
  const time = chosen(times, when)(NOW / 1_000);
  const right = signed(who < 200 ? secrets[0] : who % 2 === 0 ? secrets[1] : stranger, time, body);
  const signature = chosen(signatures, how)(right, at);
  const sent = chosen(changes, changed)(body, at);
  const keys = chosen(keySets, whose);
  const headers = {
    ...(signature === null ? {} : { [source.signature]: signature }),
    ...(time === null ? {} : { [source.time]: time }),
    // Those of others and of other spelling count for nothing.
    ...{ [source.signature.toUpperCase()]: right, 'x-hub-signature-256': right, host: 'munim.example' },
  };
  const copy = Buffer.from(sent);
  const result = await source.webhook.verify(sent, headers, keys, NOW);
  assert(copy.equals(sent), 'the body was changed');
  judge(source, { sent, signature, time, keys }, result);
  const again = await source.webhook.verify(sent, headers, keys, NOW);
  assert.deepEqual(again, result, 'said again it is something else');
  return result;
}

interface Message {
  readonly sent: Uint8Array;
  readonly signature: string | null;
  readonly time: string | null;
  readonly keys: readonly WebhookKey[];
}

/** Whether it may be taken, found out without anything of the verifier. */
function judge(source: Source, message: Message, result: Awaited<ReturnType<Webhook['verify']>>): void {
  const { sent, signature, time, keys } = message;
  const usable = keys.filter(({ secret, allowsNoTime }) => secret !== '' && (time !== null || allowsNoTime));
  const fits = usable.some(
    ({ secret }) => signed(secret, time, sent) === signature?.toLowerCase() && signature.length === 64,
  );
  const isNow =
    time === null || (source.times.test(time) && Math.abs(NOW / 1_000 - Number.parseInt(time, 10)) <= SKEW_S);
  const kind = result.ok ? 'ok' : result.error.kind;
  assert(['ok', 'auth', 'contract'].includes(kind), kind);
  if (sent.length > limits.connector.webhookBytesMax) {
    assert.equal(kind, 'contract');
    return;
  }
  if (!fits) assert(!result.ok && result.error.code === 'BANK_WEBHOOK_SIGNATURE', `taken without a signature: ${kind}`);
  else if (!isNow) assert(!result.ok && result.error.code === 'BANK_WEBHOOK_TIME', `taken at another time: ${kind}`);
  else if (kind === 'auth') {
    // Without a signed time, one of the future may not be right.
    assert(time === null && happenedAt(source, sent) > NOW + SKEW_S * 1_000, 'refused although it is right');
  }
  if (result.ok) checkEvent(result.value);
}

function happenedAt({ happened }: Source, sent: Uint8Array): number {
  const said = JSON.parse(Buffer.from(sent).toString()) as Record<string, string>;
  return Date.parse(said[happened] ?? '');
}

function checkEvent({ eventId, occurredAt, news }: VerifiedEvent): void {
  assert(eventId.length > 5 && (occurredAt === null || Number.isSafeInteger(occurredAt)));
  const { state, bookedOn, failure, chargesPaise } = news;
  assert(['accepted', 'paid', 'failed', 'returned'].includes(state), state);
  assert(bookedOn === null || (isIsoDate(bookedOn) && (state === 'paid' || state === 'returned')));
  assert((failure !== null) === (state === 'failed' || state === 'returned'));
  assert(chargesPaise === null || chargesPaise >= 0n);
  assert(failure === null || /^[\p{L}\p{M}\p{N} .,:;()/'&%₹…-]*$/u.test(failure.text), failure?.text);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const message = (controls: readonly number[], body: string): Uint8Array =>
  Buffer.concat([Buffer.from([...controls, ...new Array<number>(CONTROLS).fill(0)].slice(0, CONTROLS)), utf8(body)]);

const neftEventSeeds: readonly string[] = [
  '{"event":"payment.completed","payment_id":"PAY-1","reference_number":"MN2600000114AB","status":"completed","transaction_id":"T1","utr_number":"HDFCN52026112100001","completed_at":"2026-11-21T04:20:00Z"}',
  '{"event":"payment.failed","payment_id":"PAY-2","status":"failed","error":{"code":"invalid_account","message":"Account closed"}}',
  '{"event":"payment.processing","payment_id":"PAY-3","status":"processing","completed_at":null}',
  '{"event":"payment.returned","payment_id":"PAY-4","status":"returned","completed_at":"2026-11-21T09:50:00+05:30"}',
];

type Seeds = readonly [Uint8Array, ...Uint8Array[]];
const seedsOf = (texts: readonly string[], make: (text: string) => Uint8Array): Seeds => {
  const [first, ...others] = texts.map(make);
  if (first === undefined) throw new Error('no seeds');
  return [first, ...others];
};
/** The last two of ICICI's are to be refused by their content. */
const iciciTaken = iciciEventSeeds.slice(0, 4);
/** By itself, with another case of the letters, under a second key, without a time, at the edge of the time, and full to the brim. */
const ways = [[], [129], [0, 0, 129, 0, 0, 202], [0, 133, 132], [0, 129], [0, 130], [0, 0, 0, 0, 255]];
const waysOf = (texts: readonly string[]): Seeds => {
  const [first, ...others] = texts.flatMap((text) => ways.map((controls) => message(controls, text)));
  if (first === undefined) throw new Error('no seeds');
  return [first, ...others];
};
/** Nothing of these is in the future, so that they are right without a signed time too. */
const past = (text: string): string => text.replaceAll('2026-10-2', '2026-10-0');

const iciciSource: Source = {
  ...{ webhook: icici, signature: 'x-icici-signature', time: 'x-icici-timestamp', times: /^[0-9]{1,12}$/ },
  happened: 'settlementTime',
};
const neftSource: Source = {
  ...{ webhook: neft, signature: 'x-signature', time: 'x-timestamp', times: /^[0-9]{10}$/ },
  happened: 'completed_at',
};

export const webhookTargets: readonly FuzzTarget[] = [
  { name: 'icici-webhook', seeds: () => waysOf(iciciTaken.map(past)), run: (input) => verified(iciciSource, input) },
  { name: 'neft-webhook', seeds: () => waysOf(neftEventSeeds), run: (input) => verified(neftSource, input) },
  { name: 'icici-event', seeds: () => seedsOf(iciciTaken, utf8), run: (input) => read(readIciciEvent, input) },
  { name: 'neft-event', seeds: () => seedsOf(neftEventSeeds, utf8), run: (input) => read(readNeftEvent, input) },
];

function read(reader: typeof readIciciEvent, input: Uint8Array): ReturnType<typeof readIciciEvent> {
  const result = reader(input);
  if (result.ok) checkEvent(result.value);
  else assert.equal(result.error.kind, 'contract');
  return result;
}
