import fs from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import type { Engine } from '../../shared/engine/engine.ts';
import { migrateEngine } from '../../shared/engine/migrate.ts';
import { openEngine } from '../../shared/engine/open.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import {
  countApplied,
  createJournal,
  findFaults,
  importBatch,
  loadAnew,
  readAcknowledged,
  saveEntry,
} from './journal.ts';
import { startRecording } from './recorder.ts';

/**
 * The process that is killed. Arguments: scenario, data directory, file of acknowledgements, template (or `-`).
 * It opens the books, compares them with every earlier acknowledgement, says `sound`, then works until it dies.
 * Everything it says is written at once, so that an acknowledgement cannot be lost between here and the parent.
 */
const [scenario = '', dir = '', acknowledgedFile = '', template = '-', extra = ''] = process.argv.slice(2);

const say = (line: string): void => void fs.writeSync(1, `${line}\n`);

/** An fsync that fails as a dying disk would, from the given call on. */
function breakFsync(fromCall: number): void {
  const real = fs.fsyncSync;
  let calls = 0;
  fs.fsyncSync = (fd) => {
    calls += 1;
    if (calls >= fromCall) throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO', errno: -5 });
    real(fd);
  };
}

/** A disk that takes so many bytes and no more. */
function fillDiskAfter(bytes: number): void {
  const real = fs.writeSync as (...args: unknown[]) => number;
  let left = bytes;
  Object.assign(fs, {
    writeSync: (...args: unknown[]): number => {
      const [fd, data] = args;
      const size = data instanceof Uint8Array ? Number(args[3] ?? data.length) : 0;
      if (fd !== 1 && fd !== 2) left -= size;
      if (left < 0 && fd !== 1 && fd !== 2) {
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
      }
      return real(...args);
    },
  });
}

function dieHard(reason: string): void {
  say(`poisoned ${reason}`);
  process.kill(process.pid, 'SIGKILL');
}

async function open(): Promise<Engine> {
  // The torture must also run on a small test disk, so it asks for less room than the desk does.
  const diskLimits = { freeMinBytes: 8 << 20, ballastBytes: 24 << 20, openMinBytes: 20 << 20 };
  return openEngine({ dir, templateDir: template === '-' ? undefined : template, onPoison: dieHard, diskLimits });
}

async function phase(name: string, run: () => Promise<unknown>): Promise<void> {
  say(`phase ${name}`);
  await run();
  say('phase none');
}

async function save(engine: Engine): Promise<void> {
  say(`entry ${await saveEntry(engine)}`);
}

let steps = 0;
/** Writes a migrations folder one step longer than what is applied, and applies it. */
async function migrateOnce(engine: Engine): Promise<void> {
  const folder = `${dir}.migrations`;
  fs.mkdirSync(path.join(folder, 'meta'), { recursive: true });
  const count = (await countApplied(engine)) + 1;
  const entries = Array.from({ length: count }, (_, idx) => {
    const tag = `step-${idx}`;
    const sql = `alter table entry add column m${idx} int;--> statement-breakpoint\nupdate entry set m${idx} = length(note);`;
    fs.writeFileSync(path.join(folder, `${tag}.sql`), sql);
    return { idx, version: '7', when: idx + 1, tag, breakpoints: true };
  });
  fs.writeFileSync(path.join(folder, 'meta', '_journal.json'), JSON.stringify({ version: '7', entries }));
  await migrateEngine(engine, { migrationsDir: folder, backupsDir: `${dir}.backups`, keep: 1 });
}

const work: Record<string, (engine: Engine) => Promise<void>> = {
  save: (engine) => phase('save', () => save(engine)),
  import: async (engine) => {
    await phase('import', async () => say(`batch ${await importBatch(engine)}`));
    await save(engine);
  },
  load: async (engine) => {
    await phase('load', async () => say(`load ${await loadAnew(engine)}`));
    await save(engine);
  },
  checkpoint: async (engine) => {
    for (let i = 0; i < 5; i++) await save(engine);
    await phase('checkpoint', () => engine.housekeeping.checkpoint());
  },
  index: async (engine) => {
    await save(engine);
    await importBatch(engine).then((batch) => say(`batch ${batch}`));
    await phase('index', async () => {
      await engine.pg.exec('create index if not exists by_note on imported using gin (note gin_trgm_ops)');
      await engine.pg.exec('create index if not exists by_text on imported (note)');
    });
    await engine.pg.exec('drop index by_note; drop index by_text');
  },
  vacuum: async (engine) => {
    await save(engine);
    await engine.pg.exec('update entry set note = note || $$.$$');
    await phase('vacuum', () => engine.pg.exec('vacuum full'));
  },
  migration: async (engine) => {
    await save(engine);
    await phase('migration', () => migrateOnce(engine));
    steps += 1;
    // A few are enough for one life; afterwards only saves, until the kill.
    while (steps >= 3) await save(engine);
  },
};

/** A short life full of every kind of write, with everything recorded that reaches the disk. After a first start one round is enough. */
async function record(rounds: number): Promise<void> {
  const recording = startRecording(path.dirname(dir));
  const engine = await open();
  await createJournal(engine);
  const note = (line: string): void => void recording.operations.push({ kind: 'acknowledge', line });
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < 12; i++) note(`entry ${await saveEntry(engine)}`);
    if (round % 2 === 0) note(`batch ${await importBatch(engine)}`);
    if (round % 2 === 1) note(`load ${await loadAnew(engine)}`);
    if (round % 3 === 1) await engine.housekeeping.checkpoint();
    if (round === 2) await engine.pg.exec('create index on imported (note)');
    if (round === 4) await engine.housekeeping.afterBulkLoad();
  }
  await engine.close();
  fs.writeFileSync(extra, v8.serialize({ files: recording.files, operations: recording.operations }));
  say('recorded');
}

async function main(): Promise<void> {
  if (scenario === 'record') return record(6);
  if (scenario === 'record-birth') return record(1);
  if (scenario === 'first-start') say('phase first-start');
  if (scenario === 'fsync-error') breakFsync(Number(extra));
  const engine = await open();
  await createJournal(engine);
  for (const fault of await findFaults(engine, readAcknowledged(acknowledgedFile))) say(`fault ${fault}`);
  say(`sound ${engine.start}`);
  if (scenario === 'verify') return engine.close();
  if (scenario === 'disk-error') fillDiskAfter(Number(extra));
  const step = work[scenario === 'disk-error' ? 'import' : scenario] ?? work.save;
  while (step !== undefined) {
    await step(engine);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

try {
  await main();
} catch (thrown) {
  const code = thrown instanceof MunimError ? thrown.code : 'INTERNAL';
  say(`refused ${code} ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  process.exit(4);
}
