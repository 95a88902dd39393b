import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import type { HostEvent, Reply } from '../../shared/ipc/transport.ts';
import { canonicalText, parseCanonical } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { type LoopbackHost, startLoopbackHost } from './loopback-host.ts';

let folder: string;
let host: LoopbackHost;
const listeners = new Set<(event: HostEvent) => void>();
const desk = {
  invoke: async (channel: string, input: unknown): Promise<Reply> => {
    if (channel === 'fault') throw new Error('secret of the desk');
    if (channel === 'float') return { ok: true, value: 0.5 };
    return { ok: true, value: { channel, input, paise: 9_007_199_254_740_993n } };
  },
  onEvent: (listener: (event: HostEvent) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  close: async () => {},
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'munim loopback '));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html><title>desk</title>');
  writeFileSync(join(folder, 'secret.html'), 'outside');
  host = await startLoopbackHost({ desk, rendererDir: join(folder, 'renderer'), log: () => {} });
});

afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

interface Dial {
  readonly protocols?: string[];
  readonly path?: string;
  readonly options?: ClientOptions;
}

function dial({ protocols = ['munim', host.token], path = '/socket', options = {} }: Dial = {}): Promise<WebSocket> {
  const address = `${host.origin.replace('http', 'ws')}${path}`;
  const socket = new WebSocket(address, protocols, { origin: host.origin, ...options });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => reject(new Error(`status ${response.statusCode}`)));
    socket.once('error', reject);
  });
}

async function ask(socket: WebSocket, text: string): Promise<unknown> {
  const answered = new Promise<string>((resolve, reject) => {
    socket.once('message', (data) => resolve(String(data)));
    socket.once('close', (code) => reject(new Error(`closed ${code}`)));
  });
  socket.send(text);
  return parseCanonical(await answered);
}

function page(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; body: string; policy: string }> {
  const address = new URL(host.origin);
  return new Promise((resolve, reject) => {
    const sent = request({ host: address.hostname, port: address.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      const policy = String(response.headers['content-security-policy']);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, policy }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('pages', () => {
  it('are served with the strict policy and our own socket in it', async () => {
    const got = await page('/expenses');
    expect(got).toMatchObject({ status: 200, body: '<!doctype html><title>desk</title>' });
    expect(got.policy).toContain("default-src 'none'");
    expect(got.policy).toContain(`connect-src 'self' ${host.origin.replace('http', 'ws')}`);
  });

  it('are refused to a foreign name that points here (DNS rebinding)', async () => {
    expect((await page('/', { Host: 'evil.example' })).status).toBe(421);
    expect((await page('/', { Host: `localhost:${new URL(host.origin).port}` })).status).toBe(421);
  });

  it('never come from outside the folder', async () => {
    expect((await page('/../secret.html')).status).toBe(404);
    expect((await page('/%2e%2e/secret.html')).status).toBe(404);
  });

  it('are only read', async () => {
    expect((await page('/', {}, 'POST')).status).toBe(405);
  });
});

describe('calls', () => {
  it('reach the desk with exact amounts', async () => {
    const socket = await dial();
    const call = { kind: 'invoke', id: 3, channel: 'expense.save', input: { amountPaise: 12_345n } } as const;
    expect(await ask(socket, canonicalText(call))).toEqual({
      kind: 'reply',
      id: 3,
      reply: {
        ok: true,
        value: { channel: 'expense.save', input: { amountPaise: 12_345n }, paise: 9_007_199_254_740_993n },
      },
    });
    socket.close();
  });

  it('answer a fault with a code and a reference, not with its words', async () => {
    const socket = await dial();
    const fault = await ask(socket, canonicalText({ kind: 'invoke', id: 1, channel: 'fault', input: null }));
    expect(fault).toMatchObject({ id: 1, reply: { ok: false, code: 'INTERNAL' } });
    expect(JSON.stringify(fault)).not.toContain('secret');
    const float = await ask(socket, canonicalText({ kind: 'invoke', id: 2, channel: 'float', input: null }));
    expect(float).toMatchObject({ id: 2, reply: { ok: false, code: 'INTERNAL' } });
    socket.close();
  });

  it('bring events', async () => {
    const socket = await dial();
    const heard = new Promise((resolve) => socket.once('message', (data) => resolve(parseCanonical(String(data)))));
    for (const listener of listeners) listener({ name: 'changed', data: { table: 'expense' } });
    expect(await heard).toEqual({ kind: 'event', event: { name: 'changed', data: { table: 'expense' } } });
    socket.close();
  });
});

describe('who may connect', () => {
  const wrong = 'f'.repeat(64);

  it.each([
    ['no token', { protocols: ['munim'] }, 401],
    ['a wrong token', { protocols: ['munim', wrong] }, 401],
    ['a token of another length', { protocols: ['munim', 'f'] }, 401],
    ['another protocol', { protocols: ['other', wrong] }, 401],
    ['another origin', { options: { origin: 'https://evil.example' } }, 403],
    ['another port of this machine', { options: { origin: 'http://127.0.0.1:1' } }, 403],
    ['no origin', { options: { origin: '' } }, 403],
    ['a foreign host name', { options: { headers: { Host: 'evil.example' } } }, 421],
    ['another path', { path: '/other' }, 404],
  ])('not one with %s', async (_name, how, status) => {
    await expect(dial(how)).rejects.toThrow(`status ${status}`);
  });

  it('has a fresh token and a port of its own each run', async () => {
    const other = await startLoopbackHost({ desk, rendererDir: folder, log: () => {} });
    expect(other.token).toMatch(/^[0-9a-f]{64}$/);
    expect(other.token).not.toBe(host.token);
    expect(other.origin).not.toBe(host.origin);
    await other.close();
  });
});

describe('what a connected page cannot do', () => {
  const closing = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

  it('send a frame above the limit', async () => {
    const socket = await dial();
    const closed = closing(socket);
    socket.send('x'.repeat(limits.ipc.messageBytesMax + 1));
    expect(await closed).toBe(1009);
  });

  it.each([
    ['no frame', 'hello'],
    ['an answer instead of a call', canonicalText({ kind: 'reply', id: 1, reply: { ok: true, value: null } })],
    ['more members than a call has', canonicalText({ kind: 'invoke', id: 1, channel: 'x', input: null, more: 1 })],
  ])('send %s', async (_name, text) => {
    const socket = await dial();
    const closed = closing(socket);
    socket.send(text);
    expect(await closed).toBe(1008);
  });
});
