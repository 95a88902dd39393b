import { z } from 'zod';
import { canonicalText, type Plain, parseCanonical } from '../../kernel/canonical.ts';
import { toHex } from '../../kernel/ids.ts';
import type { Digest } from '../../ports/digest.ts';
import { zId } from '../command-args.ts';
import { zDetails } from '../messages.ts';
import { zDeviceFacts, zResignFact } from './device-facts.ts';

const zSettled = z.strictObject({ commandId: zId, how: z.string(), at: z.int() });

export const zJournalRecord = z.discriminatedUnion('kind', [
  /** Who this desk is. `floor`: no command of it may take a sequence up to here. First in every file and at every change. */
  z.strictObject({
    kind: z.literal('desk'),
    device: zDeviceFacts,
    resign: zResignFact.nullable(),
    floor: z.int().nonnegative(),
  }),
  /** A command as it stands in the books; the same id again means that it was signed anew. `settles`: what it takes the place of. */
  z.strictObject({
    kind: z.literal('command'),
    text: z.string(),
    signature: z.string(),
    actorName: z.string(),
    settles: zSettled.nullable(),
  }),
  /** The server refused the command for good. */
  z.strictObject({ kind: z.literal('refused'), commandId: zId, code: z.string().nullable(), details: zDetails }),
  /** A person let a refused command go. */
  z.strictObject({ kind: z.literal('settled'), ...zSettled.shape }),
]);
export type JournalRecord = z.infer<typeof zJournalRecord>;

/**
 * A record is one line: length of the payload in bytes (8 hex digits), the first 8 bytes of its SHA-256 (16 hex digits), the payload as
 * canonical text. The length finds the end, the hash tells a record that was torn or changed, and a reader that has lost the thread
 * goes on behind the next line feed, which canonical text never holds.
 */
const LENGTH_DIGITS = 8;
const HASH_DIGITS = 16;
const HEAD_BYTES = LENGTH_DIGITS + 1 + HASH_DIGITS + 1;
const LINE_FEED = 10;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

const hashOf = (payload: Uint8Array, digest: Digest): string =>
  toHex(digest.sha256(payload).subarray(0, HASH_DIGITS / 2));

export function encodeRecord(record: JournalRecord, digest: Digest): Uint8Array {
  const payload = encoder.encode(canonicalText(record as Plain));
  const length = payload.byteLength.toString(16).padStart(LENGTH_DIGITS, '0');
  const head = encoder.encode(`${length} ${hashOf(payload, digest)} `);
  const line = new Uint8Array(head.byteLength + payload.byteLength + 1);
  line.set(head);
  line.set(payload, head.byteLength);
  line[line.byteLength - 1] = LINE_FEED;
  return line;
}

export interface ReadRecords {
  readonly records: readonly JournalRecord[];
  /** Where the last whole record ends; what follows was torn. */
  readonly goodBytes: number;
  /** Stretches before `goodBytes` that hold no record. */
  readonly damaged: number;
}

/** Reads what is whole. A record of a form this version does not know counts as damaged, but stays where it is. */
export function readRecords(bytes: Uint8Array, digest: Digest): ReadRecords {
  const records: JournalRecord[] = [];
  let [at, goodBytes, damaged, lost] = [0, 0, 0, 0];
  while (at < bytes.byteLength) {
    const found = recordAt(bytes, at, digest);
    if (found === null) {
      lost++;
      const feed = bytes.indexOf(LINE_FEED, at);
      at = feed < 0 ? bytes.byteLength : feed + 1;
      continue;
    }
    at += found.size;
    goodBytes = at;
    damaged += lost;
    lost = 0;
    const read = zJournalRecord.safeParse(found.payload);
    if (read.success) records.push(read.data);
    else damaged++;
  }
  return { records, goodBytes, damaged };
}

function recordAt(bytes: Uint8Array, at: number, digest: Digest): { payload: Plain; size: number } | null {
  const head = /^([0-9a-f]{8}) ([0-9a-f]{16}) $/.exec(String.fromCharCode(...bytes.subarray(at, at + HEAD_BYTES)));
  if (head === null) return null;
  const end = at + HEAD_BYTES + Number.parseInt(head[1] ?? '', 16);
  // The line feed belongs to the record: without it the next one could not be told from its end.
  if (end >= bytes.byteLength || bytes[end] !== LINE_FEED) return null;
  const payload = bytes.subarray(at + HEAD_BYTES, end);
  if (hashOf(payload, digest) !== head[2]) return null;
  return { payload: parseCanonical(decoder.decode(payload)), size: end + 1 - at };
}
