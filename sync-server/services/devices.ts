import { inScope } from '../../shared/db/scope.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { type Device, devicesOf, revokeDevice as revoke } from '../stores/devices.ts';
import type { ServerContext } from './context.ts';

/** The desks of these colleges, the server's own device left out. */
export async function listDevices(context: ServerContext, collegeIds: readonly Id[]): Promise<readonly Device[]> {
  const found = await inScope(context.database.db, collegeIds, (tx) => devicesOf(tx, collegeIds));
  return found.filter((device) => device.id !== context.keys.deviceId);
}

/** Takes a desk out of use at once; its sockets are closed, in every process. @returns whether it was in use */
export async function revokeDevice(context: ServerContext, deviceId: Id): Promise<boolean> {
  if (deviceId === context.keys.deviceId) return false;
  const done = await inScope(context.database.db, [], (tx) => revoke(tx, deviceId, context.clock.now()));
  if (!done) return false;
  context.log.info('device revoked', { deviceId });
  context.bus.publish({ revoked: deviceId });
  return true;
}
