import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { BankConnector } from '../../../shared/connectors/_kit/bank.ts';
import {
  authority,
  clientIdentity,
  HastyClock,
  MemoryTokens,
} from '../../../shared/connectors/_kit/conformance-harness.ts';
import type { ConnectorEmulator } from '../../../shared/connectors/_kit/emulator.ts';
import type { AccessToken, ConnectorOperation, Effect } from '../../../shared/connectors/_kit/operation.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { ok } from '../../../shared/kernel/result.ts';
import type { TokenStore } from '../../../shared/ports/token-store.ts';
import { runSeed } from '../../../shared/testing/seed.ts';
import { SeededRandom } from '../../../shared/testing/seeded-random.ts';
import { sampleBank } from '../../../tools/new-connector/template/connector.ts';
import { emulator as kind } from '../../../tools/new-connector/template/emulator.ts';
import type { CallRow } from './call-figures.ts';
import { type OpenOptions, openSession } from './open-session.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const never = new AbortController().signal;
const account = kind.accounts[0]?.number ?? '';
const secretText = 'kept-secret-91f0c2';

async function started(options: Partial<OpenOptions> = {}) {
  const clock = new HastyClock(Date.parse('2026-11-20T06:00:00Z'));
  const rows: CallRow[] = [];
  const { settings, secrets, accounts } = kind;
  const server: ConnectorEmulator = kind.create({
    tls: authority.issue({ name: 'bank', use: 'server' }),
    clientCa: authority.cert,
    ...{ settings, secrets, accounts, clock },
  });
  const baseUrl = `${await server.start()}/v1`;
  closers.push(() => server.stop());
  const opened = openSession({
    connection: 'c-1',
    connector: sampleBank,
    settings,
    secrets: async () => secrets,
    tokens: new MemoryTokens(),
    clock,
    random: new SeededRandom(runSeed()),
    log: (row) => rows.push(row),
    baseUrl,
    credentials: async () => clientIdentity,
    ...options,
  });
  closers.push(() => opened.transport.close());
  return { ...opened, server, rows, clock };
}

const odd = (effect: Effect, broken: 'request' | 'response'): ConnectorOperation<null, number> => ({
  name: 'sample-bank.odd',
  effect,
  input: z.null(),
  request() {
    if (broken === 'request') throw new TypeError(secretText);
    return { method: 'POST', path: '/payments', headers: {}, body: new TextEncoder().encode('{}') };
  },
  response() {
    if (broken === 'response') throw new TypeError(secretText);
    return ok(1);
  },
});

const balanceOf = ({ balance }: BankConnector) => {
  if (balance === undefined) throw new Error('no balance');
  return balance;
};

describe('a connector that throws', () => {
  it.each([
    ['read', 'contract', 'CONNECTOR_BAD_ANSWER'],
    ['keyed', 'in_doubt', 'CONNECTOR_IN_DOUBT'],
    ['once', 'in_doubt', 'CONNECTOR_IN_DOUBT'],
  ] as const)('at the answer to what is %s is %s', async (effect, problemKind, code) => {
    const { session, rows } = await started({ connector: { manifest: sampleBank.manifest } });
    const called = await session.call(odd(effect, 'response'), null, never);
    expect(called).toMatchObject({ ok: false, error: { kind: problemKind, code } });
    expect(JSON.stringify([called, rows])).not.toContain(secretText);
  });

  it('at the request has sent nothing, whatever it was', async () => {
    const { session, server, rows } = await started({ connector: { manifest: sampleBank.manifest } });
    const called = await session.call(odd('once', 'request'), null, never);
    expect(called).toMatchObject({ ok: false, error: { kind: 'validation', code: 'CONNECTOR_INPUT' } });
    expect(server.requests).toEqual([]);
    expect(JSON.stringify([called, rows])).not.toContain(secretText);
  });
});

