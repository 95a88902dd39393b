import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type ChildArguments, Life } from './child.ts';

export interface FaultOptions {
  readonly folder: string;
  readonly template: string;
  /** At which host fsync the disk begins to fail. */
  readonly fsyncCalls?: readonly number[];
  /** After how many bytes the disk is full. */
  readonly diskBytes?: readonly number[];
}

export interface FaultReport {
  /** What was shown, one line each. */
  readonly shown: string[];
  readonly problems: string[];
}

type Check = (met: boolean, what: string) => void;

const count = (file: string): number => fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).length;

/** Two processes on one directory, a failing fsync, a full disk: a clear refusal, and nothing acknowledged is gone. */
export async function faultRounds(options: FaultOptions): Promise<FaultReport> {
  const report: FaultReport = { shown: [], problems: [] };
  const check: Check = (met, what) => void (met ? report.shown : report.problems).push(what);
  await twoProcesses(options, check);
  await fsyncError(options, check);
  await injectedFullDisk(options, check);
  await realFullDisk(options, check, (line) => report.shown.push(line));
  return report;
}

function argumentsFor(options: FaultOptions, scenario: string, name: string, extra = ''): ChildArguments {
  const dir = path.join(options.folder, name);
  return { scenario, dir, acknowledgedFile: `${dir}.acknowledged`, template: options.template, extra };
}

async function mustBeSound(args: ChildArguments, check: Check, what: string): Promise<void> {
  const life = new Life({ ...args, scenario: 'verify' });
  await life.ended;
  const isSound = life.problems().length === 0 && (await life.until('sound')) !== null;
  check(isSound, isSound ? what : `${what}: NO: ${life.lines.join('; ')}`);
}

async function twoProcesses(options: FaultOptions, check: Check): Promise<void> {
  const args = argumentsFor(options, 'save', 'two');
  const first = new Life(args);
  await first.until('sound');
  const link = path.join(options.folder, 'two-by-another-name');
  fs.symlinkSync(args.dir, link);
  for (const dir of [args.dir, link]) {
    const second = new Life({ ...args, dir, acknowledgedFile: `${args.dir}.second` });
    const line = await second.until('refused');
    await second.ended;
    check(line?.includes('ENGINE_LOCKED') === true, `a second process is refused (${line})`);
  }
  await first.kill();
  await mustBeSound(args, check, `two processes: all ${count(args.acknowledgedFile)} acknowledged entries are there`);
}

async function fsyncError(options: FaultOptions, check: Check): Promise<void> {
  // The first syncs belong to the opening; a failure must be clean there too.
  for (const call of options.fsyncCalls ?? [3, 20, 200]) {
    const args = argumentsFor(options, 'fsync-error', `fsync-${call}`, String(call));
    await mustBeSound(args, check, 'books made');
    const life = new Life(args);
    await life.ended;
    const last = life.lines.at(-1) ?? '';
    check(/^(poisoned|refused ENGINE_)/.test(last), `fsync error at call ${call} ends the process (${last})`);
    await mustBeSound(args, check, `fsync error: all ${count(args.acknowledgedFile)} acknowledged entries are there`);
  }
}

async function injectedFullDisk(options: FaultOptions, check: Check): Promise<void> {
  for (const bytes of options.diskBytes ?? [200_000, 2_000_000, 60_000_000]) {
    const args = argumentsFor(options, 'disk-error', `full-${bytes}`, String(bytes));
    const life = new Life(args);
    await life.ended;
    const last = life.lines.findLast((line) => /^(poisoned|refused)/.test(line)) ?? '';
    check(
      /ENGINE_DISK_FULL|No space left/.test(last),
      `a disk full after ${bytes} bytes ends it with a reason (${last})`,
    );
    await mustBeSound(args, check, `disk full: all ${count(args.acknowledgedFile)} acknowledged entries are there`);
  }
}

const MiB = 1024 * 1024;

/** A real small disk, where this user may mount one. */
async function realFullDisk(options: FaultOptions, check: Check, tell: (line: string) => void): Promise<void> {
  const mount = path.join(options.folder, 'small-disk');
  fs.mkdirSync(mount);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=220m', 'tmpfs', mount], { stdio: 'ignore' });
  } catch {
    tell('no small disk can be mounted here: only the injected full disk was shown');
    return;
  }
  try {
    const args = argumentsFor({ ...options, folder: mount }, 'import', 'books');
    await mustBeSound(args, check, 'books made on a small disk');
    const stats = fs.statfsSync(mount);
    const filler = path.join(mount, 'filler');
    fs.writeFileSync(filler, Buffer.alloc(Math.max(0, stats.bavail * stats.bsize - 30 * MiB)));
    const life = new Life(args);
    await life.ended;
    const last = life.lines.findLast((line) => /^(poisoned|refused)/.test(line)) ?? '';
    check(/ENGINE_DISK_FULL|No space left/.test(last), `a really full disk ends it with a reason (${last})`);
    const acknowledged = count(args.acknowledgedFile);
    check(acknowledged > 0, `${acknowledged} acknowledged before the disk was full`);
    const whileFull = new Life({ ...args, scenario: 'verify' });
    await whileFull.ended;
    const answer = whileFull.lines.find((line) => /^(sound|refused)/.test(line)) ?? '';
    check(/^sound|^refused ENGINE_DISK_FULL/.test(answer), `opened while full: ${answer}`);
    fs.rmSync(filler);
    await mustBeSound(args, check, `after space returned: all ${acknowledged} acknowledged are there`);
  } finally {
    execFileSync('umount', [mount], { stdio: 'ignore' });
  }
}
