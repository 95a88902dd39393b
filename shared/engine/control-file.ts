import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errorCode, fsyncDir, writeFileDurably } from './files.ts';

/** `DBState` of pg_control: the server wrote its shutdown checkpoint and ended. */
const shutDown = 1;
/** Where `state` stands in ControlFileData of PostgreSQL 18: after the 8-byte system identifier and two 4-byte versions. */
const stateOffset = 16;
/** Where `checkPoint` stands: after the state, its padding and the time. */
const checkpointOffset = 32;

const controlFile = (dir: string): string => path.join(dir, 'global', 'pg_control');
const markerFile = (dir: string): string => path.join(dir, 'munim-clean-stop');

/** Whether PostgreSQL itself recorded an orderly shutdown in this data directory. */
export function isShutDown(dir: string): boolean {
  return fs.readFileSync(controlFile(dir)).readInt32LE(stateOffset) === shutDown;
}

/** Where in the log the last checkpoint was written. */
export const checkpointAt = (dir: string): bigint =>
  fs.readFileSync(controlFile(dir)).readBigUInt64LE(checkpointOffset);

const controlHash = (dir: string): string =>
  createHash('sha256')
    .update(fs.readFileSync(controlFile(dir)))
    .digest('hex');

/**
 * Leaves word that the engine stopped in order. It names the control file it belongs to, so that a marker carried along
 * with other files (a partly restored folder) does not count.
 */
export function markCleanStop(dir: string): void {
  if (isShutDown(dir)) writeFileDurably(markerFile(dir), controlHash(dir));
}

/** Takes the marker away, durably, before the database is opened. @returns whether the last stop was clean */
export function takeCleanStop(dir: string): boolean {
  let said: string;
  try {
    said = fs.readFileSync(markerFile(dir), 'utf8');
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return false;
    throw thrown;
  }
  const clean = isShutDown(dir) && said === controlHash(dir);
  fs.rmSync(markerFile(dir));
  fsyncDir(dir);
  return clean;
}
