import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testFolder } from '../../shared/engine/testing.ts';
import type { Id } from '../../shared/kernel/ids.ts';
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
let server: TestServer;
let writer: TestDesk;
let reader: TestDesk;
let collegeId: Id;

beforeAll(async () => {
  server = await startTestServer(path.join(folder, 'server'), ['NHC']);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  await server.addPerson('Ravi Deshmukh', 'college_accounts_admin', 'NHC');
  [writer, reader] = await Promise.all([
    openTestDesk(path.join(folder, 'writer')),
    openTestDesk(path.join(folder, 'reader')),
  ]);
  await joinDesk(writer, server, 'asha.kulkarni@example.in', 'NHC');
  await joinDesk(reader, server, 'ravi.deshmukh@example.in', 'NHC');
  collegeId = (await reader.call('session.get', {})).colleges[0]?.id ?? '';
});
afterAll(async () => {
  await Promise.all([writer?.close(), reader?.close()]);
  await server?.stop();
  remove();
});

const enter = (desk: TestDesk, name: string): Promise<Id> => enterVendor(desk, collegeId, name);

it('reads the books anew when the server was put back, and keeps and sends what waits', async () => {
  await untilSynced(writer);
  const port = new URL(server.url).port;
  const again = async () => {
    server = await startTestServer(path.join(folder, 'server'), [], { MUNIM_SERVER_PORT: port });
  };
  await server.stop();
  fs.cpSync(path.join(folder, 'server'), path.join(folder, 'earlier'), { recursive: true });
  await again();
  const lost = [await enter(writer, 'Lost One'), await enter(writer, 'Lost Two'), await enter(writer, 'Lost Three')];
  await untilSynced(writer);
  await untilSynced(reader);
  for (const id of lost) expect((await reader.call('vendors.get', { id })).pending).toBe(false);
  await reader.call('sync.pause', { paused: true });
  const waiting = await enter(reader, 'Waits');
  await writer.close();

  await server.stop();
  fs.rmSync(path.join(folder, 'server'), { recursive: true });
  fs.renameSync(path.join(folder, 'earlier'), path.join(folder, 'server'));
  await again();
  await reader.call('sync.pause', { paused: false });
  await untilSynced(reader);
  expect((await reader.call('vendors.get', { id: waiting })).pending).toBe(false);
  for (const id of lost) await expect(reader.call('vendors.get', { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await reader.call('attention.list', {})).toEqual({ rows: [] });
  expect(await reader.call('audit.verify', { collegeId })).toMatchObject({ intact: true });
  expect(await server.ask('verify', {})).toMatchObject({ sound: true });
  expect(fs.existsSync(path.join(folder, 'reader', 'snapshot', collegeId))).toBe(false);
});
