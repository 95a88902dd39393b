import { describe, expect, it } from 'vitest';
import { limits } from '../../kernel/limits.ts';
import { type Conforming, expectValue, type Rig } from './conformance-harness.ts';
import type { Notice } from './emulator-notices.ts';
import type { Webhook, WebhookKey } from './webhook.ts';

/** Headers that anybody on the way may change. */
const unsigned = ['content-type', 'content-length', 'user-agent', 'accept'];

const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 0x01 : byte));

/** Another text of the same kind: the last character is another one. */
const altered = (text: string): string => {
  const last = text.at(-1) ?? '';
  return `${text.slice(0, -1)}${last === '1' ? '2' : '1'}`;
};

/** Messages to our server: nothing but what the other side signed, just now, is believed. */
export function conformOfWebhooks({ connector, kind, samples, rig }: Conforming): void {
  const { webhook, pay } = connector;
  if (webhook === undefined || pay === undefined) return;
  const key: WebhookKey = {
    secret: kind.secrets[samples.webhookSecret] ?? '',
    allowsNoTime: !samples.hasWebhookTime,
  };
  const other: WebhookKey = { secret: 'another-secret-of-the-bank-44', allowsNoTime: !samples.hasWebhookTime };

  /** One payment that came to this end, and the message about it. */
  const told = async (one: Rig, end: 'paid' | 'failed' | 'returned'): Promise<Notice> => {
    expectValue(await one.call(pay, samples.payment(1)));
    const id = one.emulator.instructions()[0]?.id ?? '';
    if (end === 'failed') one.emulator.bank.fail(id, 'invalid_account', 'No such account');
    else one.emulator.bank.settle(id);
    if (end === 'returned') one.emulator.bank.return(id);
    const instruction = one.emulator.bank.byId(id);
    const notice = instruction === undefined ? null : await one.emulator.notices.make(instruction);
    if (notice === null) throw new Error('the emulator sends no messages');
    return notice;
  };
  const verify = (found: Notice, one: Rig, keys: readonly WebhookKey[] = [key], nowMs = one.clock.now()) =>
    (webhook satisfies Webhook).verify(found.body, found.headers, keys, nowMs);
  const refused = { ok: false, error: { kind: 'auth' } };

  describe('a message', () => {
    it.each(samples.ends)('that a payment is %s is believed', async (end) => {
      const one = await rig();
      const notice = await told(one, end);
      const { news, eventId } = expectValue(await verify(notice, one));
      const instruction = one.emulator.instructions()[0];
      expect(notice.path.endsWith(webhook.path)).toBe(true);
      expect(eventId).not.toBe('');
      expect(news.state).toBe(end);
      expect([news.reference, news.providerId]).toContain(
        news.reference === null ? instruction?.id : instruction?.reference,
      );
      if (end === 'paid') expect(news.utr ?? instruction?.utr).toBe(instruction?.utr);
      if (end === 'failed') expect(news.failure).not.toBeNull();
    });

    it('with one wrong bit anywhere in its body is not', async () => {
      const one = await rig();
      const notice = await told(one, 'paid');
      for (let at = 0; at < notice.body.length; at += 1) {
        expect(await verify({ ...notice, body: flipped(notice.body, at) }, one)).toMatchObject(refused);
      }
      expect(await verify({ ...notice, body: notice.body.subarray(0, -1) }, one)).toMatchObject(refused);
      expect(await verify({ ...notice, body: new Uint8Array([...notice.body, 0x20]) }, one)).toMatchObject(refused);
    });

    it('with a header that is another, missing or empty is not', async () => {
      const one = await rig();
      const notice = await told(one, 'paid');
      const signed = Object.keys(notice.headers).filter((name) => !unsigned.includes(name));
      expect(signed).not.toEqual([]);
      for (const name of signed) {
        const { [name]: value = '', ...rest } = notice.headers;
        for (const headers of [rest, { ...rest, [name]: '' }, { ...rest, [name]: altered(value) }]) {
          expect(await verify({ ...notice, headers }, one)).toMatchObject(refused);
        }
      }
    });

    it('under another key is not, and under one of several is', async () => {
      const one = await rig();
      const notice = await told(one, 'paid');
      for (const keys of [[], [other], [{ secret: '', allowsNoTime: true }]]) {
        expect(await verify(notice, one, keys)).toMatchObject(refused);
      }
      expectValue(await verify(notice, one, [other, key]));
      expectValue(await verify(notice, one, [key, other]));
    });

    it('that comes again has the same name, and another message has another', async () => {
      const one = await rig();
      const notice = await told(one, 'paid');
      const first = expectValue(await verify(notice, one));
      one.clock.advance(60_000);
      expect(expectValue(await verify(notice, one)).eventId).toBe(first.eventId);
      // Sent again by the other side, with a new signature and a new time.
      const instruction = one.emulator.instructions()[0];
      if (instruction === undefined) return;
      const again = await one.emulator.notices.make(instruction);
      if (again !== null) expect(expectValue(await verify(again, one)).eventId).toBe(first.eventId);
      if (!samples.ends.includes('returned')) return;
      const returned = await one.emulator.notices.make(one.emulator.bank.return(instruction.id));
      if (returned !== null) expect(expectValue(await verify(returned, one)).eventId).not.toBe(first.eventId);
    });

    it.runIf(samples.hasWebhookTime)('that is older or younger than five minutes is not', async () => {
      const one = await rig();
      const notice = await told(one, 'paid');
      const skewMs = limits.connector.webhookSkewMs;
      const now = one.clock.now();
      for (const away of [-skewMs - 1_000, skewMs + 1_000, 365 * 86_400_000]) {
        expect(await verify(notice, one, [key], now + away)).toMatchObject(refused);
      }
      for (const away of [-skewMs + 1_000, skewMs - 1_000]) expectValue(await verify(notice, one, [key], now + away));
    });

    it('of nonsense is refused without a word of it', async () => {
      const one = await rig();
      const notice = await told(one, 'paid');
      for (const text of ['', '{', 'null', '[]', '"x"', '\u0000', 'x'.repeat(70_000)]) {
        const spoilt = await verify({ ...notice, body: new TextEncoder().encode(text) }, one);
        expect(spoilt.ok).toBe(false);
      }
    });
  });
}
