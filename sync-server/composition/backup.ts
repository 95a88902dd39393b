import { cp, mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fsyncDir, fsyncTree, randomSuffix, removeTree } from '../../shared/engine/files.ts';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { writeWhole } from '../adapters/durable-file.ts';
import { receiptFiles } from '../adapters/receipt-files.ts';
import { seal } from '../adapters/sealed-keys.ts';
import type { ServerConfig } from '../main/config.ts';
import { read } from '../services/checked.ts';
import { allColleges } from '../services/set-up-college.ts';
import { collegeVersion } from '../services/versions.ts';
import { type BackupManifest, manifestFile, receiptsFolder, sealedKeysFile } from './backup-manifest.ts';
import type { OpenContext } from './open-context.ts';
import { programVersion } from './places.ts';

/** `to`: an absolute path; the backup gets a folder of its own below it. Without a passphrase the keys are left out. */
const zInput = z.strictObject({ to: z.string().min(1), passphrase: z.string().min(10).nullable() });

/**
 * Copies everything a server is made of while it serves: first the books as they are at one moment, then the receipts, of which none is
 * ever changed or taken away, so that all the books speak of are there. Receipts in a bucket stay there. The keys come along only under a passphrase, because whoever has
 * them can speak in the server's name. @throws what `Upkeep.copyBooks` throws; no half backup remains
 */
export async function backUpServer(context: OpenContext, config: ServerConfig, input: unknown): Promise<Plain> {
  const { to, passphrase } = read(zInput, input);
  const at = new Date(context.clock.now()).toISOString();
  const name = `munim-${at.replace(/[-:.]/g, '')}-${randomSuffix(context.random)}`;
  const building = path.join(to, `building-${name}`);
  await mkdir(building, { recursive: true, mode: 0o700 });
  try {
    const colleges = [];
    for (const { id, code } of await allColleges(context)) {
      colleges.push({ id, code, version: await collegeVersion(context, id) });
    }
    const rows = await context.upkeep.copyBooks(building);
    // A bucket has copies of its own kind, and may hold more than fits beside the books.
    const receiptsIn = config.bucket === null ? {} : { receiptsIn: context.receipts.where };
    if (config.bucket === null) await cp(config.receiptsDir, receiptsFolder(building), { recursive: true });
    const keys = passphrase === null ? 'left out' : 'sealed';
    if (passphrase !== null) {
      const sealed = await seal(await readFile(config.keysFile, 'utf8'), passphrase, context.random);
      await writeWhole(sealedKeysFile(building), sealed);
    }
    const receipts = config.bucket === null ? (await receiptFiles(receiptsFolder(building))).length : 0;
    const { kind } = context.database;
    const serverDevice = context.keys.deviceId;
    const copied = {
      kind,
      at,
      program: programVersion(),
      serverDevice,
      rows,
      colleges,
      receipts,
      ...receiptsIn,
      keys,
    } as const;
    const manifest: BackupManifest = { format: 1, ...copied };
    await writeWhole(manifestFile(building), JSON.stringify(manifest));
    await fsyncTree(building);
    const folder = path.join(to, name);
    await rename(building, folder);
    fsyncDir(to);
    context.log.info('backup made', { colleges: colleges.length, receipts, keys });
    return { folder, at, keys, receipts, ...receiptsIn, colleges };
  } finally {
    await removeTree(building);
  }
}
