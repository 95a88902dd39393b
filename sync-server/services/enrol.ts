import type { z } from 'zod';
import { inScope, moveScope } from '../../shared/db/scope.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { type Id, toHex, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { zEnrolAnswer, zEnrolRequest } from '../../shared/sync/messages.ts';
import { readPublicKey } from '../adapters/device-keys.ts';
import { deviceById, insertDevice } from '../stores/devices.ts';
import { insertEnrolCode, lockEnrolCode, markCodeUsed } from '../stores/enrol-codes.ts';
import { collegeNames } from '../stores/people.ts';
import type { ServerContext } from './context.ts';

/** Crockford's letters: none that is mistaken for another when read out over the telephone. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLetters = 16;

/** What a person may type: small letters, blanks, hyphens, O for 0, I and L for 1. */
const normalCode = (code: string): string =>
  code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');

const hashOf = (context: ServerContext, code: string): string => toHex(context.digest.sha256(normalCode(code)));

/** A new code `XXXX-XXXX-XXXX-XXXX` (80 random bits) for one desk of these colleges. Only its hash is kept. */
export async function issueEnrolCode(
  context: ServerContext,
  collegeIds: readonly Id[],
): Promise<{ readonly code: string; readonly expiresAt: number }> {
  const picked = [...context.random.bytes(codeLetters)].map((byte) => letters[byte % letters.length]);
  const code = picked.join('').replace(/(.{4})(?=.)/g, '$1-');
  const expiresAt = context.clock.now() + limits.auth.enrolCodeMs;
  await inScope(context.database.db, collegeIds, (tx) =>
    insertEnrolCode(tx, { codeHash: hashOf(context, code), collegeIds: [...collegeIds], expiresAt }),
  );
  return { code, expiresAt };
}

/**
 * Makes a device of whoever holds a good code. Sent again with the same code and key (the first answer was lost on the way) it answers
 * the same device. Refusals: ENROL_CODE_INVALID, AUTH_BAD_SIGNATURE for a key that is no Ed25519 key.
 */
export async function enrol(
  context: ServerContext,
  request: z.infer<typeof zEnrolRequest>,
): Promise<Result<z.infer<typeof zEnrolAnswer>, Refusal>> {
  if (!readPublicKey(request.publicKey)) return err(refusal('AUTH_BAD_SIGNATURE'));
  const { db } = context.database;
  const now = context.clock.now();
  const settled = await inScope(db, [], async (tx) => {
    const code = await lockEnrolCode(tx, hashOf(context, request.code));
    if (!code) return null;
    if (code.usedBy !== null) {
      const device = await deviceById(tx, code.usedBy);
      return device?.publicKey === request.publicKey && device.revokedAt === null ? device : null;
    }
    if (code.expiresAt <= now) return null;
    await moveScope(tx, code.collegeIds);
    const device = {
      id: uuidv7(now, context.random.bytes(10)),
      name: request.deviceName,
      publicKey: request.publicKey,
      collegeIds: code.collegeIds,
      enrolledAt: now,
    };
    await insertDevice(tx, device);
    await markCodeUsed(tx, code.codeHash, device.id);
    return { ...device, lastSeq: 0 };
  });
  if (!settled) return err(refusal('ENROL_CODE_INVALID'));
  const colleges = await inScope(db, settled.collegeIds, collegeNames);
  context.log.info('device enrolled', { deviceId: settled.id, colleges: colleges.length });
  return ok({
    deviceId: settled.id,
    serverName: context.serverName,
    colleges: [...colleges],
    nextSeq: settled.lastSeq + 1,
  });
}
