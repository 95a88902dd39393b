import { existsSync } from 'node:fs';
import { cp, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { inScope } from '../../shared/db/scope.ts';
import { dataFolder } from '../../shared/engine/backup.ts';
import { copyTree, randomSuffix, removeTree } from '../../shared/engine/files.ts';
import { restoreBackup } from '../../shared/engine/restore.ts';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { fileBlobStore } from '../adapters/blob-files.ts';
import { writeWhole } from '../adapters/durable-file.ts';
import { restorePostgres } from '../adapters/postgres-tools.ts';
import { damagedReceipts, receiptFiles } from '../adapters/receipt-files.ts';
import { unseal } from '../adapters/sealed-keys.ts';
import type { ServerConfig } from '../main/config.ts';
import type { ServerContext } from '../services/context.ts';
import type { Log } from '../services/log.ts';
import { allColleges } from '../services/set-up-college.ts';
import { isSound, verifyCollege } from '../services/verify.ts';
import { readVersion } from '../stores/command-log.ts';
import { deskTables } from '../stores/desk-reading.ts';
import { beginHistory } from '../stores/histories.ts';
import { sqlRows } from '../stores/sql-rows.ts';
import { type BackupManifest, booksFolder, readManifest, receiptsFolder, sealedKeysFile } from './backup-manifest.ts';
import { closeContext, openContext, receiptPlace } from './open-context.ts';

export interface RestoreOrder {
  /** The folder that `backup` answered. */
  readonly from: string;
  /** Of the keys in the backup; not needed where the server's keys still are. */
  readonly passphrase: string | null;
}

/**
 * Puts a backup in the place of a server's books, which must not be running. Embedded books are brought to this version of the program,
 * checked (audit chains, ledger, totals, rows of each table) and only then exchanged; the former ones are kept beside them. PostgreSQL
 * is filled only when it is empty. Every college begins a new history, so that desks which know more than the backup find it out.
 *
 * @throws MunimError RESTORE_NOT_BACKUP, RESTORE_KEYS, RESTORE_NOT_EMPTY, RESTORE_UNSOUND, BACKUP_TOOL, ENGINE_LOCKED, ENGINE_SCHEMA_NEWER
 */
export async function restoreServer(
  config: ServerConfig,
  { from, passphrase }: RestoreOrder,
  log: Log,
): Promise<Plain> {
  const manifest = await readManifest(from);
  const kind = config.databaseUrl === null ? 'embedded' : 'postgres';
  if (manifest.kind !== kind) throw new MunimError('RESTORE_NOT_BACKUP', { folder: from });
  if (manifest.receiptsIn !== undefined && config.bucket === null) {
    throw new Error(
      `The receipts of this backup are not in it but in ${manifest.receiptsIn}. Name that bucket, or a copy of it, with MUNIM_SERVER_S3_BUCKET.`,
    );
  }
  await haveKeys(config.keysFile, from, manifest, passphrase);
  const receipts = manifest.receiptsIn === undefined ? await receiptFiles(receiptsFolder(from)) : [];
  const damaged = await damagedReceipts(receipts);
  const { former, colleges } = await (kind === 'embedded' ? intoFolder : intoDatabase)(config, from, manifest, log);
  // After the books: receipts that nothing speaks of do no harm, and one that is there already is the same.
  const sound = receipts.filter((file) => !damaged.includes(file));
  await putReceipts(config, from, manifest, sound);
  return { from, at: manifest.at, former, colleges, receipts: { copied: receipts.length, damaged: [...damaged] } };
}

async function putReceipts(
  config: ServerConfig,
  from: string,
  { receiptsIn }: BackupManifest,
  files: readonly string[],
): Promise<void> {
  if (receiptsIn !== undefined) return;
  if (config.bucket === null) {
    await cp(receiptsFolder(from), config.receiptsDir, { recursive: true, force: false });
    return;
  }
  const [copied, place] = [await fileBlobStore(receiptsFolder(from)), await receiptPlace(config)];
  try {
    for (const file of files) {
      const [collegeId = '', , sha256 = ''] = path.relative(receiptsFolder(from), file).split(path.sep);
      await place.put(collegeId, sha256, await readFile(file));
    }
    const mark = await copied.readMark();
    if (mark !== null && (await place.readMark()) === null) await place.writeMark(mark);
  } finally {
    place.close();
  }
}

interface Restored {
  /** Where the former books are now. */
  readonly former: string | null;
  readonly colleges: readonly Plain[];
}

const zDevice = z.object({ deviceId: z.string() });
const deviceIn = (keys: string): string => zDevice.parse(JSON.parse(keys)).deviceId;

/** The keys with which these books were signed must be here, or come out of the backup. */
async function haveKeys(
  keysFile: string,
  from: string,
  { serverDevice, keys }: BackupManifest,
  passphrase: string | null,
): Promise<void> {
  if (existsSync(keysFile)) {
    if (deviceIn(await readFile(keysFile, 'utf8')) === serverDevice) return;
    throw new MunimError('RESTORE_KEYS', { file: keysFile });
  }
  const sealed = keys === 'sealed' && passphrase !== null ? await readFile(sealedKeysFile(from), 'utf8') : null;
  const text = sealed === null ? null : await unseal(sealed, passphrase ?? '');
  if (text === null || deviceIn(text) !== serverDevice) throw new MunimError('RESTORE_KEYS', { file: keysFile });
  await writeWhole(keysFile, text);
}

async function intoFolder(config: ServerConfig, from: string, manifest: BackupManifest, log: Log): Promise<Restored> {
  const staging = path.join(config.dataDir, `restoring-${randomSuffix(systemRandom)}`);
  try {
    await copyTree(booksFolder(from), staging);
    // The engine's own backup has its data where an open server has none, so that nobody serves from a backup by mistake.
    await rename(path.join(staging, dataFolder), path.join(staging, 'books'));
    const colleges = await checked({ ...config, dataDir: staging }, manifest, log);
    await rename(path.join(staging, 'books'), path.join(staging, dataFolder));
    const { former } = await restoreBackup(staging, path.join(config.dataDir, 'books'));
    return { former, colleges };
  } finally {
    await removeTree(staging);
  }
}

async function intoDatabase(config: ServerConfig, from: string, manifest: BackupManifest, log: Log): Promise<Restored> {
  const place = { url: config.databaseUrl ?? '', binDir: config.postgresBinDir };
  await restorePostgres(place, from);
  return { former: null, colleges: await checked(config, manifest, log) };
}

const unsound = (detail: string): MunimError => new MunimError('RESTORE_UNSOUND', { detail });

/** Opens the books that came back, adds everything up again and begins the new history. @throws MunimError RESTORE_UNSOUND */
async function checked(config: ServerConfig, manifest: BackupManifest, log: Log): Promise<readonly Plain[]> {
  const context = await openContext({
    config: { ...config, natsUrl: null },
    log,
    onPoison: () => process.exit(70),
    receiptsLater: true,
  });
  try {
    await sameRows(context, manifest);
    const found = await allColleges(context);
    const lost = manifest.colleges.find(({ id }) => !found.some((college) => college.id === id));
    if (lost) throw unsound(`the college ${lost.code} is missing`);
    const colleges: Plain[] = [];
    for (const { id, code } of found) {
      const verdict = await verifyCollege(context, id);
      if (!isSound(verdict)) throw unsound(`the books of ${code} do not add up: ${JSON.stringify(verdict)}`);
      const copied = manifest.colleges.find((college) => college.id === id)?.version ?? 0;
      colleges.push({ code, ...verdict, ...(await newHistory(context, id, copied)) });
    }
    return colleges;
  } finally {
    await closeContext(context);
  }
}

/** The schema may have grown since, so its own table of migrations is left out, and what only desks read is not kept here. */
async function sameRows(context: ServerContext, { rows }: BackupManifest): Promise<void> {
  for (const [table, count] of Object.entries(rows)) {
    if (table.startsWith('drizzle.') || deskTables.some(({ name }) => table === `public.${name}`)) continue;
    const counted = sql`SELECT count(*)::text AS "n" FROM ${sql.raw(table)}`;
    const [found] = await sqlRows<{ n: string }>(context.database.db, counted);
    if (found?.n !== count) throw unsound(`${table} has ${found?.n ?? 'no'} rows, ${count} were copied`);
  }
}

async function newHistory(context: ServerContext, collegeId: Id, atLeast: number) {
  const { db } = context.database;
  return inScope(db, [collegeId], async (tx) => {
    const restored = await readVersion(tx, collegeId);
    if (restored < atLeast) throw unsound(`version ${atLeast} was copied, ${restored} came back`);
    return { version: restored, goesOnFrom: await beginHistory(tx, collegeId, context.clock.now()) };
  });
}
