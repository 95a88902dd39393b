import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TEST_NOW } from '../../_kit/testing/responses.ts';
import { iciciEventSeeds, readIciciEvent, webhook } from './webhook.ts';

const SECRET = 'secret-of-the-webhook';
const strict = { secret: SECRET, allowsNoTime: false };
const lenient = { secret: SECRET, allowsNoTime: true };
const body = readFileSync(join(import.meta.dirname, 'fixtures', 'event.json'));
const bodyText = body.toString('utf8');
const seconds = String(TEST_NOW / 1_000);

const sign = (text: string | Uint8Array, time: string | null, secret = SECRET): string =>
  createHmac('sha256', secret)
    .update(time === null ? '' : `${time}.`)
    .update(text)
    .digest('hex');

const verify = (
  raw: Uint8Array,
  {
    time,
    signature,
    keys = [strict],
    now = TEST_NOW,
  }: {
    time?: string | null;
    signature?: string;
    keys?: readonly { secret: string; allowsNoTime: boolean }[];
    now?: number;
  } = {},
) => {
  const sent = time === undefined ? seconds : time;
  return webhook.verify(
    raw,
    {
      'x-icici-signature': signature ?? sign(raw, sent),
      ...(sent === null ? {} : { 'x-icici-timestamp': sent }),
    },
    keys,
    now,
  );
};

test('a signed message is believed, and says what became of the payment', async () => {
  expect(await verify(body)).toEqual({
    ok: true,
    value: {
      eventId: 'icici:["TXN987654321","FAILED",null]',
      occurredAt: null,
      news: {
        ...{ reference: null, providerId: 'TXN987654321', state: 'failed', utr: null, bookedOn: null },
        failure: { reason: 'invalid_account', text: 'Beneficiary account is closed' },
        chargesPaise: null,
      },
    },
  });
  expect(await verify(body, { signature: sign(body, seconds).toUpperCase() })).toMatchObject({ ok: true });
});

test('any one byte that is not as it was signed makes it a forgery', async () => {
  const flips = fc.tuple(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }));
  await fc.assert(
    fc.asyncProperty(flips, fc.nat(63), fc.nat(9), async ([at, mask], digit, tens) => {
      const changed = new Uint8Array(body);
      changed[at] = (changed[at] ?? 0) ^ mask;
      const signature = sign(body, seconds);
      const refused = { ok: false, error: { kind: 'auth', code: 'BANK_WEBHOOK_SIGNATURE' } };
      expect(await verify(changed, { signature })).toMatchObject(refused);
      const other = ((Number.parseInt(signature[digit] ?? '0', 16) + 1) % 16).toString(16);
      const spoilt = signature.slice(0, digit) + other + signature.slice(digit + 1);
      expect(await verify(body, { signature: spoilt })).toMatchObject(refused);
      // The same signature under another time, near enough to be taken.
      const time = String(TEST_NOW / 1_000 - 10 - tens);
      expect(await verify(body, { signature, time })).toMatchObject(refused);
    }),
    { numRuns: 60 },
  );
});

test('a signature of another key, of none, cut, longer or not in hex is refused', async () => {
  const good = sign(body, seconds);
  const forged = [
    sign(body, seconds, 'another'),
    '',
    good.slice(0, 62),
    `${good}00`,
    `${good.slice(0, 63)}g`,
    `0x${good}`,
  ];
  for (const signature of forged) {
    expect(await verify(body, { signature }), signature).toMatchObject({ ok: false, error: { kind: 'auth' } });
  }
  expect(await verify(body, { keys: [] })).toMatchObject({ ok: false, error: { kind: 'auth' } });
  // An empty secret signs for nobody, though anybody could sign with it.
  const empty = { secret: '', allowsNoTime: true };
  expect(await verify(body, { keys: [empty], signature: sign(body, seconds, '') })).toMatchObject({ ok: false });
});

test('five minutes either way are taken, a second more is not', async () => {
  for (const [shift, isTaken] of [
    [0, true],
    [300_000, true],
    [-300_000, true],
    [301_000, false],
    [-301_000, false],
    [86_400_000, false],
  ] as const) {
    expect(await verify(body, { now: TEST_NOW + shift }), String(shift)).toMatchObject({ ok: isTaken });
  }
  for (const time of ['', 'now', '-1', '1e9', `${seconds}.0`, ` ${seconds}`, `${TEST_NOW}000`]) {
    expect(await verify(body, { time }), time).toMatchObject({ ok: false, error: { code: 'BANK_WEBHOOK_TIME' } });
  }
});

