import { z } from 'zod';
import { type ErrorCode, errorCatalogue } from '../kernel/errors.ts';
import { limits } from '../kernel/limits.ts';
import { zId } from './command-args.ts';

/**
 * What desk and sync-server say to each other. Bodies are canonical text (shared/kernel/canonical.ts) with exact integers, content type
 * `application/json`. Raise the version when the meaning changes; the hash test notices a change of form.
 */
export const SYNC_PROTOCOL_VERSION = 2;
/** Header of every request; the server answers UNSUPPORTED_VERSION below its minimum. */
export const PROTOCOL_HEADER = 'x-munim-protocol';

/** A command as it is signed: the device signs the canonical bytes of exactly this object. */
export const zCommand = z.strictObject({
  id: zId,
  collegeId: zId,
  deviceId: zId,
  seq: z.int().positive(),
  /**
   * The desk knew what became of its commands up to here when this one was made. A later one that was refused or parked on the same
   * document holds this one back, because it was meant on top of something the books do not have.
   */
  knows: z.int().nonnegative(),
  name: z.string().max(80),
  schemaVersion: z.int().positive(),
  args: z.unknown(),
  actorId: zId,
  occurredAt: z.int().nonnegative(),
});
export interface Command extends Readonly<z.infer<typeof zCommand>> {}

/**
 * `text` is the canonical text that was signed, so that no re-encoding can break the signature (base64, Ed25519). `withdrawn`: it was
 * refused by a server that was put back from a backup since, and whoever made it knows; it takes its number and is refused again.
 */
export const zSignedCommand = z.strictObject({
  text: z.string(),
  signature: z.string().max(120),
  withdrawn: z.literal(true).exactOptional(),
});
export interface SignedCommand extends Readonly<z.infer<typeof zSignedCommand>> {}

export const zPushRequest = z.strictObject({
  commands: z.array(zSignedCommand).min(1).max(limits.sync.pushCommandsMax),
});
export interface PushRequest extends Readonly<z.infer<typeof zPushRequest>> {}

const zErrorCode = z.string().refine((code): code is ErrorCode => Object.hasOwn(errorCatalogue, code));
export const zDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** applied: in the books; rejected: never will be, see code; duplicate: was settled before as `was`; parked: kept until the server knows the command. */
export const zCommandResult = z.strictObject({
  id: zId,
  seq: z.int().positive(),
  status: z.enum(['applied', 'rejected', 'parked']),
  duplicate: z.boolean(),
  code: zErrorCode.nullable(),
  details: zDetails,
});
export interface CommandResult extends Readonly<z.infer<typeof zCommandResult>> {}
export const zPushAnswer = z.object({ results: z.array(zCommandResult), lastSeq: z.int().nonnegative() });
export interface PushAnswer extends Readonly<z.infer<typeof zPushAnswer>> {}

/**
 * The lowest reader that may act on a message, beside what it says. A change that an older desk would misread raises what the message asks
 * for; such a desk keeps working offline and says that Munim has to be updated. Fields that it may ignore raise nothing.
 */
export const READER_VERSION = 1;
const zMinReader = z.int().positive();
export const minReader = { pull: 1, poke: 1, diagnose: 1 } as const;
/** What every message of the server to a desk has, whatever else is in it. */
export const zForReader = z.object({ minReader: zMinReader });

/**
 * `ackedSeq`: the desk has the server's word on its commands up to here. `parked`: those of them that the server kept when it last spoke;
 * what became of them since is told again.
 */
export const zPullRequest = z.strictObject({
  collegeId: zId,
  cursor: z.int().nonnegative(),
  ackedSeq: z.int().nonnegative(),
  limitRows: z.int().positive().max(limits.sync.pullRowsMax),
  parked: z.array(z.int().positive()).max(limits.sync.parkedAskedMax).exactOptional(),
});
export interface PullRequest extends Readonly<z.infer<typeof zPullRequest>> {}

/** `row` is null for a tombstone. */
export const zWireRow = z.strictObject({
  table: z.string().max(60),
  id: z.string(),
  version: z.int().positive(),
  row: z.record(z.string(), z.unknown()).nullable(),
});
export interface WireRow extends Readonly<z.infer<typeof zWireRow>> {}

/**
 * Rows after the cursor, whole versions only. `lastSeq`: the last command of this device that the rows contain. While `more` is true the
 * desk keeps the rows aside: only the state after the last page is one the server ever had.
 */
export const zPullAnswer = z.object({
  minReader: zMinReader,
  collegeId: zId,
  rows: z.array(zWireRow),
  cursor: z.int().nonnegative(),
  more: z.boolean(),
  lastSeq: z.int().nonnegative(),
  results: z.array(zCommandResult),
});
export interface PullAnswer extends Readonly<z.infer<typeof zPullAnswer>> {}

/** "What are your rows of these versions?", for finding out whether and where a desk differs from the server. Nothing is written. */
export const zDiagnoseRequest = z.strictObject({
  collegeId: zId,
  from: z.int().nonnegative(),
  to: z.int().positive(),
});
export interface DiagnoseRequest extends Readonly<z.infer<typeof zDiagnoseRequest>> {}

