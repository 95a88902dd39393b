import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Checking a signature and deriving a password's key happen on other threads, which end when they like. Here they answer at once, so
 * that a seed gives the same run every time; the key of a password is made by one plain hash, since guessing is not what is tried here.
 * To be imported before anything else.
 */
const { verify } = crypto;

type Answer<T> = (problem: Error | null, answer: T) => void;

function verifyAtOnce(...args: unknown[]): boolean | undefined {
  const answer = args.at(-1);
  const given = args.slice(0, 4) as Parameters<typeof verify>;
  if (typeof answer !== 'function') return verify(...given) as unknown as boolean;
  const fits = verify(...given) as unknown as boolean;
  queueMicrotask(() => (answer as Answer<boolean>)(null, fits));
  return undefined;
}

function scryptAtOnce(...args: unknown[]): void {
  const [password, salt, keyBytes] = args as [string, Uint8Array, number];
  const answer = args.at(-1) as Answer<Buffer>;
  const key = crypto.createHash('shake256', { outputLength: keyBytes }).update(password).update(salt).digest();
  queueMicrotask(() => answer(null, key));
}

Object.assign(crypto, { verify: verifyAtOnce, scrypt: scryptAtOnce });
syncBuiltinESMExports();