test("the document's own form, without a time, is taken only where a key says so", async () => {
  expect(await verify(body, { time: null })).toMatchObject({
    ok: false,
    error: { kind: 'auth', code: 'BANK_WEBHOOK_SIGNATURE' },
  });
  expect(await verify(body, { time: null, keys: [lenient] })).toMatchObject({ ok: true });
  // A time beside the bare signature is not covered by it.
  expect(await verify(body, { signature: sign(body, null), keys: [lenient] })).toMatchObject({ ok: false });
  // Nor does the signed form lose its time by putting it into the body.
  const moved = Buffer.concat([Buffer.from(`${seconds}.`), body]);
  expect(await verify(moved, { time: null, signature: sign(body, seconds), keys: [lenient] })).toMatchObject({
    ok: false,
    error: { kind: 'contract' },
  });
});

test('without a time, a message of the future is not taken, and an old one is', async () => {
  const at = (ms: number, status = 'SUCCESS') => {
    const raw = Buffer.from(
      JSON.stringify({ transactionId: 'T1', status, settlementTime: new Date(ms).toISOString() }),
    );
    return verify(raw, { time: null, keys: [lenient] });
  };
  expect(await at(TEST_NOW + 300_001)).toMatchObject({ ok: false, error: { kind: 'auth', code: 'BANK_WEBHOOK_TIME' } });
  expect(await at(TEST_NOW + 299_000)).toMatchObject({ ok: true, value: { occurredAt: TEST_NOW + 299_000 } });
  // Of what is pending it is when the bank hopes to be ready.
  expect(await at(TEST_NOW + 7_200_000, 'PENDING')).toMatchObject({ ok: true, value: { occurredAt: null } });
  expect(await at(TEST_NOW - 86_400_000)).toMatchObject({ ok: true });
});

test('while a secret is being replaced, both are taken', async () => {
  const both = [{ secret: 'the old one', allowsNoTime: false }, strict];
  for (const { secret } of both) {
    expect(await verify(body, { keys: both, signature: sign(body, seconds, secret) })).toMatchObject({ ok: true });
  }
});

test('sent again it has the same name; another state, or the same at another time, has another', () => {
  const idOf = (change: object) => {
    const read = readIciciEvent(Buffer.from(JSON.stringify({ ...(JSON.parse(bodyText) as object), ...change })));
    return read.ok ? read.value.eventId : 'unreadable';
  };
  const ids = [
    idOf({}),
    idOf({ status: 'SUCCESS' }),
    idOf({ status: 'SUCCESS', settlementTime: '2026-06-15T14:00:00Z' }),
    idOf({ status: 'SUCCESS', settlementTime: '2026-06-16T14:00:00Z' }),
    idOf({ transactionId: 'TXN987654321","FAILED' }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(idOf({ failureReason: 'the same in other words' })).toBe(ids[0]);
});

test('what is signed but is no message is told apart from a forgery', async () => {
  for (const text of ['', '{}', '[]', 'null', '{"transactionId":"T"}', '{"transactionId":"T","status":7}', '\xff']) {
    const raw = Buffer.from(text, 'latin1');
    expect(await verify(raw), text).toMatchObject({
      ok: false,
      error: { kind: 'contract', code: 'BANK_WEBHOOK_BODY' },
    });
  }
});

test('no bytes whatever make reading a message throw', () => {
  const seeds = fc
    .constantFrom(...iciciEventSeeds)
    .chain((seed) =>
      fc
        .tuple(fc.nat(seed.length), fc.nat(4), fc.string({ maxLength: 8 }))
        .map(([at, cut, put]) => Buffer.from(seed.slice(0, at) + put + seed.slice(at + cut))),
    );
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), seeds), (raw) => {
      const read = readIciciEvent(raw);
      if (read.ok) expect(read.value.news.providerId).not.toBe('');
      else expect(read.error.kind).toBe('contract');
    }),
    { numRuns: 500 },
  );
  const [first] = iciciEventSeeds;
  expect(readIciciEvent(Buffer.from(first ?? ''))).toMatchObject({ ok: true, value: { news: { state: 'paid' } } });
});
