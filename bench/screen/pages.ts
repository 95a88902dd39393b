import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build as viteBuild } from 'vite';
import { hashPassword } from '../../electron/adapters/password-hash.ts';
import { PeopleStore } from '../../electron/adapters/pglite/people-store.ts';
import { build } from '../../tools/build.ts';
import { chromiumArgs, chromiumPath } from '../../tools/chromium.ts';
import { projectRoot } from '../../tools/run.ts';
import { benchCollegeId, benchPersonId } from '../data.mjs';
import { openOurs } from '../ours.ts';

const email = 'asha@bench.example';
const password = 'only for the benchmarks';
/** Nothing listens there: the desk works offline, as its books say it was once joined to a server. */
const nowhere = 'http://127.0.0.1:9';

/** The desk of the benchmarks is enrolled and knows its accountant, so that she can sign in without a server. */
export async function furnishDesk(dir: string): Promise<void> {
  const { engine, db } = await openOurs(dir);
  // The journal of this desk begins when the desk starts.
  const people = new PeopleStore(db);
  const device = {
    id: '01890000-0000-7000-8000-0000000000dd',
    name: 'Accounts PC',
    formerIds: [],
    serverUrl: nowhere,
    serverName: 'none',
    demonstration: false,
    enrolledAt: 1,
    colleges: [{ id: benchCollegeId, code: 'BENCH', name: 'College of the benchmarks' }],
  };
  await people.setDevice(device, undefined);
  await people.remember({ id: benchPersonId, email, passwordHash: await hashPassword(password), at: Date.now() });
  await engine.close();
}

export interface RunningDesk {
  readonly pid: number;
  readonly address: string;
  stop(): Promise<void>;
}

/** The desk with its ledger process, served to a browser of this machine. */
export async function startDesk(dir: string): Promise<RunningDesk> {
  await build('loopback', true);
  const entry = path.join(projectRoot, 'electron', 'composition', 'headless-main.ts');
  const child = spawn(process.execPath, [entry, '--data', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = /^desk (http\S+)/.exec(line)?.[1];
      if (said !== undefined) resolve(said);
    });
    void ended.then(([code]) => reject(new Error(`the desk ended with ${code}`)));
  });
  return {
    pid: child.pid ?? 0,
    address,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Signs in and shows the expenses of all years. */
export async function showExpenses(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByLabel('Password').waitFor({ state: 'detached' });
  await page.evaluate(() => {
    location.hash = '/expenses';
  });
  // The list takes the focus when it comes, which would close the filter again. The present year may have nothing to show.
  await page.locator('[role="row"][aria-rowindex="2"], .empty').first().waitFor();
  await page.getByRole('button', { name: 'Bill date' }).first().click();
  await page.getByLabel('From').fill('01-04-2023');
  await page.getByLabel('Up to').fill('31-12-2026');
  await page.keyboard.press('Escape');
}

/** Builds the peer's page and shows it. @returns the function that removes it */
export async function showPeer(page: Page, rows: number): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'munim-peer-'));
  const built = await viteBuild({
    configFile: false,
    root: path.join(projectRoot, 'bench', 'screen'),
    publicDir: false,
    logLevel: 'error',
    plugins: [react()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      lib: { entry: 'peer-list.tsx', formats: ['iife'], name: 'peer', fileName: () => 'peer-list.js' },
    },
  });
  if (!Array.isArray(built)) throw new Error('the page of the peer was not built');
  const file = path.join(folder, 'index.html');
  writeFileSync(file, '<!doctype html><div id="root"></div><script src="peer-list.js"></script>');
  await page.goto(`${pathToFileURL(file).href}?rows=${rows}`);
  return () => rmSync(folder, { recursive: true, force: true });
}

export interface OpenBrowser {
  readonly pid: number;
  readonly page: Page;
  close(): Promise<void>;
}

/** A browser of its own with one empty page of the size offices have. */
export async function openBrowser(): Promise<OpenBrowser> {
  const server = await chromium.launchServer({ executablePath: await chromiumPath(), args: chromiumArgs() });
  const browser: Browser = await chromium.connect(server.wsEndpoint());
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  return { pid: server.process().pid ?? 0, page, close: () => server.close() };
}