const rowSum = { count: z.int().nonnegative(), sum: z.string().max(100) };
/** `form`: SHA-256 of the columns the sums are made of; `version`: where the college stands at this moment. See shared/db/digest-rows.ts. */
export const zDiagnoseAnswer = z.object({
  minReader: zMinReader,
  collegeId: zId,
  version: z.int().nonnegative(),
  form: z.string(),
  tables: z.array(z.object({ table: z.string().max(60), ...rowSum })),
  ranges: z.array(z.object({ to: z.int().positive(), ...rowSum })),
  rows: z.array(z.object({ table: z.string().max(60), id: z.string().max(60), sum: z.string().max(100) })),
});
export interface DiagnoseAnswer extends Readonly<z.infer<typeof zDiagnoseAnswer>> {}

/** Asked before receipts are sent: the server may have been put back from a backup, or the answer to an earlier sending was lost. */
export const zSha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const zMissingBlobsRequest = z.strictObject({ sha256s: z.array(zSha256).min(1).max(limits.sync.blobsAskedMax) });
export const zMissingBlobsAnswer = z.object({ missing: z.array(zSha256) });

/** SHA-256 of the body of a part of a snapshot, hex. */
export const SNAPSHOT_SHA256_HEADER = 'x-munim-sha256';

/**
 * What a new desk fetches before its first pull: each table from its first row to its last, by parts of zstd; the pull then goes on from
 * `version`. A desk that does not know a table or column named here reads page by page instead.
 */
export const zSnapshotHead = z.object({
  collegeId: zId,
  version: z.int().nonnegative(),
  minReader: zMinReader,
  tables: z.array(
    z.object({ name: z.string().max(60), columns: z.array(z.string().max(60)), rows: z.int().nonnegative() }),
  ),
});
export interface SnapshotHead extends Readonly<z.infer<typeof zSnapshotHead>> {}

/** The first line of a part; rows as CSV in the columns of the head follow. `next`: the part that follows begins behind this row. */
export const zSnapshotPart = z.object({
  collegeId: zId,
  table: z.string().max(60),
  after: z.string(),
  next: zId.nullable(),
  rows: z.int().nonnegative(),
});

/** Messages of banks and gateways that the server could not do anything with: which there are, and one more try for one of them. */
export const zDeadWebhooksRequest = z.strictObject({ collegeId: zId });
export const zDeadWebhooksAnswer = z.object({
  webhooks: z.array(
    z.object({
      id: zId,
      provider: z.string().max(40),
      receivedAt: z.int(),
      attempts: z.int().nonnegative(),
      code: zErrorCode,
      details: zDetails,
      reference: z.string().max(60).nullable(),
      state: z.string().max(40).nullable(),
    }),
  ),
});
export interface DeadWebhooksAnswer extends Readonly<z.infer<typeof zDeadWebhooksAnswer>> {}
export const zReplayWebhookRequest = z.strictObject({ collegeId: zId, id: zId });

/** Over the WebSocket: first the desk's token with the signature of a `GET` of the socket's path, then pokes. */
export const SOCKET_PATH = '/sync/socket';
export const zSocketHello = z.strictObject({
  kind: z.literal('hello'),
  token: z.string(),
  signature: z.string().max(120),
});
export const zPoke = z.object({
  minReader: zMinReader,
  kind: z.literal('poke'),
  collegeId: zId,
  version: z.int().nonnegative(),
});

export const zEnrolRequest = z.strictObject({
  code: z.string().min(8).max(40),
  /** Ed25519 public key, SPKI DER, base64. */
  publicKey: z.string().max(200),
  deviceName: z.string().min(1).max(limits.text.nameMax),
});
export const zEnrolAnswer = z.strictObject({
  deviceId: zId,
  serverName: z.string(),
  colleges: z.array(z.strictObject({ id: zId, code: z.string(), name: z.string() })).min(1),
  /** The next sequence the server expects of this device. */
  nextSeq: z.int().positive(),
});

/** The device proves its key by signing `deviceAuthText(request)`. */
export const zDeviceAuthRequest = z.strictObject({
  deviceId: zId,
  at: z.int(),
  nonce: z.string().min(16).max(60),
  signature: z.string().max(120),
});
export const deviceAuthText = (request: { deviceId: string; at: number; nonce: string }): string =>
  `munim-device-auth\n${request.deviceId}\n${request.at}\n${request.nonce}`;
/**
 * A token counts only together with the key of its device: every request with one carries, in this header, the device's signature over
 * `requestText` in base64. Whoever has the token alone can neither use it nor change what its owner asked for.
 */
export const SIGNATURE_HEADER = 'x-munim-signature';
/** `path` is what stands behind the address of the server; the digest is the SHA-256 of the body before any compression, hex. */
export const requestText = (request: { method: string; path: string; bodySha256: string; token: string }): string =>
  `munim-request\n${request.method}\n${request.path}\n${request.bodySha256}\n${request.token}`;

export const zTokenAnswer = z.strictObject({ token: z.string(), expiresAt: z.int() });

export const zSignInRequest = z.strictObject({
  email: z.string().max(limits.text.nameMax),
  password: z.string().min(1).max(200),
});
export const zSignInAnswer = z.strictObject({
  token: z.string(),
  expiresAt: z.int(),
  person: z.strictObject({
    id: zId,
    name: z.string(),
    email: z.string(),
    role: z.string(),
    collegeIds: z.array(zId).min(1),
  }),
});
export interface SignInAnswer extends Readonly<z.infer<typeof zSignInAnswer>> {}

/** Every refusal of the server has this body (001 section 5.2). */
export const zErrorAnswer = z.object({
  error: z.object({
    code: zErrorCode,
    message: z.string(),
    details: zDetails,
    timestamp: z.string(),
    request_id: z.string(),
  }),
});
