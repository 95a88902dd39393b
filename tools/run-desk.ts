import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { type Child, startChild, startUntilReady } from './child.ts';
import { chromiumArgs, findChromium } from './chromium.ts';
import { type Demo, demoText, joinGroup, readDemo } from './demo.ts';
import { electronBinary, hasDisplay } from './electron-binary.ts';
import { projectRoot } from './run.ts';

/**
 * `npm start`: builds what changed, starts the sync-server on this machine, makes the demonstration group of three colleges at the
 * first start, and opens the desk. `--browser` leaves Electron out, `--no-open` only prints the address, `--data <folder>` keeps
 * the books elsewhere than in `.data`.
 */
const { values: options } = parseArgs({
  options: {
    browser: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    data: { type: 'string', default: join(projectRoot, '.data') },
  },
});
const dataDir = options.data;
const SERVER_READY_MS = 120_000;
const PREFERRED_PORT = 47_110;
const WINDOW_PROBE_MS = 3_000;

/** What is to be ended, in reverse order, when the desk is closed or Ctrl+C is pressed. */
const running: (() => Promise<void>)[] = [];

async function main(): Promise<void> {
  const electron = options.browser ? { reason: 'asked to do without' } : await electronBinary();
  await build('path' in electron ? 'all' : 'loopback', true);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const serverUrl = await startServer();
  const demo = await readDemo(serverUrl);
  console.log(demoText(serverUrl, demo));
  if ('path' in electron) return await runElectron(electron.path);
  console.log(`munim: without Electron (${electron.reason}); the desk runs in a browser window instead`);
  await runInBrowser(serverUrl, demo);
}

/** The desks remember the server's address, so it keeps the port it had. */
async function startServer(): Promise<string> {
  const portFile = join(dataDir, 'server-port');
  if (!existsSync(portFile)) writeFileSync(portFile, String(await freePort()));
  const env = {
    ...process.env,
    MUNIM_SERVER_PORT: readFileSync(portFile, 'utf8').trim(),
    MUNIM_SERVER_DATA: join(dataDir, 'server'),
    // The address of the desk and the codes must not drown in a line for each request.
    MUNIM_SERVER_LOG: 'warn',
    MUNIM_SERVER_TEMPLATE: join(projectRoot, 'dist', 'resources', 'template'),
    MUNIM_DEMO: '1',
  };
  const ready = { line: /^listening (http:\/\/\S+)/, timeoutMs: SERVER_READY_MS };
  const server = await startUntilReady('sync-server', ['sync-server/main/main.ts'], env, ready);
  running.push(server.stop);
  return server.matched;
}

async function runElectron(path: string): Promise<void> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const desk = startChild(path, ['.', `--user-data-dir=${join(dataDir, 'electron')}`], { env });
  running.push(desk.stop);
  await desk.ended;
}

async function runInBrowser(serverUrl: string, demo: Demo): Promise<void> {
  const { startHeadlessDesk } = await import('../electron/composition/headless.ts');
  const dist = join(projectRoot, 'dist');
  const desk = await startHeadlessDesk({
    dataDir: join(dataDir, 'desk'),
    rendererDir: join(dist, 'loopback'),
    templateDir: join(dist, 'resources', 'template'),
  });
  running.push(() => desk.close());
  await joinGroup(desk.desk, serverUrl, demo);
  const window = options['no-open'] ? null : await openWindow(desk.url);
  if (window !== null && !(await endsAtOnce(window))) {
    running.push(window.stop);
    await window.ended;
    return;
  }
  console.log(`munim: open ${desk.url}`);
  console.log('munim: Ctrl+C ends the desk and the server');
  await new Promise<never>(() => {});
}

/** A browser that cannot run here (no sandbox in a container, a broken display) ends with an error within moments. */
const endsAtOnce = (window: Child): Promise<boolean> =>
  Promise.race([
    window.ended.then((code) => code !== 0),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), WINDOW_PROBE_MS)),
  ]);

/** A browser without tabs and address bar, with a profile of its own: closing it ends the desk as closing the program would. */
async function openWindow(url: string): Promise<Child | null> {
  const browser = hasDisplay() ? await findChromium() : null;
  if (browser === null) return null;
  const profile = `--user-data-dir=${join(dataDir, 'browser')}`;
  const args = [`--app=${url}`, profile, '--no-first-run', '--no-default-browser-check', ...chromiumArgs()];
  return startChild(browser, args, { stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  for (const port of [PREFERRED_PORT, 0]) {
    const probe = createServer();
    const free = await new Promise<number | null>((resolve) => {
      probe.once('error', () => resolve(null));
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address();
        resolve(address === null || typeof address === 'string' ? null : address.port);
      });
    });
    await new Promise((resolve) => probe.close(resolve));
    if (free !== null) return free;
  }
  throw new Error('No port is free on this machine.');
}

let stopping: Promise<void> | null = null;

/** Also when Ctrl+C is pressed twice, everything is ended once and in order. */
function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const stop of running.reverse()) {
      await stop().catch((problem: unknown) => console.error(problem));
    }
  })();
  return stopping;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stopAll().then(() => process.exit(0)));
}
try {
  await main();
} catch (problem) {
  console.error(`munim: ${problem instanceof Error ? problem.message : String(problem)}`);
  process.exitCode = 1;
} finally {
  await stopAll();
}
