import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Random, systemRandom } from '../ports/random.ts';
import { isShutDown } from './control-file.ts';
import { errorCode, fsyncDir, fsyncTree, randomSuffix, removeTree, writeFileDurably } from './files.ts';
import { initialise } from './initialise.ts';
import { applyMigrations } from './migrate.ts';
import { pgliteVersion } from './version.ts';

const stampFile = 'template.json';
const dataFolder = 'pgdata';

/** `emptyFolders` is kept because installers and archives carry files only; PostgreSQL does not start without these folders. */
const stampSchema = z.strictObject({ pglite: z.string(), migrations: z.string(), emptyFolders: z.array(z.string()) });

export interface TemplateOptions {
  readonly dir: string;
  /** A drizzle migrations folder to have applied already in the template. */
  readonly migrationsDir?: string | undefined;
  readonly random?: Random | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

export interface Template {
  readonly dataDir: string;
  /** Folders without files, from `dataDir`, to be made again in a copy. */
  readonly emptyFolders: readonly string[];
}

/** The data directory inside a template that fits this build, or null when there is none (then initdb must run). */
export function readTemplate(templateDir: string | undefined): Template | null {
  if (templateDir === undefined) return null;
  const stamp = readStamp(templateDir);
  if (stamp?.pglite !== pgliteVersion) return null;
  return { dataDir: path.join(templateDir, dataFolder), emptyFolders: stamp.emptyFolders };
}

function readStamp(templateDir: string): z.infer<typeof stampSchema> | null {
  let text: string;
  try {
    text = fs.readFileSync(path.join(templateDir, stampFile), 'utf8');
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT' || errorCode(thrown) === 'ENOTDIR') return null;
    throw thrown;
  }
  const parsed = stampSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

/**
 * Makes the prebuilt data directory that first starts copy, unless the one at `dir` already fits this build and these
 * migrations. Several builders may run at once: each works under its own name and the first to rename wins; a template
 * is never seen half made.
 *
 * @returns whether it had to be built
 */
export async function buildTemplate(options: TemplateOptions): Promise<{ readonly built: boolean }> {
  const wanted = { pglite: pgliteVersion, migrations: migrationsHash(options.migrationsDir) };
  const fits = (): boolean => {
    const stamp = readStamp(options.dir);
    return stamp?.pglite === wanted.pglite && stamp.migrations === wanted.migrations;
  };
  if (fits()) return { built: false };
  const random = options.random ?? systemRandom;
  const log = options.log ?? (() => {});
  const building = `${options.dir}.tmp-${randomSuffix(random)}`;
  const data = path.join(building, dataFolder);
  fs.mkdirSync(building, { recursive: true });
  try {
    await initialise(data, undefined, log);
    if (options.migrationsDir !== undefined) await applyMigrations(data, options.migrationsDir, log);
    if (!isShutDown(data)) throw new Error('the template did not shut down in order');
    // Somebody who works on them may have added one meanwhile; the stamp would lie for ever.
    if (migrationsHash(options.migrationsDir) !== wanted.migrations)
      throw new Error('the migrations changed under the template');
    writeFileDurably(path.join(building, stampFile), JSON.stringify({ ...wanted, emptyFolders: emptyFoldersOf(data) }));
    await fsyncTree(building);
    await putInPlace(building, options.dir, fits, random);
  } finally {
    await removeTree(building);
  }
  return { built: true };
}

async function putInPlace(building: string, dir: string, fits: () => boolean, random: Random): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    try {
      fs.renameSync(building, dir);
      fsyncDir(path.dirname(dir));
      return;
    } catch (thrown) {
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(errorCode(thrown))) throw thrown;
    }
    if (fits()) return; // somebody built the same meanwhile
    const outdated = `${dir}.old-${randomSuffix(random)}`;
    try {
      fs.renameSync(dir, outdated);
    } catch (thrown) {
      if (errorCode(thrown) !== 'ENOENT') throw thrown;
    }
    await removeTree(outdated);
  }
  throw new Error(`the template could not be put at ${dir}`);
}

const emptyFoldersOf = (data: string): string[] =>
  fs
    .readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((folder) => fs.readdirSync(folder).length === 0)
    .map((folder) => path.relative(data, folder).replaceAll(path.sep, '/'))
    .sort();

/** Changes whenever a migration file does. */
export function migrationsHash(migrationsDir: string | undefined): string {
  if (migrationsDir === undefined) return 'none';
  const hash = createHash('sha256');
  for (const name of fs.readdirSync(migrationsDir, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(migrationsDir, name);
    if (fs.statSync(file).isFile()) hash.update(name).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
