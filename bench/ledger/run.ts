// npm run bench:ledger [-- --lines 10000,100000,1000000] [--json] [--fresh]: the reports, the search and the saving of vouchers over a
// college's ledger, against better-sqlite3 and, where they are installed, hledger and ledger, on the same ledger in the same run.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type OurBooks, openOurs } from '../ours.ts';
import { type Peer, startPeer } from '../peer-process.ts';
import { median, reporter } from '../report.ts';
import { lastDay } from './data.mjs';
import { writeJournal } from './journal.ts';
import { loadLedger } from './ours.ts';
import { type JournalProgram, type JournalQuestion, journalPrograms } from './plain-text.ts';
import { proveTrialBalance } from './proof.ts';
import { type LedgerQuestion, ledgerFacts, ledgerQuestions, midMonth, monthEnd } from './questions.ts';
import { saveBoth, saveVoucher } from './saves.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, lines: { type: 'string' }, fresh: { type: 'boolean' } },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
const report = reporter(values.json === true);
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const sizes = (values.lines ?? '10000,100000,1000000').split(',').map(Number);
const [warmRounds, rounds, saves] = [2, 11, 200];
const journalRounds = 3;
/** hledger takes most of a minute for each answer over this many lines; it is asked once there. */
const slowFrom = 500_000;
const programs = journalPrograms(say);

for (const lines of sizes) {
  if (!Number.isSafeInteger(lines) || lines < 1_000) throw new Error('--lines is a whole number from 1000');
  await measure(lines);
}
const [smallest, largest] = [sizes[0], sizes.at(-1)];
if (smallest !== undefined && largest !== undefined && smallest !== largest) await growth(smallest, largest);

function folderOf(lines: number): string {
  return path.join(root, '.data', 'bench-ledger', String(lines));
}

async function measure(lines: number): Promise<void> {
  const dir = folderOf(lines);
  if (values.fresh === true) rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const [file, journal] = [path.join(dir, 'peer.sqlite'), path.join(dir, 'ledger.journal')];
  if (!existsSync(path.join(dir, 'books'))) say(`filling all sides with ${lines} lines`);
  await loadLedger(dir, lines);
  if (!existsSync(journal)) writeJournal(journal, lines);
  const isNew = !existsSync(file);
  const peer = startPeer(file, fileURLToPath(new URL('peer.mjs', import.meta.url)));
  if (isNew) await peer.ask({ op: 'load', count: lines });
  const ours = await openOurs(dir);
  const questions = ledgerQuestions(await ledgerFacts(ours.db));
  await warmUp(ours, questions);
  for (const program of programs) await prove(ours, program, journal, lines);
  for (const question of questions) await answer(question, lines, ours, peer, journal);
  const saved = await saveBoth(ours, peer, saves);
  const { rssBytes } = await peer.ask({ op: 'search', words: ['zzqqyx'], limit: 1 });
  sqlite(`durable_save.${lines}`, saved.ours, saved.peer);
  const [mine, theirs] = [process.memoryUsage().rss / 2 ** 20, rssBytes / 2 ** 20];
  report({
    metric: `memory_of_books_process.${lines}`,
    unit: 'MiB',
    value: mine,
    peer: 'better-sqlite3',
    peerValue: theirs,
  });
  await ours.engine.close();
  await peer.close();
}

/** V8 compiles the database to its final form while it runs; a desk that is open all day is measured after that, not during it. */
async function warmUp({ db }: OurBooks, questions: readonly LedgerQuestion[]): Promise<void> {
  for (let round = 0; round < 30; round += 1) for (const { ours } of questions) await ours(db);
}

async function prove({ db }: OurBooks, program: JournalProgram, journal: string, lines: number): Promise<void> {
  for (const day of lines < slowFrom ? [monthEnd, midMonth, lastDay] : [midMonth]) {
    const { accounts, differences } = await proveTrialBalance(db, program, journal, day);
    for (const { account, ours, theirs } of differences) {
      say(`${program.name}, ${day}, account ${account}: ours ${ours} paise, theirs ${theirs}`);
    }
    if (differences.length > 0) throw new Error(`the trial balance is not that of ${program.name}`);
    say(
      `proved: the trial balance of ${lines} lines as at ${day} is that of ${program.name} to the paisa (${accounts} accounts)`,
    );
  }
}

