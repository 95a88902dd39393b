import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testFolder } from '../../shared/engine/testing.ts';
import { toMunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import {
  enterVendor,
  joinDesk,
  openTestDesk,
  startTestServer,
  type TestDesk,
  type TestServer,
  untilSynced,
} from './testing.ts';

const { folder, remove } = testFolder();
const rounds = 4;
let server: TestServer;
let desk: TestDesk;
let collegeId: Id;

beforeAll(async () => {
  server = await startTestServer(path.join(folder, 'server'), ['NHC']);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  desk = await openTestDesk(path.join(folder, 'desk'));
  await joinDesk(desk, server, 'asha.kulkarni@example.in', 'NHC');
  collegeId = (await desk.call('session.get', {})).colleges[0]?.id ?? '';
});
afterAll(async () => {
  await desk?.close();
  await server?.stop();
  remove();
});

const newId = (): Id => uuidv7(Date.now(), systemRandom.bytes(10));
const enter = (vendorId: Id): Promise<Id> => enterVendor(desk, collegeId, `Vendor ${vendorId.slice(-8)}`, vendorId);
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Enters vendors until the ledger process is gone, some time after the first is acknowledged. @returns those that were acknowledged */
async function enterUntilKilled(afterMs: number): Promise<readonly Id[]> {
  const acknowledged: Id[] = [];
  for (;;) {
    const vendorId = newId();
    try {
      await enter(vendorId);
      acknowledged.push(vendorId);
      if (acknowledged.length === 1) setTimeout(() => desk.killLedger(), afterMs);
    } catch (thrown) {
      expect(['HOST_GONE', 'ENGINE_RESTARTING']).toContain(toMunimError(thrown).code);
      return acknowledged;
    }
  }
}

async function untilBack(): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if ((await desk.desk.invoke('session.get', {})).ok) return;
    await wait(100);
  }
  throw new Error('the ledger did not come back');
}

it('loses nothing that was acknowledged when the ledger is killed, online or offline', async () => {
  const all: Id[] = [];
  for (let round = 0; round < rounds; round++) {
    await desk.call('sync.pause', { paused: round % 2 === 0 });
    desk.events.length = 0;
    const acknowledged = await enterUntilKilled(round * 130);
    all.push(...acknowledged);
    await untilBack();
    const told = desk.events.filter(({ name }) => name === 'ledger').map(({ data }) => data);
    expect(told).toEqual([{ state: 'restarting' }, { state: 'ready' }]);
    // The person goes on where she was.
    expect(await desk.call('session.get', {})).toMatchObject({ phase: 'signed_in', person: { name: 'Asha Kulkarni' } });
    for (const id of acknowledged) expect((await desk.call('vendors.get', { id })).id).toBe(id);
  }
  expect(all.length).toBeGreaterThan(rounds);
  await desk.call('sync.pause', { paused: false });
  await untilSynced(desk);
  for (const id of all) expect((await desk.call('vendors.get', { id })).pending).toBe(false);
  expect(await desk.call('attention.list', {})).toEqual({ rows: [] });
  expect(await desk.call('audit.verify', { collegeId })).toMatchObject({ intact: true });
  expect(await server.ask('verify', {})).toMatchObject({ sound: true });
});

it('refuses a second desk on the same folder and names the reason', async () => {
  await expect(openTestDesk(path.join(folder, 'desk'))).rejects.toMatchObject({ code: 'ENGINE_LOCKED' });
  expect((await desk.call('session.get', {})).phase).toBe('signed_in');
});

it('goes on offline when the server dies, and sends everything when it is back', async () => {
  await server.kill();
  const vendorId = newId();
  await enter(vendorId);
  await desk.call('sync.now', {});
  expect(await desk.call('sync.status', {})).toMatchObject({
    state: 'offline',
    pending: 1,
    error: { code: 'SYNC_OFFLINE' },
  });
  const port = new URL(server.url).port;
  server = await startTestServer(path.join(folder, 'server'), [], { MUNIM_SERVER_PORT: port });
  await untilSynced(desk);
  expect((await desk.call('vendors.get', { id: vendorId })).pending).toBe(false);
});
