import { z } from 'zod';
import { type ErrorCode, errorCatalogue } from '../kernel/errors.ts';
import { limits } from '../kernel/limits.ts';
import { zId } from './command-args.ts';

/**
 * What desk and sync-server say to each other. Bodies are canonical text (shared/kernel/canonical.ts) with exact integers, content type
 * `application/json`. Raise the version when the meaning changes; the hash test notices a change of form.
 */
export const SYNC_PROTOCOL_VERSION = 1;
/** Header of every request; the server answers UNSUPPORTED_VERSION below its minimum. */
export const PROTOCOL_HEADER = 'x-munim-protocol';

/** A command as it is signed: the device signs the canonical bytes of exactly this object. */
export const zCommand = z.strictObject({
  id: zId,
  collegeId: zId,
  deviceId: zId,
  seq: z.int().positive(),
  name: z.string().max(80),
  schemaVersion: z.int().positive(),
  args: z.unknown(),
  actorId: zId,
  occurredAt: z.int().nonnegative(),
});
export interface Command extends Readonly<z.infer<typeof zCommand>> {}

/** `text` is the canonical text that was signed, so that no re-encoding can break the signature (base64, Ed25519). */
export const zSignedCommand = z.strictObject({ text: z.string(), signature: z.string().max(120) });
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
export const zPushAnswer = z.strictObject({ results: z.array(zCommandResult), lastSeq: z.int().nonnegative() });
export interface PushAnswer extends Readonly<z.infer<typeof zPushAnswer>> {}

/** `ackedSeq`: the desk knows the results of its commands up to here. */
export const zPullRequest = z.strictObject({
  collegeId: zId,
  cursor: z.int().nonnegative(),
  ackedSeq: z.int().nonnegative(),
  limitRows: z.int().positive().max(limits.sync.pullRowsMax),
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
export const zPullAnswer = z.strictObject({
  collegeId: zId,
  rows: z.array(zWireRow),
  cursor: z.int().nonnegative(),
  more: z.boolean(),
  lastSeq: z.int().nonnegative(),
  results: z.array(zCommandResult),
});
export interface PullAnswer extends Readonly<z.infer<typeof zPullAnswer>> {}

/** Over the WebSocket: first the desk's token, then pokes. */
export const zSocketHello = z.strictObject({ kind: z.literal('hello'), token: z.string() });
export const zPoke = z.strictObject({ kind: z.literal('poke'), collegeId: zId, version: z.int().nonnegative() });

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
