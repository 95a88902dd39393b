import { inScope } from '../../shared/db/scope.ts';
import type { Role } from '../../shared/domain/rows.ts';
import { type Refusal, refusal } from '../../shared/kernel/errors.ts';
import { type Id, toHex } from '../../shared/kernel/ids.ts';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { requestText } from '../../shared/sync/messages.ts';
import { readPublicKey, signatureFits } from '../adapters/device-keys.ts';
import { type Device, deviceById } from '../stores/devices.ts';
import { activeRowsOf, credentialOf } from '../stores/people.ts';
import type { ServerContext } from './context.ts';
import { openToken } from './tokens.ts';

/** A person signed in on a device: his role in each of the device's colleges. */
export interface SignedIn {
  readonly device: Device;
  readonly personId: Id;
  readonly name: string;
  readonly roles: ReadonlyMap<Id, Role>;
}

/** The device a token names; a user's token speaks for his device too. Refusals: AUTH_REQUIRED, AUTH_DEVICE_UNKNOWN, AUTH_DEVICE_REVOKED. */
export async function deviceOfToken(
  context: ServerContext,
  token: string | undefined,
): Promise<Result<Device, Refusal>> {
  const claims = token === undefined ? null : openToken(context.keys.tokenKey, token, context.clock.now());
  if (!claims) return err(refusal('AUTH_REQUIRED'));
  return usableDevice(context, claims.deviceId);
}

/** A request as it came, with what its device says to prove that it is its own. */
export interface ProvenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly token: string | undefined;
  readonly signature: string | undefined;
}

/** The device that sent this very request. Refusals: those of `deviceOfToken`, and AUTH_BAD_SIGNATURE for a token without its key. */
export async function deviceOfRequest(
  context: ServerContext,
  request: ProvenRequest,
): Promise<Result<Device, Refusal>> {
  const { method, path, body, token = '', signature = '' } = request;
  const device = await deviceOfToken(context, token);
  if (!device.ok) return device;
  const key = readPublicKey(device.value.publicKey);
  const text = requestText({ method, path, bodySha256: toHex(context.digest.sha256(body)), token });
  return key && signatureFits(key, text, signature) ? device : err(refusal('AUTH_BAD_SIGNATURE'));
}

export async function usableDevice(context: ServerContext, deviceId: Id): Promise<Result<Device, Refusal>> {
  // The server's own device signs what the server does and never speaks over the network.
  if (deviceId === context.keys.deviceId) return err(refusal('AUTH_DEVICE_UNKNOWN'));
  const device = await inScope(context.database.db, [], (tx) => deviceById(tx, deviceId));
  if (!device) return err(refusal('AUTH_DEVICE_UNKNOWN'));
  if (device.revokedAt !== null) return err(refusal('AUTH_DEVICE_REVOKED'));
  return ok(device);
}

/** The person a token speaks for, with the rights he has now. A password changed since then ends the token. */
export async function personOfToken(
  context: ServerContext,
  token: string | undefined,
): Promise<Result<SignedIn, Refusal>> {
  const claims = token === undefined ? null : openToken(context.keys.tokenKey, token, context.clock.now());
  const personId = claims?.personId ?? null;
  if (claims?.kind !== 'user' || personId === null) return err(refusal('AUTH_REQUIRED'));
  const device = await usableDevice(context, claims.deviceId);
  if (!device.ok) return device;
  return inScope(context.database.db, device.value.collegeIds, async (tx) => {
    const credential = await credentialOf(tx, personId);
    const rows = await activeRowsOf(tx, personId);
    const [first] = rows;
    if (!credential || credential.changedAt > claims.issuedAt || !first) return err(refusal('AUTH_REQUIRED'));
    const roles = new Map(rows.map((row) => [row.collegeId, row.role]));
    return ok({ device: device.value, personId, name: first.name, roles });
  });
}

/** The colleges in which the person has one of the roles. Refusal: AUTH_FORBIDDEN when there is none. */
export function collegesWithRole(person: SignedIn, roles: readonly Role[]): Result<readonly Id[], Refusal> {
  const collegeIds = [...person.roles].filter(([, role]) => roles.includes(role)).map(([collegeId]) => collegeId);
  if (collegeIds.length > 0) return ok(collegeIds.sort());
  return err(refusal('AUTH_FORBIDDEN', { role: [...new Set(person.roles.values())].join(', ') }));
}