async function answer(
  question: LedgerQuestion,
  lines: number,
  ours: OurBooks,
  peer: Peer,
  journal: string,
): Promise<void> {
  const metric = `${question.metric}.${lines}`;
  const [mine, theirs]: [number[], number[]] = [[], []];
  const plain = new Map(programs.map(({ name }) => [name, { ms: [] as number[], peakBytes: [] as number[] }]));
  const plainRounds = lines < slowFrom ? journalRounds : 1;
  for (let round = 0; round < warmRounds + rounds; round += 1) {
    const begun = performance.now();
    const found = await question.ours(ours.db);
    const ms = performance.now() - begun;
    const other = question.peer === null ? null : await peer.ask(question.peer);
    if (found !== null && other !== null && found !== other.rows) {
      throw new Error(`${metric}: ${found} rows here, ${other.rows} there`);
    }
    if (round < warmRounds) continue;
    mine.push(ms);
    if (other !== null) theirs.push(other.ms);
    if (question.journal !== null && round < warmRounds + plainRounds) await ask(question.journal, journal, plain);
  }
  if (question.peer === null) report({ metric, unit: 'ms', value: median(mine), peer: 'none', peerValue: 0 });
  else sqlite(metric, mine, theirs);
  for (const [name, { ms, peakBytes }] of plain) {
    if (ms.length === 0) continue;
    report({ metric, unit: 'ms', value: median(mine), peer: name, peerValue: median(ms) });
    if (question.metric !== 'trial_balance_month_end') continue;
    const [value, peerValue] = [process.memoryUsage().rss / 2 ** 20, median(peakBytes) / 2 ** 20];
    report({ metric: `memory_of_trial_balance.${lines}`, unit: 'MiB', value, peer: name, peerValue });
  }
}

async function ask(
  question: JournalQuestion,
  journal: string,
  into: ReadonlyMap<string, { readonly ms: number[]; readonly peakBytes: number[] }>,
): Promise<void> {
  for (const program of programs) {
    const { ms, peakBytes } = await program.run(journal, question);
    into.get(program.name)?.ms.push(ms);
    into.get(program.name)?.peakBytes.push(peakBytes);
  }
}

function sqlite(metric: string, mine: readonly number[], theirs: readonly number[]): void {
  report({ metric, unit: 'ms', value: median(mine), peer: 'better-sqlite3', peerValue: median(theirs) });
}

/** The same questions of the smallest and the largest books in turns, so that what else the machine does meets both alike. */
async function growth(small: number, large: number): Promise<void> {
  const [few, many] = [await openOurs(folderOf(small)), await openOurs(folderOf(large))];
  const [easy, hard] = [ledgerQuestions(await ledgerFacts(few.db)), ledgerQuestions(await ledgerFacts(many.db))];
  await warmUp(few, easy);
  await warmUp(many, hard);
  const peer = `Munim, ${small} lines`;
  for (const [index, { metric, ours }] of hard.entries()) {
    const [value, peerValue] = await inTurns(
      warmRounds + rounds,
      () => ours(many.db),
      async () => easy[index]?.ours(few.db),
    );
    report({ metric: `growth_of_${metric}.${large}`, unit: 'ms', value, peer, peerValue });
  }
  let round = 0;
  const save = (books: OurBooks) => async () => {
    round += 1;
    await saveVoucher(books, round);
  };
  const [value, peerValue] = await inTurns(saves, save(many), save(few));
  report({ metric: `growth_of_durable_save.${large}`, unit: 'ms', value, peer, peerValue });
  await few.engine.close();
  await many.engine.close();
}

async function inTurns(
  times: number,
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
): Promise<readonly [number, number]> {
  const [first, second]: [number[], number[]] = [[], []];
  for (let round = 0; round < times; round += 1) {
    for (const [run, into] of [
      [one, first],
      [other, second],
    ] as const) {
      const begun = performance.now();
      await run();
      into.push(performance.now() - begun);
    }
  }
  return [median(first.slice(warmRounds)), median(second.slice(warmRounds))];
}
