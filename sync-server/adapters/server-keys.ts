import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import { zId } from '../../shared/sync/command-args.ts';
import { writeFirst } from './durable-file.ts';

/**
 * What only the server knows. It stands in a file of its own and never in the database, so that no backup or dump of the books can
 * be used to speak in the server's name.
 */
export interface ServerKeys {
  /** The server is a device too: it signs the commands it gives itself. */
  readonly deviceId: Id;
  /** Ed25519, PKCS#8 DER, base64. */
  readonly deviceKey: string;
  /** For the signature of tokens. */
  readonly tokenKey: Uint8Array;
}

const zFile = z.strictObject({ deviceId: zId, deviceKey: z.string(), tokenKey: z.string() });

/** Reads the keys, or makes them at the first start. Several processes over one database share the file, and may start together. */
export async function serverKeys(file: string, clock: Clock, random: Random): Promise<ServerKeys> {
  const found = await readKeys(file);
  if (found) return found;
  await writeFirst(file, JSON.stringify(newKeys(clock, random)));
  const made = await readKeys(file);
  if (!made) throw new Error(`the keys in ${file} were taken away while the server started`);
  return made;
}

function newKeys(clock: Clock, random: Random): z.infer<typeof zFile> {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    deviceId: uuidv7(clock.now(), random.bytes(10)),
    deviceKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    tokenKey: Buffer.from(random.bytes(32)).toString('base64'),
  };
}

async function readKeys(file: string): Promise<ServerKeys | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
  const read = zFile.parse(JSON.parse(text));
  return { ...read, tokenKey: Buffer.from(read.tokenKey, 'base64') };
}
