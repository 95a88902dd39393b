import { canonicalText } from '../../kernel/canonical.ts';
import { toHex } from '../../kernel/ids.ts';
import type { Hashing } from '../command/hashing.ts';
import type { AuditEntry } from '../rows.ts';

/** Where a chain ends: the next entry stands at `position + 1` and names `hash`. */
export interface AuditHead {
  readonly position: number;
  readonly hash: string;
}

/** The end of an empty chain. */
export const chainStart: AuditHead = { position: 0, hash: '0'.repeat(64) };

export type UnlinkedEntry = Omit<AuditEntry, 'position' | 'previousHash' | 'hash'>;

/** SHA-256, in hex, of the canonical text of the entry without its own hash. */
export function entryHash(entry: Omit<AuditEntry, 'hash'>, hashing: Hashing): string {
  // Named one by one, since a row read from a database may carry columns that are no part of the entry.
  const hashed: Omit<AuditEntry, 'hash'> = {
    collegeId: entry.collegeId,
    id: entry.id,
    position: entry.position,
    previousHash: entry.previousHash,
    commandName: entry.commandName,
    actorId: entry.actorId,
    actorName: entry.actorName,
    deviceId: entry.deviceId,
    occurredAt: entry.occurredAt,
    recordedAt: entry.recordedAt,
    command: entry.command,
    signature: entry.signature,
    changes: entry.changes,
    documentId: entry.documentId,
  };
  return toHex(hashing.sha256(canonicalText({ ...hashed })));
}

export function link(entry: UnlinkedEntry, head: AuditHead, hashing: Hashing): AuditEntry {
  const linked = { ...entry, position: head.position + 1, previousHash: head.hash };
  return { ...linked, hash: entryHash(linked, hashing) };
}

export type ChainVerdict =
  | { readonly ok: true; readonly head: AuditHead }
  /** The first position at which the chain does not fit together. */
  | { readonly ok: false; readonly position: number };

/**
 * Walks the entries in order of position and reports the first that is missing, moved or changed.
 * @param from the end of what was verified before
 * @param signatureFits whether the device's signature fits the entry's command; left out where the keys are not known
 */
export async function verifyChain(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
  hashing: Hashing,
  from: AuditHead = chainStart,
  signatureFits: (entry: AuditEntry) => boolean = () => true,
): Promise<ChainVerdict> {
  let head = from;
  for await (const entry of entries) {
    const fits =
      entry.position === head.position + 1 &&
      entry.previousHash === head.hash &&
      entry.hash === entryHash(entry, hashing) &&
      signatureFits(entry);
    if (!fits) return { ok: false, position: head.position + 1 };
    head = { position: entry.position, hash: entry.hash };
  }
  return { ok: true, head };
}
