import { describe, expect, it } from 'vitest';
import { limits } from '../../kernel/limits.ts';
import { TestAuthority } from '../../testing/certificates.ts';
import { authority, type Conforming, clientIdentity, expectValue, type Rig } from './conformance-harness.ts';
import type { Fault } from './emulator.ts';

const { connector: bounds } = limits;

/** Certificates, credentials, pauses and turns: what the transport does for the connector, with this connector's own requests. */
export function conformOfConnection({ connector, kind, samples, rig }: Conforming): void {
  const { balance, pay, token, manifest } = connector;
  const [account] = kind.accounts;
  if (balance === undefined || account === undefined) return;
  const ask = (one: Rig, signal?: AbortSignal) => one.call(balance, { accountNumber: account.number }, signal);
  const failing: Fault = { kind: 'status', status: 503 };

  describe('certificates', () => {
    it('of another office are not let in', async () => {
      const stranger = TestAuthority.make().issue({ name: 'stranger', use: 'client' });
      const one = await rig({ credentials: { ...stranger, ca: authority.cert } });
      const asked = await ask(one);
      expect(asked.ok).toBe(false);
      if (!asked.ok) expect(['auth', 'network']).toContain(asked.error.kind);
      if (pay !== undefined) expect((await one.call(pay, samples.payment(1))).ok).toBe(false);
      expect(one.emulator.requests).toEqual([]);
      expect(one.emulator.instructions()).toEqual([]);
    });

    it('that are missing are missed before anything is sent', async () => {
      const one = await rig({ credentials: { cert: null, key: null, ca: authority.cert } });
      const asked = await ask(one);
      expect(asked.ok).toBe(false);
      if (manifest.mutualTls) {
        expect(asked).toMatchObject({ error: { kind: 'auth', code: 'CONNECTOR_CERTIFICATE_MISSING' } });
      }
      expect(one.emulator.requests).toEqual([]);
    });

    it('of somebody else in its place are not believed', async () => {
      const one = await rig({ credentials: { ...clientIdentity, ca: TestAuthority.make().cert } });
      const code = 'CONNECTOR_CERTIFICATE_UNTRUSTED';
      expect(await ask(one)).toMatchObject({ ok: false, error: { kind: 'network', code } });
      if (pay !== undefined) {
        expect(await one.call(pay, samples.payment(1))).toMatchObject({ ok: false, error: { kind: 'network', code } });
      }
      expect(one.emulator.requests).toEqual([]);
    });
  });

  describe('credentials', () => {
    it('that are wrong are refused, and nothing is paid', async () => {
      const names = Object.keys(kind.secrets);
      const wrong = names.map((name) => [name, name === samples.webhookSecret ? '' : `wrong-${name}-5e1c0b7f2a94d83e`]);
      const one = await rig({ secrets: Object.fromEntries(wrong) });
      expect(await ask(one)).toMatchObject({ ok: false, error: { kind: 'auth' } });
      if (pay === undefined) return;
      expect(await one.call(pay, samples.payment(1))).toMatchObject({ ok: false, error: { kind: 'auth' } });
      expect(one.emulator.instructions()).toEqual([]);
    });

    it.runIf(token === undefined)('that it answers with 401 are not tried twice', async () => {
      const one = await rig();
      one.emulator.faults.push({ kind: 'status', status: 401 });
      expect(await ask(one)).toMatchObject({ ok: false, error: { kind: 'auth' } });
      expect(one.emulator.requests).toHaveLength(1);
    });
  });

  describe.runIf(token !== undefined)('a token', () => {
    it('is fetched once for many, and kept until five minutes before its end', async () => {
      const one = await rig({ emulator: { tokenSeconds: 3_600 } });
      for (const asked of await Promise.all(Array.from({ length: 6 }, () => ask(one)))) expectValue(asked);
      expect(one.emulator.tokensIssued).toBe(1);
      one.clock.advance(54 * 60_000);
      expectValue(await ask(one));
      expect(one.emulator.tokensIssued).toBe(1);
      one.clock.advance(2 * 60_000);
      expectValue(await ask(one));
      expect(one.emulator.tokensIssued).toBe(2);
    });

    it('that is refused is replaced once, for all who had it', async () => {
      const one = await rig();
      expectValue(await ask(one));
      one.emulator.expireTokens();
      for (const asked of await Promise.all(Array.from({ length: 4 }, () => ask(one)))) expectValue(asked);
      expect(one.emulator.tokensIssued).toBe(2);
      const seen = one.emulator.requests.length;
      one.emulator.faults.push({ kind: 'status', status: 401 }, { kind: 'status', status: 401 });
      expect(await ask(one)).toMatchObject({ ok: false, error: { kind: 'auth' } });
      // The question, the new token, the question again.
      expect(one.emulator.requests).toHaveLength(seen + 3);
    });

    it('is replaced for a payment too, which is then made once', async () => {
      if (pay === undefined) return;
      const one = await rig();
      expectValue(await ask(one));
      one.emulator.expireTokens();
      expectValue(await one.call(pay, samples.payment(1)));
      expect(one.emulator.instructions()).toHaveLength(1);
    });

    it('that cannot be had says so and pays nothing', async () => {
      const one = await rig();
      one.emulator.faults.push({ kind: 'html', status: 200, accepts: false, onToken: true });
      const asked = await ask(one);
      expect(asked).toMatchObject({ ok: false, error: { kind: 'contract' } });
      if (pay === undefined) return;
      one.emulator.faults.push({ kind: 'status', status: 401, onToken: true });
      expect(await one.call(pay, samples.payment(1))).toMatchObject({ ok: false, error: { kind: 'auth' } });
      expect(one.emulator.instructions()).toEqual([]);
    });
  });

  describe('a pause that it asks for', () => {
    it.each([
      ['without saying how long', {}, 0],
      ['in seconds', { 'retry-after': '7' }, 7_000],
      ['as a date', { 'retry-after': 'Fri, 20 Nov 2026 06:00:05 GMT' }, 5_000],
    ])('%s is kept', async (_name, headers, pauseMs) => {
      const one = await rig();
      const startedAt = one.clock.now();
      one.emulator.faults.push({ kind: 'status', status: 429, headers });
      expectValue(await ask(one));
      expect(one.clock.now() - startedAt).toBeGreaterThanOrEqual(pauseMs);
    });

    it('for longer than anybody waits is handed on', async () => {
      const one = await rig();
      const error = { kind: 'rate_limited', retryAfterMs: 3_600_000 };
      for (let times = 0; times < bounds.breakerFailures; times += 1) {
        one.emulator.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '3600' } });
        expect(await ask(one)).toMatchObject({ ok: false, error });
        expect(one.emulator.faults).toEqual([]);
      }
      expect(one.transport.breaker).toBe('closed');
    });
  });

  it.each([400, 401, 422, 500])(
    'tells nobody what was said back to it that it should not have been told (%i)',
    async (status) => {
      const one = await rig();
      const told = Object.values(kind.secrets).join(' ');
      const [said, accounts] = [`Bearer ${told}`, `account ${account.number}`];
      const error = { code: said, message: said, description: accounts, details: { account: account.number } };
      const flat = { code: said, text: said, message: said, errorCode: said, errorMessage: said, faultstring: said };
      const faults = Array.from(
        { length: 6 },
        (): Fault => ({ kind: 'status', status, body: JSON.stringify({ ...flat, error }) }),
      );
      one.emulator.faults.push(...faults);
      expect((await ask(one)).ok).toBe(false);
      // The rig looks through everything at the end.
      if (pay !== undefined) expect((await one.call(pay, samples.payment(1))).ok).toBe(false);
    },
  );

  it('keeps to so many requests a minute', async () => {
    const { requestsPerMinute } = manifest.limits;
    if (requestsPerMinute === null) return;
    const one = await rig({ emulator: { requestsPerMinute } });
    const many = Array.from({ length: requestsPerMinute + 3 }, () => ask(one));
    for (const asked of await Promise.all(many)) expectValue(asked);
    expect(one.rows.filter(({ attempts }) => attempts > 1)).toEqual([]);
  });

  it('is left alone after five failures, probed after a minute, and used again after two successes', async () => {
    const one = await rig();
    expectValue(await ask(one));
    const seen = one.emulator.requests.length;
    one.emulator.faults.push(failing, failing, failing, failing, failing);
    for (const _ of [1, 2]) expect(await ask(one)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(one.transport.breaker).toBe('open');
    expect(await ask(one)).toMatchObject({ ok: false, error: { code: 'CONNECTOR_PAUSED' } });
    expect(one.emulator.requests).toHaveLength(seen + 5);
    one.clock.advance(bounds.breakerOpenMs);
    one.emulator.faults.push(failing);
    expect(await ask(one)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(one.transport.breaker).toBe('open');
    one.clock.advance(bounds.breakerOpenMs);
    expectValue(await ask(one));
    expect(one.transport.breaker).toBe('half_open');
    expectValue(await ask(one));
    expect(one.transport.breaker).toBe('closed');
  });

  it('is not left alone for declining', async () => {
    const one = await rig();
    const declining: Fault = { kind: 'status', status: 400 };
    one.emulator.faults.push(...Array.from({ length: 6 }, () => declining));
    for (let times = 0; times < 6; times += 1) expect((await ask(one)).ok).toBe(false);
    expectValue(await ask(one));
  });

  it('is not asked when it was stopped before', async () => {
    const one = await rig();
    expect(await ask(one, AbortSignal.abort())).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(one.emulator.requests.length).toBeLessThanOrEqual(token === undefined ? 0 : 1);
  });
}
