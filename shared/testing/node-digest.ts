import { createHash } from 'node:crypto';
import type { Digest } from '../ports/digest.ts';

/** The real SHA-256 of Node, for tests of pure code. */
export const nodeDigest: Digest = { sha256: (data) => createHash('sha256').update(data).digest() };