describe('what a call needs', () => {
  const locked = new MunimError('KEYCHAIN_UNAVAILABLE', { reason: 'locked' });
  const fail = async () => {
    throw locked;
  };
  const broken: TokenStore = { get: fail, set: fail, delete: fail };

  it.each<[string, Partial<OpenOptions>]>([
    ['secrets', { secrets: fail }],
    ['credentials', { credentials: fail }],
    ['tokens', { tokens: broken }],
  ])('and cannot be read now (%s) is told as what it is, with nothing sent', async (_name, options) => {
    const { session, server } = await started(options);
    const called = await session.call(balanceOf(sampleBank), { accountNumber: account }, never);
    expect(called).toMatchObject({ ok: false, error: { kind: 'auth', code: 'KEYCHAIN_UNAVAILABLE' } });
    expect(server.requests).toEqual([]);
  });

  it('is asked for again with a new number each time, and a repeat has the number of the first', async () => {
    const { session, server, rows } = await started();
    const ask = () => session.call(balanceOf(sampleBank), { accountNumber: account }, never);
    await ask();
    server.faults.push({ kind: 'status', status: 500 });
    await ask();
    const [, first, second, third] = server.requests.map(({ headers }) => headers['x-request-id']);
    expect(first).not.toBe(second);
    expect(third).toBe(second);
    expect(rows.map(({ requestId }) => requestId)).toEqual(expect.arrayContaining([first, second]));
  });

  it('and how it went is read from the session', async () => {
    const { session, server } = await started();
    await session.call(balanceOf(sampleBank), { accountNumber: account }, never);
    server.faults.push({ kind: 'status', status: 404 });
    await session.call(balanceOf(sampleBank), { accountNumber: account }, never);
    server.faults.push({ kind: 'empty', accepts: true });
    await session.call(balanceOf(sampleBank), { accountNumber: account }, never);
    const figures = session.figures().find(({ operation }) => operation === 'sample-bank.balance');
    expect(figures).toMatchObject({ calls: 3, answered: 2, outcomes: { ok: 1, validation: 1, contract: 1 } });
    expect(figures?.successBasisPoints).toBe(6_666);
  });
});

describe('a token', () => {
  it('is kept by its store, so that the next session needs no new one', async () => {
    const tokens = new MemoryTokens();
    const one = await started({ tokens });
    await one.session.call(balanceOf(sampleBank), { accountNumber: account }, never);
    const kept = tokens.kept.get('c-1');
    expect(kept?.expiresAt).toBe(one.clock.now() + (3_600 - 300) * 1_000);
    const { session } = openSession({
      connection: 'c-1',
      connector: sampleBank,
      settings: kind.settings,
      secrets: async () => kind.secrets,
      tokens,
      clock: one.clock,
      random: new SeededRandom(1),
      log: () => undefined,
      baseUrl: `${one.server.address}/v1`,
      credentials: async () => clientIdentity,
    });
    expect(await session.call(balanceOf(sampleBank), { accountNumber: account }, never)).toMatchObject({ ok: true });
    expect(one.server.tokensIssued).toBe(1);
  });

  it('that lives shorter than the margin is used nevertheless, for half its life', async () => {
    const short: ConnectorOperation<null, AccessToken> = {
      ...(sampleBank.token as ConnectorOperation<null, AccessToken>),
      response: async (response, input, context) => {
        const read = await sampleBank.token?.response(response, input, context);
        return read?.ok ? ok({ ...read.value, expiresInSeconds: 120 }) : ok({ token: 'none', expiresInSeconds: 1 });
      },
    };
    const { session, server, clock } = await started({ connector: { manifest: sampleBank.manifest, token: short } });
    const ask = () => session.call(balanceOf(sampleBank), { accountNumber: account }, never);
    await ask();
    await ask();
    expect(server.tokensIssued).toBe(1);
    clock.advance(60_000);
    await ask();
    expect(server.tokensIssued).toBe(2);
  });

  it('is fetched to its end though the one who asked first has gone', async () => {
    const { session, server } = await started();
    const stop = new AbortController();
    const ask = (signal: AbortSignal) => session.call(balanceOf(sampleBank), { accountNumber: account }, signal);
    const gone = ask(stop.signal);
    const stays = ask(never);
    stop.abort();
    expect((await gone).ok).toBe(false);
    expect((await stays).ok).toBe(true);
    expect(server.tokensIssued).toBe(1);
  });
});
