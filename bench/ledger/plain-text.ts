import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { codeInJournal } from './journal.ts';

/** What is asked of a program that reads the whole journal every time: no page, no kept sum, one answer. Days are inclusive. */
export type JournalQuestion =
  | { readonly ask: 'balances'; readonly from?: string; readonly to: string; readonly nominalOnly?: boolean }
  | { readonly ask: 'lines'; readonly account: string; readonly from: string; readonly to: string }
  | { readonly ask: 'search'; readonly word: string };

export interface JournalRun {
  readonly ms: number;
  /** The most that the process held in memory at once; 0 where the system does not say. */
  readonly peakBytes: number;
  readonly text: string;
}

export interface JournalProgram {
  readonly name: 'hledger' | 'ledger';
  run(file: string, question: JournalQuestion): Promise<JournalRun>;
  /** The answer to `balances`: paise by account, debit positive. */
  balances(text: string): ReadonlyMap<string, bigint>;
}

const nominal = ['^Income', '^Expenses'];
const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

const programs: readonly JournalProgram[] = [
  {
    name: 'hledger',
    run: (file, question) => timed('hledger', ['-f', file, ...hledgerWords(question)]),
    balances: (text) => new Map(text.split('\n').slice(1).filter(Boolean).map(hledgerBalance)),
  },
  {
    name: 'ledger',
    run: (file, question) => timed('ledger', ['-f', file, ...ledgerWords(question)]),
    balances: (text) =>
      new Map(
        text
          .split('\n')
          .filter(Boolean)
          .map((line) => {
            const [account = '', amount = ''] = line.split('\t');
            return [codeInJournal(account), paiseOf(amount)];
          }),
      ),
  },
];

function hledgerWords(question: JournalQuestion): readonly string[] {
  if (question.ask === 'search') return ['register', `desc:${question.word}`];
  const period = periodWords(question);
  if (question.ask === 'lines') return ['register', question.account, ...period];
  const only = question.nominalOnly === true ? nominal : [];
  return ['balance', '--flat', '--no-total', '--empty', '--output-format', 'csv', ...period, ...only];
}

function ledgerWords(question: JournalQuestion): readonly string[] {
  if (question.ask === 'search') return ['register', 'expr', `payee =~ /${question.word}/`];
  const period = periodWords(question);
  if (question.ask === 'lines') return ['register', question.account, ...period];
  const only = question.nominalOnly === true ? nominal : [];
  const format = '%(account)\t%(quantity(scrub(display_total)))\n';
  return ['balance', '--flat', '--no-total', '--empty', '--format', format, ...period, ...only];
}

const periodWords = ({ from, to }: { readonly from?: string; readonly to: string }): readonly string[] => [
  ...(from === undefined ? [] : ['--begin', from]),
  '--end',
  dayAfter(to),
];

function hledgerBalance(line: string): readonly [string, bigint] {
  const [, account = '', amount = ''] = /^"([^"]*)","(?:INR )?([^"]*)"/.exec(line) ?? [];
  return [codeInJournal(account), paiseOf(amount)];
}

/** Rupees with at most two decimals. @throws when it is anything else */
function paiseOf(amount: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  if (whole === undefined) throw new Error(`not an amount: ${JSON.stringify(amount)}`);
  const paise = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return sign === '-' ? -paise : paise;
}

/** From the start of the process until its last byte was read. Its high-water mark of memory only rises, so it is looked at until the end. */
async function timed(program: string, args: readonly string[]): Promise<JournalRun> {
  const begun = performance.now();
  // hledger reads nothing but ASCII where the locale says nothing, and journals have Hindi names.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, highWater(child.pid));
  }, 10);
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(watch));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`);
  return { ms: performance.now() - begun, peakBytes, text: Buffer.concat(parts).toString('utf8') };
}

function highWater(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

const isHere = (name: string): boolean => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;

/** Those of hledger and ledger that this machine has. */
export const journalProgramsHere = (): readonly JournalProgram[] => programs.filter(({ name }) => isHere(name));

/** The same after installing what is missing, where this is a Debian that lets us; otherwise says what is left out. */
export function journalPrograms(say: (line: string) => void): readonly JournalProgram[] {
  const missing = programs.map(({ name }) => name).filter((name) => !isHere(name));
  if (missing.length > 0 && process.getuid?.() === 0) {
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  for (const name of missing.filter((one) => !isHere(one))) {
    say(
      `${name} is not installed and could not be: its figures and its proof are left out (Debian: apt-get install ${name})`,
    );
  }
  return journalProgramsHere();
}
