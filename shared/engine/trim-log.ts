import fs from 'node:fs';
import path from 'node:path';
import { checkpointAt, isShutDown } from './control-file.ts';

const segmentName = /^[0-9A-F]{24}$/;
const pageBytes = 8192n;
/** No record of a checkpoint is longer. */
const recordBytesMax = 1024n;
/** Positions in the log are counted in stretches of 4 GiB. */
const stretchBytes = 2n ** 32n;

/**
 * Takes out of the log of a database that was shut down everything but its last checkpoint, which is all that its next start reads:
 * the older segments, those kept to be written over, and what the last one still held from before it was written over.
 */
export function trimLog(dir: string): void {
  if (!isShutDown(dir)) throw new Error('the log of a database that was not shut down is needed');
  const folder = path.join(dir, 'pg_wal');
  const names = fs.readdirSync(folder).filter((name) => segmentName.test(name));
  const [first] = names;
  if (first === undefined) throw new Error('the database has no log');
  const size = BigInt(fs.statSync(path.join(folder, first)).size);
  const at = checkpointAt(dir);
  const perStretch = stretchBytes / size;
  const segment = at / size;
  const hex = (number: bigint): string => number.toString(16).toUpperCase().padStart(8, '0');
  const kept = names.find((name) => name.endsWith(`${hex(segment / perStretch)}${hex(segment % perStretch)}`));
  if (kept === undefined) throw new Error('the segment of the last checkpoint is missing');
  for (const name of names) if (name !== kept) fs.rmSync(path.join(folder, name));
  const end = (at % size) + recordBytesMax;
  const from = ((end + pageBytes - 1n) / pageBytes) * pageBytes;
  if (from < size) zeroFrom(path.join(folder, kept), Number(from), Number(size));
}

function zeroFrom(file: string, from: number, to: number): void {
  // Cut and made long again: the system gives zeros.
  fs.truncateSync(file, from);
  fs.truncateSync(file, to);
}
