/// <reference types="node" />
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { contentHeaders } from '../../electron/host/content-policy.ts';
import { resolveServed } from '../../electron/host/served-files.ts';
import { chromiumArgs } from '../../tools/chromium.ts';
import { pdfParts } from '../../tools/pdf-parts.ts';
import { projectRoot } from '../../tools/run.ts';

export interface PageOptions {
  /** `?rows=…&phase=…&role=…` of testing/page.tsx. */
  readonly query?: string;
  /** Where the application stands, such as `/expenses/new`. */
  readonly path?: string;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'hi';
  readonly size?: readonly [number, number];
  /** What the desk answers from the start, by channel, as canonical text. */
  readonly answers?: string;
}

export interface Screens {
  open(options?: PageOptions): Promise<Page>;
  /** The page of the window for secrets; `prepare` runs in it before its own code. */
  openSecret(prepare: (page: Page) => Promise<void>, options?: PageOptions): Promise<Page>;
  /** What the browser complained about since the last call: refused styles and scripts, faults of the page. */
  complaints(): string[];
  close(): Promise<void>;
}

/** The built screens over books in memory, served under the real content policy, in a real Chromium. */
export async function startScreens(): Promise<Screens> {
  const folder = mkdtempSync(join(tmpdir(), 'munim-screens-'));
  await build({
    configFile: false,
    root: join(projectRoot, 'renderer'),
    publicDir: false,
    logLevel: 'error',
    plugins: [react(), pdfParts()],
    define: { __LOOPBACK__: 'true' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome150',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: ['testing/page.html', 'secret.html'].map((page) => join(projectRoot, 'renderer', page)),
      },
    },
  });
  const server = createServer((request, response) => {
    const file = resolveServed(folder, (request.url ?? '/').split('?')[0] ?? '/');
    try {
      const body = file === null ? null : readFileSync(file.path);
      response.writeHead(body === null ? 404 : 200, {
        ...contentHeaders(),
        'Content-Type': file?.mime ?? 'text/plain',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const browser: Browser = await chromium.launch({
    executablePath: process.env.MUNIM_CHROMIUM ?? '',
    args: chromiumArgs(),
  });
  let heard: string[] = [];

  const newPage = async (theme: 'light' | 'dark', [width, height]: readonly [number, number]): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
    const page = await context.newPage();
    page.on('console', (message) => {
      const about = message.text();
      // The browser asks for a favicon by itself.
      if (message.type() === 'error' && !about.includes('404')) heard.push(about);
    });
    page.on('pageerror', (fault) => heard.push(fault.message));
    return page;
  };

  return {
    openSecret: async (prepare, { theme = 'light', size } = {}) => {
      const page = await newPage(theme, size ?? [560, 480]);
      await prepare(page);
      await page.goto(`http://127.0.0.1:${address.port}/secret.html`);
      await page.locator('main').waitFor();
      return page;
    },
    open: async ({ query = '', path = '', theme = 'light', language = 'en', size, answers } = {}) => {
      const page = await newPage(theme, size ?? [1366, 768]);
      await page.addInitScript((chosen) => window.localStorage.setItem('munim-language', chosen), language);
      if (answers !== undefined) {
        await page.addInitScript((given) => {
          window.preparedAnswers = given;
        }, answers);
      }
      await page.goto(`http://127.0.0.1:${address.port}/testing/page.html${query}#${path}`);
      await page.locator('main').waitFor();
      return page;
    },
    complaints: () => {
      const all = heard;
      heard = [];
      return all;
    },
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface AxeAnswer {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe finds wrong, as `rule: element` lines. It is put in through the debugger, since the policy lets no page do so. */
export async function axeProblems(page: Page): Promise<string[]> {
  const source = readFileSync(join(projectRoot, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
  const debug = await page.context().newCDPSession(page);
  const { result } = await debug.send('Runtime.evaluate', {
    expression: `${source}; axe.run().then((answer) => JSON.stringify(answer))`,
    awaitPromise: true,
  });
  const answer = JSON.parse(String(result.value)) as AxeAnswer;
  return answer.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
