import { CompactEncrypt, CompactSign, compactDecrypt, compactVerify } from 'jose';
import { z } from 'zod';
import { limits } from '../../../kernel/limits.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import type { AxisKeys } from './keys.ts';

/** What is signed: when, until when, under which id, and one member that is named after what is asked or answered. */
export interface SealedMessage {
  readonly requestUuid: string;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly name: string;
  readonly content: unknown;
}

export interface OpenedMessage {
  /** When the bank signed it, milliseconds UTC. */
  readonly at: number;
  /** Every number in it is text, with the figures that stood there. */
  readonly content: unknown;
}

const LIFE_SECONDS = 300;

/**
 * Signs with our key, then encrypts to the bank: who cannot read it does not learn who wrote it either. The key of the content and its
 * nonce are made by the library, which must not be given them from outside.
 */
export async function seal({ requestUuid, at, name, content }: SealedMessage, keys: AxisKeys): Promise<Uint8Array> {
  const iat = Math.floor(at / 1_000);
  const claims = { iat, exp: iat + LIFE_SECONDS, jti: requestUuid, [name]: content };
  const signed = await new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ alg: keys.signature, typ: 'JWT' })
    .sign(keys.signing);
  const sealed = await new CompactEncrypt(utf8(signed))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT' })
    .encrypt(keys.bankEncryption);
  return utf8(sealed);
}

export interface Expected {
  readonly requestUuid: string;
  readonly name: string;
  /** When the request was made, milliseconds UTC; its answer was not signed before. */
  readonly now: number;
}

const digits = z.string().regex(/^\d{1,12}$/);
const zClaims = z.looseObject({ iat: digits, exp: digits, jti: z.string() });

/**
 * Decrypts with our key and verifies with the bank's. The algorithms are those that were agreed and no others, whatever the message says of
 * itself; keys that it brings are not looked at. An answer belongs to its request by the id, and is good for a short time.
 * @returns what is wrong in a few words that repeat nothing of it
 */
export async function open(
  bytes: Uint8Array,
  keys: AxisKeys,
  expected: Expected,
): Promise<Result<OpenedMessage, string>> {
  if (bytes.length > limits.jose.messageBytesMax) return err('too large');
  let payload: Uint8Array;
  try {
    const inner = await compactDecrypt(compactText(bytes), keys.decryption, {
      keyManagementAlgorithms: ['RSA-OAEP-256'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxDecompressedLength: 0,
    });
    const verified = await compactVerify(compactText(inner.plaintext), keys.bankSigning, {
      algorithms: [keys.signature],
    });
    // An extension by which the payload would be signed as it is; nobody agreed to it.
    if ('b64' in verified.protectedHeader) return err('signature');
    payload = verified.payload;
  } catch {
    return err('signature or encryption');
  }
  return readClaims(payload, expected);
}

function readClaims(payload: Uint8Array, expected: Expected): Result<OpenedMessage, string> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload), asWritten);
  } catch {
    return err('no JSON');
  }
  const claims = zClaims.safeParse(value);
  if (!claims.success) return err('no time or id');
  const [at, until] = [Number(claims.data.iat) * 1_000, Number(claims.data.exp) * 1_000];
  const { answerAgeMaxMs, clockSkewMs } = limits.jose;
  if (claims.data.jti !== expected.requestUuid) return err('the answer to another request');
  const [earliest, latest] = [expected.now - clockSkewMs, expected.now + answerAgeMaxMs];
  if (at < earliest || at > latest) return err('the time of another request');
  if (until <= Math.max(at, earliest)) return err('out of date');
  if (!Object.hasOwn(claims.data, expected.name)) return err('not the answer to what was asked');
  return ok({ at, content: claims.data[expected.name] });
}

/** Amounts must not become floats, so a number of JSON stays the text it is. */
const asWritten = (_name: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' ? (context?.source ?? '') : value;

/** Base64url without a bit that says nothing: the library takes any there, and two writings of one message must not both pass. */
const PARTS = /^(?:(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?(?:\.|$))+$/;

function compactText(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trimEnd();
  if (!PARTS.test(text)) throw new Error('not compact');
  return text;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
