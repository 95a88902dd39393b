import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HostEvent, HostTransport, Reply } from '../../shared/ipc/transport.ts';
import { chromiumArgs } from '../../tools/chromium.ts';
import { projectRoot } from '../../tools/run.ts';
import { type LoopbackHost, startLoopbackHost } from './loopback-host.ts';

/** The page under test: the renderer's own transport, reachable from the outside. */
declare global {
  var transport: HostTransport | null;
  var heard: HostEvent[];
  /** Asked by the page itself: what a debugger runs in it is above the policy. */
  var evaluated: boolean;
}

let folder: string;
let host: LoopbackHost;
let browser: Browser;
const listeners = new Set<(event: HostEvent) => void>();
const desk = {
  invoke: async (channel: string, input: unknown): Promise<Reply> => {
    if (channel === 'never') return await new Promise<never>(() => {});
    return { ok: true, value: { channel, input, paise: 9_007_199_254_740_993n } };
  },
  onEvent: (listener: (event: HostEvent) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  close: async () => {},
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'munim-page-'));
  const transport = JSON.stringify(join(projectRoot, 'renderer', 'host', 'host-transport.ts'));
  const entry = `import { hostTransport } from ${transport};
    globalThis.heard = [];
    globalThis.transport = hostTransport();
    try { globalThis.evaluated = new Function('return true')(); } catch { globalThis.evaluated = false; }
    globalThis.transport?.on((event) => globalThis.heard.push(event));
    document.body.textContent = globalThis.transport === null ? 'closed' : 'open';`;
  writeFileSync(join(folder, 'entry.ts'), entry);
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><body><script type="module" src="./entry.ts"></script></body>',
  );
  await build({
    configFile: false,
    root: folder,
    logLevel: 'error',
    define: { __LOOPBACK__: 'true' },
    build: { outDir: join(folder, 'dist'), modulePreload: { polyfill: false } },
  });
  host = await startLoopbackHost({ desk, rendererDir: join(folder, 'dist'), log: () => {} });
  const executablePath = process.env.MUNIM_CHROMIUM ?? '';
  browser = await chromium.launch({ executablePath, args: chromiumArgs() });
});

afterAll(async () => {
  await browser.close();
  await host.close();
  rmSync(folder, { recursive: true });
});

async function open(url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  await page.waitForFunction(() => document.body.textContent !== '');
  return page;
}

it('carries calls and events between the page and the desk, exactly', async () => {
  const page = await open(host.url);
  const answer = await page.evaluate(async () => {
    const reply = await globalThis.transport?.invoke('expense.save', { amountPaise: 12_345_678_901_234_567_890n });
    return JSON.stringify(reply, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value));
  });
  expect(JSON.parse(answer)).toEqual({
    ok: true,
    value: {
      channel: 'expense.save',
      input: { amountPaise: '12345678901234567890n' },
      paise: '9007199254740993n',
    },
  });
  for (const listener of listeners) listener({ name: 'changed', data: { tables: ['expenses'] } });
  await page.waitForFunction(() => globalThis.heard.some(({ name }) => name === 'changed'));
  await page.context().close();
});

it('takes the token out of the address and keeps it for a reload of this tab only', async () => {
  const page = await open(host.url);
  expect(page.url()).toBe(`${host.origin}/`);
  await page.reload();
  await page.waitForFunction(() => document.body.textContent === 'open');
  const reply = await page.evaluate(() => globalThis.transport?.invoke('ping', null).then(({ ok }) => ok));
  expect(reply).toBe(true);
  const stranger = await open(host.origin);
  expect(await stranger.textContent('body')).toBe('closed');
  await stranger.context().close();
  await page.context().close();
});

it('runs no inline code and no eval, and talks to nobody else', async () => {
  const page = await open(host.url);
  const outcome = await page.evaluate(async () => {
    const broken: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.body.append(script);
    const fetched = await fetch('http://127.0.0.1:9/').then(
      () => true,
      () => false,
    );
    // Violations are reported by a task of their own.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { injected: 'injected' in globalThis, evaluated: globalThis.evaluated, fetched, broken };
  });
  expect(outcome).toMatchObject({ injected: false, evaluated: false, fetched: false });
  expect(outcome.broken).toEqual(expect.arrayContaining(['script-src-elem', 'connect-src']));
  await page.context().close();
});

it('a page of another origin cannot connect, even with the token', async () => {
  const other = await startLoopbackHost({ desk, rendererDir: join(folder, 'dist'), log: () => {} });
  const page = await open(other.url);
  const address = `${host.origin.replace('http', 'ws')}/socket`;
  const connected = await page.evaluate(
    ([url, token]) =>
      new Promise((resolve) => {
        const socket = new WebSocket(String(url), ['munim', String(token)]);
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      }),
    [address, host.token],
  );
  expect(connected).toBe(false);
  await page.context().close();
  await other.close();
});

it('tells callers when the desk goes away in the middle of a call', async () => {
  const mortal = await startLoopbackHost({ desk, rendererDir: join(folder, 'dist'), log: () => {} });
  const page = await open(mortal.url);
  const pending = page.evaluate(async () => {
    await globalThis.transport?.invoke('ping', null);
    return await globalThis.transport?.invoke('never', null);
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await mortal.close();
  expect(await pending).toMatchObject({ ok: false, code: 'HOST_GONE' });
  await page.context().close();
});
