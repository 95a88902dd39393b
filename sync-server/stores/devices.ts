import { arrayOverlaps, eq, sql } from 'drizzle-orm';
import { nameRow } from '../../shared/db/scope.ts';
import { devicePeople, devices } from '../../shared/db/server-schema.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';

export type Device = typeof devices.$inferSelect;

/** The device with this id, of whichever colleges. Inside `inScope`, as everything here. */
export async function deviceById(db: Db, id: Id): Promise<Device | undefined> {
  await nameRow(db, id);
  return (await db.select().from(devices).where(eq(devices.id, id)))[0];
}

/** Holds the device until the transaction ends, so that its commands are taken one batch after the other. */
export async function lockDevice(db: Db, id: Id): Promise<Device | undefined> {
  await nameRow(db, id);
  return (await db.select().from(devices).where(eq(devices.id, id)).for('update'))[0];
}

/** Its colleges must be in the scope. */
export async function insertDevice(
  db: Db,
  device: Pick<Device, 'id' | 'name' | 'publicKey' | 'collegeIds' | 'enrolledAt'>,
): Promise<void> {
  await nameRow(db, device.id);
  await db.insert(devices).values({ ...device, lastSeq: 0, revokedAt: null });
}

/** As `insertDevice`, but leaves one alone that is there already. */
export async function insertDeviceOnce(db: Db, device: Parameters<typeof insertDevice>[1]): Promise<void> {
  await nameRow(db, device.id);
  await db
    .insert(devices)
    .values({ ...device, lastSeq: 0, revokedAt: null })
    .onConflictDoNothing();
}

/** Further colleges of a device: those in the scope, beside the ones it has. */
export async function setDeviceColleges(db: Db, id: Id, collegeIds: readonly Id[]): Promise<void> {
  await db
    .update(devices)
    .set({ collegeIds: [...collegeIds] })
    .where(eq(devices.id, id));
}

export async function moveLastSeq(db: Db, id: Id, lastSeq: number): Promise<void> {
  await db.update(devices).set({ lastSeq }).where(eq(devices.id, id));
}

export async function devicesOf(db: Db, collegeIds: readonly Id[]): Promise<readonly Device[]> {
  if (collegeIds.length === 0) return [];
  return db
    .select()
    .from(devices)
    .where(arrayOverlaps(devices.collegeIds, [...collegeIds]))
    .orderBy(devices.enrolledAt, devices.id);
}

/** @returns whether there was such a device still in use */
export async function revokeDevice(db: Db, id: Id, at: number): Promise<boolean> {
  await nameRow(db, id);
  const revoked = await db
    .update(devices)
    .set({ revokedAt: at })
    .where(sql`${devices.id} = ${id} AND ${devices.revokedAt} IS NULL`)
    .returning({ id: devices.id });
  return revoked.length > 0;
}

export async function bindPerson(db: Db, deviceId: Id, personId: Id, since: number): Promise<void> {
  await db.insert(devicePeople).values({ deviceId, personId, since }).onConflictDoNothing();
}

export async function boundPeople(db: Db, deviceId: Id): Promise<ReadonlySet<Id>> {
  const rows = await db
    .select({ personId: devicePeople.personId })
    .from(devicePeople)
    .where(eq(devicePeople.deviceId, deviceId));
  return new Set(rows.map((row) => row.personId));
}
