import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { Random } from '../../shared/ports/random.ts';

/** OWASP's cost for scrypt: 2^17 steps over blocks of 8, 128 MiB. */
const cost: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 };
const keyBytes = 32;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for a person who does not exist (`hash` null) as for a wrong password. */
  matches(password: string, hash: string | null): Promise<boolean>;
}

/** `scrypt$log2N$r$p$salt$key`, the last two base64. @param options a smaller cost, for tests */
export function scryptPasswords(random: Random, options: ScryptOptions = cost): Passwords {
  const { N = 2 ** 17, r = 8, p = 1 } = options;
  const decoy = `scrypt$${Math.log2(N)}$${r}$${p}$${base64(random.bytes(16))}$${base64(random.bytes(keyBytes))}`;
  // Each derivation holds 128 MiB; a rush of sign-ins must queue instead of exhausting the memory.
  const oneByOne = queue();
  return {
    hash: (password) =>
      oneByOne(async () => {
        const salt = random.bytes(16);
        const key = await derive(password, salt, options);
        return `scrypt$${Math.log2(N)}$${r}$${p}$${base64(salt)}$${base64(key)}`;
      }),
    matches: (password, hash) =>
      oneByOne(async () => {
        const [, logN, blocks, lanes, salt = '', key = ''] = (hash ?? decoy).split('$');
        const parameters = { ...options, N: 2 ** Number(logN), r: Number(blocks), p: Number(lanes) };
        const expected = Buffer.from(key, 'base64');
        const derived = await derive(password, Buffer.from(salt, 'base64'), parameters);
        return expected.length === derived.length && timingSafeEqual(expected, derived) && hash !== null;
      }),
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function derive(password: string, salt: Uint8Array, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, options, (problem, key) =>
      problem ? reject(problem) : resolve(key),
    );
  });
}

function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
}
