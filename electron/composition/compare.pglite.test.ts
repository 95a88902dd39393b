import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, testFolder } from '../../shared/engine/testing.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { enterVendor, joinDesk, openTestDesk, startTestServer, type TestDesk, type TestServer } from './testing.ts';

const { folder, remove } = testFolder();
const email = 'asha.kulkarni@example.in';
let server: TestServer;
let desk: TestDesk;
beforeAll(async () => {
  server = await startTestServer(path.join(folder, 'server'), ['NHC']);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  desk = await openTestDesk(path.join(folder, 'desk'));
  await joinDesk(desk, server, email, 'NHC');
});
afterAll(async () => {
  await desk?.close();
  await server?.stop();
  remove();
});

async function enter(name: string): Promise<Id> {
  const [college] = (await desk.call('session.get', {})).colleges;
  return enterVendor(desk, college?.id ?? '', name);
}

it('the real desk and the real server add up to the same, until a row of the desk is another', async () => {
  await enter('First');
  const vendorId = await enter('Second “Sons” & Co. ₹');
  const { colleges: equal } = await desk.call('sync.compare', {});
  expect(equal).toMatchObject([{ code: 'NHC', outcome: 'equal', tables: [], first: null }]);
  expect(equal[0]?.rows).toBeGreaterThan(20);

  await desk.call('sync.pause', { paused: true });
  await enter('Waiting');
  expect((await desk.call('sync.compare', {})).colleges).toMatchObject([{ outcome: 'waiting', version: null }]);
  await desk.call('sync.pause', { paused: false });
  await desk.call('sync.now', {});

  await desk.close();
  const { engine } = await openTestEngine(path.join(folder, 'desk', 'books'));
  await engine.pg.query('UPDATE vendors SET phone = $1 WHERE id = $2', ['1', vendorId]);
  await engine.close();
  desk = await openTestDesk(path.join(folder, 'desk'));
  await desk.call('session.signIn', { email, password: server.password });
  const { colleges } = await desk.call('sync.compare', {});
  expect(colleges).toMatchObject([
    {
      outcome: 'different',
      tables: [{ table: 'vendors', here: 3, there: 3 }],
      first: { table: 'vendors', id: vendorId, kind: 'other-content' },
    },
  ]);
});
