// npm run bench [-- --rows 100000|1000000] [--json]: Munim against better-sqlite3 doing the same work on the same rows in the same run,
// each side in its own process, in turns, medians. `.data/bench` keeps the filled books between runs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importBoth, saveBoth } from './changes.ts';
import { loadOurs, type OurBooks, openOurs } from './ours.ts';
import { type Peer, startPeer } from './peer-process.ts';
import { questions } from './questions.ts';
import { type Figure, median, type Report, reporter } from './report.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, rows: { type: 'string' }, fresh: { type: 'boolean' } },
});
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const report = reporter(values.json === true);
const sizes = values.rows === undefined ? [100_000, 1_000_000] : [Number(values.rows)];
/** The screens are looked at over so many rows; a filled desk of a college has fewer. */
const screenRowsMax = 100_000;
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

for (const rows of sizes) {
  if (!Number.isSafeInteger(rows) || rows < 1_000) throw new Error('--rows is a whole number from 1000');
  await measure(rows);
}

async function measure(rows: number): Promise<void> {
  const dir = path.join(root, '.data', 'bench', String(rows));
  if (values.fresh === true) rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'peer.sqlite');
  const isNew = !existsSync(file);
  const peer = startPeer(file);
  if (isNew) {
    say(`filling both sides with ${rows} expenses`);
    await peer.ask({ op: 'load', count: rows });
    await loadOurs(dir, rows);
  }
  startTimes(dir, rows);
  if (rows <= screenRowsMax) screen(dir, rows);
  await lists(dir, rows, peer);
  await peer.close();
}

/** Fresh processes, in turns: everything the desk does before its first page against the bare database on the same directory. */
function startTimes(dir: string, rows: number): void {
  const once = (mode: 'desk' | 'bare'): { ms: number; rssBytes: number } => {
    const ran = spawnSync(process.execPath, [path.join(root, 'bench', 'start-once.ts'), mode, dir], {
      encoding: 'utf8',
    });
    if (ran.status !== 0) throw new Error(`start (${mode}) failed: ${ran.stderr}`);
    return JSON.parse(ran.stdout) as { ms: number; rssBytes: number };
  };
  const [desk, bare] = [[], []] as { ms: number; rssBytes: number }[][];
  for (let round = 0; round < 5; round += 1) {
    // The bare opening leaves the books as after a crash, which the desk would check; it is to be measured after a day's orderly end.
    once('desk');
    desk?.push(once('desk'));
    bare?.push(once('bare'));
  }
  const mid = (runs: { ms: number; rssBytes: number }[] | undefined, key: 'ms' | 'rssBytes') =>
    median((runs ?? []).map((run) => run[key]));
  report({
    metric: `start_to_first_page.${rows}`,
    unit: 'ms',
    value: mid(desk, 'ms'),
    peer: 'bare PGlite',
    peerValue: mid(bare, 'ms'),
  });
  report({
    metric: `memory_after_start.${rows}`,
    unit: 'MiB',
    value: mid(desk, 'rssBytes') / 2 ** 20,
    peer: 'bare PGlite',
    peerValue: mid(bare, 'rssBytes') / 2 ** 20,
  });
}

/** The desk with its window, in processes of its own. */
function screen(dir: string, rows: number): void {
  say('scrolling through the list in a browser');
  const ran = spawnSync(process.execPath, [path.join(root, 'bench', 'screen', 'main.ts'), dir, String(rows)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (ran.status !== 0) throw new Error('the screens could not be measured (see above)');
  for (const line of ran.stdout.split('\n')) if (line.startsWith('{')) report(JSON.parse(line) as Figure);
}

/** V8 compiles the database to its final form while it runs; a desk that is open all day is measured after that, not during it. */
async function warmUp(ours: OurBooks, peer: Peer, rows: number): Promise<void> {
  const [firstPage] = questions(rows);
  for (let round = 0; firstPage && round < 200; round += 1) {
    await firstPage.ours(ours.db);
    await peer.ask(firstPage.peer);
  }
}

async function lists(dir: string, rows: number, peer: Peer): Promise<void> {
  const ours = await openOurs(dir);
  await warmUp(ours, peer, rows);
  for (const { metric, ours: ask, peer: request, sameRows } of questions(rows)) {
    const [mine, theirs]: [number[], number[]] = [[], []];
    // The first two rounds only warm both sides.
    for (let round = 0; round < 13; round += 1) {
      const begun = performance.now();
      const answer = await ask(ours.db);
      const ms = performance.now() - begun;
      const other = await peer.ask(request);
      if (sameRows && (answer as unknown[]).length !== other.rows)
        throw new Error(`${metric}: the two sides did different work`);
      if (round >= 2) {
        mine.push(ms);
        theirs.push(other.ms);
      }
    }
    figure(report, `${metric}.${rows}`, mine, theirs);
  }
  const saved = await saveBoth(ours, peer, 200);
  figure(report, `durable_save.${rows}`, saved.ours, saved.peer);
  const imported = await importBoth(ours, peer, 20_000);
  figure(report, `import_20000_rows.${rows}`, [imported.ours], [imported.peer.ms]);
  report({
    metric: `memory_of_books_process.${rows}`,
    unit: 'MiB',
    value: process.memoryUsage().rss / 2 ** 20,
    peer: 'better-sqlite3',
    peerValue: imported.peer.rssBytes / 2 ** 20,
  });
  await ours.engine.close();
}

function figure(to: Report, metric: string, mine: readonly number[], theirs: readonly number[]): void {
  to({ metric, unit: 'ms', value: median(mine), peer: 'better-sqlite3', peerValue: median(theirs) });
}
