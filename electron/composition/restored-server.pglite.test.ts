import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testFolder, testTemplate } from '../../shared/engine/testing.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { restoreServer } from '../../sync-server/composition/restore.ts';
import { readConfig } from '../../sync-server/main/config.ts';
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
const dataDir = path.join(folder, 'server');
let server: TestServer;
let writer: TestDesk;
let reader: TestDesk;
let other: TestDesk;
let late: TestDesk;
let collegeId: Id;

beforeAll(async () => {
  server = await startTestServer(dataDir, ['NHC']);
  for (const name of ['Asha Kulkarni', 'Ravi Deshmukh', 'Meera Joshi']) {
    await server.addPerson(name, 'college_accounts_admin', 'NHC');
  }
  [writer, reader, other, late] = await Promise.all([
    openTestDesk(path.join(folder, 'writer')),
    openTestDesk(path.join(folder, 'reader')),
    openTestDesk(path.join(folder, 'other')),
    openTestDesk(path.join(folder, 'late')),
  ]);
  await joinDesk(writer, server, 'asha.kulkarni@example.in', 'NHC');
  await joinDesk(other, server, 'ravi.deshmukh@example.in', 'NHC');
  await joinDesk(reader, server, 'meera.joshi@example.in', 'NHC');
  collegeId = (await writer.call('session.get', {})).colleges[0]?.id ?? '';
});
afterAll(async () => {
  await Promise.all([writer, reader, other, late].map((desk) => desk?.close()));
  await server?.stop();
  remove();
});

const enter = (desk: TestDesk, name: string): Promise<Id> => enterVendor(desk, collegeId, name);

async function backUp(): Promise<string> {
  const made = await server.ask('backup', { to: path.join(folder, 'backups'), passphrase: null });
  return (made as { folder: string }).folder;
}

/** The server as it was at a backup, under the address it had. */
async function putBack(from: string): Promise<void> {
  const { port } = new URL(server.url);
  await server.stop();
  const config = readConfig({ MUNIM_SERVER_DATA: dataDir, MUNIM_SERVER_TEMPLATE: await testTemplate() });
  if (!config.ok) throw new Error(config.error);
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  await restoreServer(config.value, { from, passphrase: null }, silent);
  server = await startTestServer(dataDir, [], { MUNIM_SERVER_PORT: port });
}

/** Each desk shows all of these as the server has them, none of those, and its books are the server's. */
async function expectBooks(desks: readonly TestDesk[], there: readonly Id[], gone: readonly Id[]): Promise<void> {
  for (const desk of desks) {
    await untilSynced(desk);
    for (const id of there) expect((await desk.call('vendors.get', { id })).pending).toBe(false);
    for (const id of gone) await expect(desk.call('vendors.get', { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await desk.call('sync.compare', {})).colleges).toMatchObject([{ outcome: 'equal' }]);
    expect(await desk.call('audit.verify', { collegeId })).toMatchObject({ intact: true });
  }
  expect(await server.ask('diagnose', { college: null })).toMatchObject({ sound: true });
}
const pause = (desk: TestDesk, paused: boolean) => desk.call('sync.pause', { paused });

it('what a restored server lost is found out by every desk, and sent again by the desk that had entered it', async () => {
  const kept = await enter(other, 'Kept');
  await untilSynced(other);
  const from = await backUp();
  const lost = [await enter(writer, 'Lost One'), await enter(writer, 'Lost Two')];
  await untilSynced(writer);
  // The server refuses this one: the same vendor stands there already. After the restore nothing would speak against it any more.
  await pause(writer, true);
  const twice = await enter(reader, 'Taken');
  await untilSynced(reader);
  await enterVendor(writer, collegeId, 'Refused', twice);
  await pause(writer, false);
  await writer.call('sync.now', {});
  const refused = [{ name: 'vendor.create', documentId: twice, code: 'INPUT_INVALID' }];
  expect((await writer.call('attention.list', {})).rows).toMatchObject(refused);
  lost.push(await enter(writer, 'Lost Three'));
  await untilSynced(writer);
  await untilSynced(reader);
  for (const desk of [writer, reader]) await pause(desk, true);
  await putBack(from);

  // By number alone the place of a desk that was away would look good again.
  const since = [];
  for (let n = 0; n < 5; n++) since.push(await enter(other, `New ${n}`));
  await expectBooks([other], [kept, ...since], [...lost, twice]);
  const waiting = [await enter(reader, 'Waits'), await enter(writer, 'Waits too')];

  await pause(writer, false);
  await untilSynced(writer);
  await expectBooks([writer, other], [kept, ...since, ...lost, waiting[1] ?? ''], [twice]);
  expect((await writer.call('attention.list', {})).rows).toMatchObject(refused);
  expect((await writer.call('sync.status', {})).colleges).toMatchObject([{ sentAgain: { commands: lost.length } }]);
  await pause(reader, false);
  await expectBooks([reader, writer, other], [kept, ...since, ...lost, ...waiting, twice], []);
  expect((await other.call('sync.status', {})).colleges).toMatchObject([{ sentAgain: null }]);
});

it('a desk that the restored server has never heard of enrols anew and sends all it had entered', async () => {
  const from = await backUp();
  await joinDesk(late, server, 'meera.joshi@example.in', 'NHC');
  const lost = [await enter(late, 'Late One'), await enter(late, 'Late Two')];
  await untilSynced(late);
  await putBack(from);
  const waiting = await enter(late, 'Late Three');
  expect((await late.call('sync.now', {})).error?.code).toBe('AUTH_DEVICE_UNKNOWN');
  await joinDesk(late, server, 'meera.joshi@example.in', 'NHC');
  await expectBooks([late, other], [...lost, waiting], []);
  expect(await late.call('attention.list', {})).toEqual({ rows: [] });
});

it('the same backup may be restored once more, and every desk finds that out too', async () => {
  const from = await backUp();
  const first = await enter(other, 'Before the first');
  await untilSynced(other);
  await putBack(from);
  const between = await enter(writer, 'Between the two');
  await expectBooks([other, writer, reader], [first, between], []);
  await putBack(from);
  const last = await enter(reader, 'After the second');
  for (const desk of [writer, reader, other]) await untilSynced(desk);
  await expectBooks([other, writer, reader], [first, between, last], []);
});
