import type { RequestListener } from 'node:http';
import { createServer as createProxy } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, createServer as createTcp } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Effect } from '../../../shared/connectors/_kit/operation.ts';
import type { HttpRequest } from '../../../shared/connectors/operation.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { TestAuthority } from '../../../shared/testing/certificates.ts';
import { runSeed } from '../../../shared/testing/seed.ts';
import { SeededRandom } from '../../../shared/testing/seeded-random.ts';
import { SimClock } from '../../../shared/testing/sim-clock.ts';
import { ConnectorTransport, type TransportOptions } from './connector-transport.ts';

const bounds = limits.connector;
const authority = TestAuthority.make();
const desk = authority.issue({ name: 'desk', use: 'client' });
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function server(answer: RequestListener, options: ServerOptions = {}): Promise<string> {
  const identity = authority.issue({ name: 'bank', use: 'server' });
  const made: Server = createServer({ ...identity, ca: authority.cert, requestCert: true, ...options }, answer);
  made.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    made.closeAllConnections();
    return new Promise((resolve) => made.close(resolve));
  });
  return `https://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

function transport(baseUrl: string, options: Partial<TransportOptions> = {}): ConnectorTransport {
  const made = new ConnectorTransport({
    name: 'Bank',
    baseUrl,
    mutualTls: true,
    pinnedCa: true,
    requestsPerMinute: null,
    concurrency: 4,
    credentials: async () => desk,
    clock: new SimClock(0),
    random: new SeededRandom(runSeed()),
    ...options,
  });
  closers.push(() => made.close());
  return made;
}

const get = (path = '/x'): HttpRequest => ({ method: 'GET', path, headers: {}, body: new Uint8Array() });
const post = (): HttpRequest => ({
  method: 'POST',
  path: '/pay',
  headers: {},
  body: new TextEncoder().encode('{"pay":1}'),
});
const never = new AbortController().signal;
const as = (effect: Effect, signal: AbortSignal = never) => ({ effect, lane: 'lane', signal });
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
};
const bodyOf = (sent: { readonly response: { readonly body: Uint8Array } | null }): string =>
  new TextDecoder().decode(sent.response?.body);

describe('certificates', () => {
  it('are replaced without a call being lost: what is under way ends with the old one, what comes takes the new one', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const names: string[] = [];
    const url = await server((request, response) => {
      const { subject } = (request.socket as import('node:tls').TLSSocket).getPeerCertificate();
      const name = String(subject.CN);
      names.push(name);
      if (request.url === '/slow') held.then(() => response.end(name));
      else response.end(name);
    });
    let now = desk;
    const made = transport(url, { credentials: async () => now });
    const slow = made.send(get('/slow'), as('read'));
    await until(() => names.length === 1);
    now = authority.issue({ name: 'desk of next year', use: 'client' });
    expect(bodyOf(await made.send(get(), as('read')))).toBe('desk');
    made.replaceCredentials();
    expect(bodyOf(await made.send(get(), as('read')))).toBe('desk of next year');
    release();
    expect(bodyOf(await slow)).toBe('desk');
  });

  it('that cannot be read now are asked for again the next time', async () => {
    const url = await server((_request, response) => response.end('here'));
    let isLocked = true;
    const credentials = async () => {
      if (isLocked) throw new MunimError('KEYCHAIN_UNAVAILABLE', { reason: 'locked' });
      return desk;
    };
    const made = transport(url, { credentials });
    await expect(made.send(get(), as('read'))).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    isLocked = false;
    expect(bodyOf(await made.send(get(), as('read')))).toBe('here');
  });

  it('without the authority of the bank there is no connection, whatever the computer trusts', async () => {
    const url = await server((_request, response) => response.end());
    const made = transport(url, { credentials: async () => ({ ...desk, ca: null }) });
    expect(await made.send(get(), as('read'))).toMatchObject({ problem: { code: 'CONNECTOR_CERTIFICATE_MISSING' } });
    expect(() => transport('http://127.0.0.1:1')).toThrow(TypeError);
  });

  it('under TLS older than 1.2 are not shown', async () => {
    let isAsked = false;
    const old: ServerOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    const url = await server(() => {
      isAsked = true;
    }, old);
    const sent = await transport(url).send(post(), as('once'));
    expect(sent.problem).toMatchObject({ kind: 'network', code: 'CONNECTOR_UNREACHABLE' });
    expect(isAsked).toBe(false);
  });
});

describe('what was not sent is no doubt', () => {
  it.each(['once', 'read'] as const)('when nobody is there (%s)', async (effect) => {
    const clock = new SimClock(0);
    const made = transport('https://127.0.0.1:9', { clock });
    const sending = made.send(post(), as(effect));
    let isDone = false;
    void sending.finally(() => {
      isDone = true;
    });
    // The pauses between attempts.
    while (!isDone) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (clock.pending > 1) clock.advance(bounds.backoffMinMs * 4);
    }
    const sent = await sending;
    expect(sent).toMatchObject({ isOpen: false, problem: { kind: 'network', code: 'CONNECTOR_UNREACHABLE' } });
    expect(sent.attempts).toBe(effect === 'once' ? 1 : bounds.attemptsMax);
  });

  it('when the name is not known, or the other side hangs up in the middle of the greeting', async () => {
    const unknown = await transport('https://bank.invalid').send(post(), as('once'));
    expect(unknown).toMatchObject({ problem: { kind: 'network', code: 'CONNECTOR_UNREACHABLE' } });
    const rude = createTcp((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => rude.close(resolve)));
    const cut = await transport(`https://127.0.0.1:${(rude.address() as AddressInfo).port}`).send(post(), as('once'));
    expect(cut).toMatchObject({ isOpen: false, problem: { kind: 'network' } });
  });

  it('when the connection never comes about', async () => {
    const clock = new SimClock(0);
    const mute = createTcp((socket) => void socket.on('error', () => undefined));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => mute.close(resolve)));
    let isThere = false;
    mute.on('connection', (socket) => {
      isThere = true;
      closers.push(() => socket.destroy());
    });
    const sending = transport(`https://127.0.0.1:${(mute.address() as AddressInfo).port}`, { clock }).send(
      post(),
      as('once'),
    );
    await until(() => isThere);
    clock.advance(bounds.connectTimeoutMs);
    expect(await sending).toMatchObject({ problem: { kind: 'network', details: { detail: 'time-out' } } });
  });
});

