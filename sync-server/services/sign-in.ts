import type { z } from 'zod';
import { inScope } from '../../shared/db/scope.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import {
  deviceAuthText,
  type SignInAnswer,
  type zDeviceAuthRequest,
  type zSignInRequest,
  type zTokenAnswer,
} from '../../shared/sync/messages.ts';
import { readPublicKey, signatureFits } from '../adapters/device-keys.ts';
import { bindPerson, type Device } from '../stores/devices.ts';
import { activeRowsOf, credentialByEmail, emailKey } from '../stores/people.ts';
import { usableDevice } from './authenticate.ts';
import type { ServerContext } from './context.ts';
import { sealToken } from './tokens.ts';

const minuteMs = 60_000;

/**
 * A device token for who holds the device's key. Refusals: AUTH_DEVICE_UNKNOWN, AUTH_DEVICE_REVOKED, AUTH_BAD_SIGNATURE (also for a
 * proof used before), SYNC_CLOCK_AHEAD and SYNC_CLOCK_BEHIND, because a proof is good for a few minutes only.
 */
export async function authenticateDevice(
  context: ServerContext,
  request: z.infer<typeof zDeviceAuthRequest>,
): Promise<Result<z.infer<typeof zTokenAnswer>, Refusal>> {
  const device = await usableDevice(context, request.deviceId);
  if (!device.ok) return device;
  const key = readPublicKey(device.value.publicKey);
  if (!key || !signatureFits(key, deviceAuthText(request), request.signature))
    return err(refusal('AUTH_BAD_SIGNATURE'));
  const now = context.clock.now();
  const aheadMs = request.at - now;
  if (Math.abs(aheadMs) > limits.sync.clockAheadMaxMs) {
    const minutes = Math.ceil(Math.abs(aheadMs) / minuteMs);
    return err(refusal(aheadMs > 0 ? 'SYNC_CLOCK_AHEAD' : 'SYNC_CLOCK_BEHIND', { minutes }));
  }
  const proof = `proof ${request.deviceId} ${request.nonce}`;
  if (context.signInTries.take(proof, 1, 2 * limits.sync.clockAheadMaxMs)) return err(refusal('AUTH_BAD_SIGNATURE'));
  const expiresAt = now + limits.auth.deviceTokenMs;
  const claims = { kind: 'device', deviceId: request.deviceId, personId: null, issuedAt: now, expiresAt } as const;
  return ok({ token: sealToken(context.keys.tokenKey, claims), expiresAt });
}

/**
 * Signs a person in on a device and binds him to it: from then on the device may send commands in his name. A wrong e-mail and a wrong
 * password are answered alike and take alike long. Refusals: RATE_LIMITED, AUTH_BAD_CREDENTIALS, AUTH_FORBIDDEN when he has no role in
 * the colleges of the device.
 */
export async function signIn(
  context: ServerContext,
  device: Device,
  request: z.infer<typeof zSignInRequest>,
): Promise<Result<SignInAnswer, Refusal>> {
  const account = `account ${emailKey(request.email)}`;
  const tooMany = context.signInTries.take(account, limits.auth.signInTriesMax);
  if (tooMany) return err(tooMany);
  const { db } = context.database;
  const credential = await inScope(db, [], (tx) => credentialByEmail(tx, request.email));
  // The slow comparison runs outside any transaction, or it would hold everybody else back.
  const isRight = await context.passwords.matches(request.password, credential?.passwordHash ?? null);
  if (!isRight || !credential) return err(refusal('AUTH_BAD_CREDENTIALS'));
  context.signInTries.forgive(account);
  const now = context.clock.now();
  const rows = await inScope(db, device.collegeIds, async (tx) => {
    const found = await activeRowsOf(tx, credential.personId);
    if (found.length > 0) await bindPerson(tx, device.id, credential.personId, now);
    return found;
  });
  const [first] = rows;
  if (!first) return err(refusal('AUTH_FORBIDDEN', { role: 'none in the colleges of this desk' }));
  const { personId } = credential;
  const expiresAt = now + limits.auth.userTokenMs;
  const claims = { kind: 'user', deviceId: device.id, personId, issuedAt: now, expiresAt } as const;
  context.log.info('signed in', { deviceId: device.id, personId });
  return ok({
    token: sealToken(context.keys.tokenKey, claims),
    expiresAt,
    person: {
      id: personId,
      name: first.name,
      email: first.email,
      role: first.role,
      collegeIds: rows.map((row) => row.collegeId),
    },
  });
}
