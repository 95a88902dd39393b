// `node bench/screen/main.ts DIR ROWS`: the desk over the books in DIR as a person meets it, in a real browser: how its list of expenses
// scrolls and what all its processes weigh. One figure per line, as JSON.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadOurs } from '../ours.ts';
import type { Figure } from '../report.ts';
import { familyOf, sharedOutMiB } from './memory.ts';
import { furnishDesk, openBrowser, showExpenses, showPeer, startDesk } from './pages.ts';
import { type Scrolled, scrollList, ways } from './scroll.ts';

const [dir, rowsText] = process.argv.slice(2);
const rows = Number(rowsText);
if (dir === undefined || !Number.isSafeInteger(rows)) throw new Error('main.ts DIR ROWS');
const report = (figure: Figure): void => console.log(JSON.stringify(figure));

await loadOurs(dir, rows);
await furnishDesk(dir);
const ours = await measureDesk(dir);
const theirs = await measurePeer();

for (const [index, way] of ways.entries()) {
  const [mine, other] = [ours.scrolled[index], theirs.scrolled[index]];
  if (mine === undefined || other === undefined) continue;
  const name = (what: string): string => `scroll_${way}_${what}.${rows}`;
  const line = (what: string, unit: string, of: (seen: Scrolled) => number): void =>
    report({ metric: name(what), unit, value: of(mine), peer: 'bare react-virtual', peerValue: of(other) });
  line('frame_p95', 'ms', ({ frames }) => quantile(frames, 0.95));
  line('frames_over_17ms', '%', ({ frames }) => share(frames, 17.5));
  line('frames_over_33ms', '%', ({ frames }) => share(frames, 34));
  line('dropped_frames', '%', ({ dropped, drawn }) => (100 * dropped) / Math.max(1, dropped + drawn));
  line('row_wait_p50', 'ms', ({ waits }) => quantile(waits, 0.5));
  line('row_wait_p95', 'ms', ({ waits }) => quantile(waits, 0.95));
  line('row_wait_max', 'ms', ({ waits }) => quantile(waits, 1));
  line('rows_passed_unseen', '%', ({ neverShown, waits }) => (100 * neverShown) / Math.max(1, waits.length));
}
// Only Linux tells what processes hold without counting twice what they share.
if (process.platform === 'linux') await reportMemory();

async function reportMemory(): Promise<void> {
  const node = await bareNode();
  const memory = (part: string, value: number, peer: string, peerValue: number): void =>
    report({ metric: `memory_${part}.${rows}`, unit: 'MiB', value, peer, peerValue });
  memory('of_host_process', ours.host, 'bare Node', node);
  memory('of_ledger_process', ours.ledger, 'bare Node', node);
  memory('of_browser_processes', ours.browser, 'Chromium with an empty page', theirs.browser);
  const all = ours.host + ours.ledger + ours.browser;
  memory('of_all_processes', all, 'Chromium with an empty page', theirs.browser);
}

async function measureDesk(books: string) {
  const desk = await startDesk(books);
  const browser = await openBrowser();
  try {
    const { page } = browser;
    await showExpenses(page, desk.address);
    await page.waitForFunction((least) => {
      return Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')) > least;
    }, rows);
    // Before the scrolling: its tracing takes memory of its own.
    await page.waitForTimeout(2_000);
    const [host = 0, ...below] = familyOf(desk.pid);
    const memory = {
      host: sharedOutMiB([host]),
      ledger: sharedOutMiB(below),
      browser: sharedOutMiB(familyOf(browser.pid)),
    };
    const scrolled: Scrolled[] = [];
    for (const way of ways) scrolled.push(await scrollList(page, way));
    return { scrolled, ...memory };
  } finally {
    await browser.close();
    await desk.stop();
  }
}

async function measurePeer() {
  const browser = await openBrowser();
  try {
    const empty = sharedOutMiB(familyOf(browser.pid));
    const remove = await showPeer(browser.page, rows);
    const scrolled: Scrolled[] = [];
    for (const way of ways) scrolled.push(await scrollList(browser.page, way));
    remove();
    return { scrolled, browser: empty };
  } finally {
    await browser.close();
  }
}

/** What Node itself takes before it has done anything. */
async function bareNode(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1e6)'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const held = sharedOutMiB([child.pid ?? 0]);
  child.kill();
  return held;
}

function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0;
}

function share(frames: readonly number[], overMs: number): number {
  return (100 * frames.filter((ms) => ms > overMs).length) / Math.max(1, frames.length);
}