describe('an answer', () => {
  it('that drips for ever ends with the call', async () => {
    const clock = new SimClock(0);
    let drips = 0;
    const url = await server((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => {
        drips += 1;
        response.write('.');
      }, 1);
      response.on('close', () => clearInterval(drip));
    });
    const sending = transport(url, { clock }).send(get(), as('read'));
    for (let passed = 0; passed < bounds.callDeadlineMs; passed += bounds.readTimeoutMs / 2) {
      const seen = drips;
      await until(() => drips > seen + 2);
      clock.advance(bounds.readTimeoutMs / 2);
    }
    expect(await sending).toMatchObject({ problem: { kind: 'network', code: 'CONNECTOR_TIMEOUT' } });
  });

  it.each([
    ['read', bounds.readTimeoutMs],
    ['once', bounds.changeTimeoutMs],
  ] as const)('to what is %s is waited for exactly so long', async (effect, waitMs) => {
    const clock = new SimClock(0);
    let isAsked = false;
    const url = await server(() => {
      isAsked = true;
    });
    let isDone = false;
    const stop = new AbortController();
    const sending = transport(url, { clock })
      .send(post(), as(effect, stop.signal))
      .then((sent) => {
        isDone = true;
        return sent;
      });
    await until(() => isAsked);
    const timers = clock.pending;
    clock.advance(waitMs - 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([isDone, clock.pending]).toEqual([false, timers]);
    clock.advance(1);
    // A question is asked again, after a pause.
    stop.abort();
    const kind = effect === 'once' ? 'in_doubt' : 'network';
    expect(await sending).toMatchObject({ attempts: 1, problem: { kind } });
  });

  it('to a payment that is repeated leaves a doubt open when the first attempt was not answered', async () => {
    const clock = new SimClock(0);
    let count = 0;
    const url = await server((request, response) => {
      count += 1;
      if (count === 1) request.socket.destroy();
      else response.writeHead(429, { 'retry-after': '3600' }).end();
    });
    const sending = transport(url, { clock }).send(post(), as('keyed'));
    await until(() => count === 1 && clock.pending > 0);
    while (count === 1) {
      clock.advance(bounds.backoffMinMs);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(await sending).toMatchObject({ attempts: 2, isOpen: true, response: { status: 429 } });
  });

  it('is asked for below the address only', async () => {
    const seen: string[] = [];
    const url = await server((request, response) => {
      seen.push(request.url ?? '');
      response.end();
    });
    const made = transport(`${url}/v1`);
    for (const path of ['//evil.example/x', '/../admin', '/a/../../admin', 'x', '/x#y', '@evil.example/']) {
      expect(await made.send(get(path), as('read'))).toMatchObject({ problem: { code: 'CONNECTOR_INPUT' } });
    }
    await made.send(get('/accounts/1?from=2026-11-01'), as('read'));
    expect(seen).toEqual(['/v1/accounts/1?from=2026-11-01']);
  });
});

describe('through a proxy', () => {
  const proxy = async (status: number) => {
    const tunnels: string[] = [];
    const made = createProxy();
    made.on('connect', (request, socket, head) => {
      tunnels.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
      if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.write(head);
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      made.closeAllConnections();
      return new Promise((resolve) => made.close(resolve));
    });
    return { tunnels, uri: `http://127.0.0.1:${(made.address() as AddressInfo).port}` };
  };

  it('the bank still sees our certificate, and the proxy sees nothing', async () => {
    const url = await server((request, response) => {
      response.end((request.socket as import('node:tls').TLSSocket).getPeerCertificate().subject.CN);
    });
    const { tunnels, uri } = await proxy(200);
    const made = transport(url, { proxy: { uri, authorization: 'Basic b2ZmaWNl' } });
    expect(bodyOf(await made.send(post(), as('once')))).toBe('desk');
    expect(tunnels).toEqual([`${new URL(url).host} Basic b2ZmaWNl`]);
  });

  it('that lets nobody through, nothing was sent', async () => {
    const url = await server((_request, response) => response.end());
    const { uri } = await proxy(407);
    const sent = await transport(url, { proxy: { uri } }).send(post(), as('once'));
    expect(sent).toMatchObject({ isOpen: false, problem: { kind: 'network', code: 'CONNECTOR_UNREACHABLE' } });
  });
});
