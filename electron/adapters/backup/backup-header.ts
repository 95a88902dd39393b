import { z } from 'zod';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { zId } from '../../../shared/sync/command-args.ts';
import { zSha256 } from '../../../shared/sync/messages.ts';

/** The first bytes of every backup, of this format and of those that may follow. */
export const MAGIC = Buffer.from('munim-backup', 'ascii');
export const FORMAT = 1;
/** Magic, format version, length of the header; the numbers are 32 bits, the lowest byte first. */
export const PREFIX_BYTES = MAGIC.length + 8;

const zCount = z.int().nonnegative();
const zKeyText = z.base64().max(100);
const zSealedKey = z.strictObject({ ephemeral: zKeyText, wrapped: zKeyText });

/** What the books say of one college. */
const zCollegeFacts = z.strictObject({
  id: zId,
  code: z.string().max(40),
  name: z.string().max(limits.text.nameMax),
  vouchers: zCount,
  expenses: zCount,
  /** Accounts that have lines, and the SHA-256 of their codes and sums of debit and credit. */
  accounts: zCount,
  trialBalance: zSha256,
  /** The last entry of the audit chain; 0 and empty before the first. */
  auditPosition: zCount,
  auditHash: z.string().max(64),
});
export type CollegeFacts = Readonly<z.infer<typeof zCollegeFacts>>;

export const zBooksFacts = z.strictObject({
  colleges: z.array(zCollegeFacts).max(500),
  /** Entries that the server had not confirmed. */
  waiting: zCount,
  /** When the newest migration in them was made, in ms, and how many there are. */
  migrations: z.strictObject({ count: zCount, last: zCount }),
  /** Rows of each table as decimal text. */
  rows: z.record(z.string().max(130), z.string().regex(/^\d+$/)),
});
export type BooksFacts = Readonly<z.infer<typeof zBooksFacts>>;

/** Everything that can be told of a backup without its passphrase. It is bound into every chunk. */
export const zBackupHeader = z.strictObject({
  at: z.int(),
  desk: z.strictObject({ id: zId, name: z.string().max(limits.text.nameMax) }),
  /** Who asked for it; null for the schedule. */
  person: z.strictObject({ id: zId, name: z.string().max(limits.text.nameMax) }).nullable(),
  facts: zBooksFacts,
  /** SHA-256 of the receipts inside, which the server did not have yet. */
  receipts: z.array(zSha256),
  salt: zKeyText,
  publicKey: zKeyText,
  /** The file key twice: for the passphrase, and for the check that follows the writing, whose key is then forgotten. */
  forPassphrase: zSealedKey,
  forCheck: zSealedKey,
});
export type BackupHeader = Readonly<z.infer<typeof zBackupHeader>>;

export function encodeHeader(header: BackupHeader): Buffer {
  const body = Buffer.from(JSON.stringify(header), 'utf8');
  if (body.length > limits.backup.headerBytesMax) throw new Error('the header of a backup is too long');
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32LE(FORMAT, 0);
  numbers.writeUInt32LE(body.length, 4);
  return Buffer.concat([MAGIC, numbers, body]);
}

/** @returns how many bytes the header has. @throws MunimError BACKUP_NOT_A_BACKUP, BACKUP_NEWER, BACKUP_ALTERED */
export function readPrefix(prefix: Buffer): number {
  if (prefix.length < PREFIX_BYTES || !prefix.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new MunimError('BACKUP_NOT_A_BACKUP');
  }
  const format = prefix.readUInt32LE(MAGIC.length);
  if (format > FORMAT) throw new MunimError('BACKUP_NEWER');
  const length = prefix.readUInt32LE(MAGIC.length + 4);
  if (format !== FORMAT || length > limits.backup.headerBytesMax) throw new MunimError('BACKUP_ALTERED');
  return length;
}

/** @throws MunimError BACKUP_ALTERED */
export function decodeHeader(body: Uint8Array): BackupHeader {
  try {
    return zBackupHeader.parse(JSON.parse(Buffer.from(body).toString('utf8')));
  } catch (thrown) {
    throw new MunimError('BACKUP_ALTERED', {}, { cause: thrown });
  }
}
