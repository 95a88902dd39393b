import { createHash } from 'node:crypto';
import type { Digest } from '../../shared/ports/digest.ts';

export const nodeDigest: Digest = { sha256: (data) => createHash('sha256').update(data).digest() };
