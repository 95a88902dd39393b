import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { testFolder } from '../../shared/engine/testing.ts';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { zPoke } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { startNats, type TestNats } from '../../tools/testing/nats.ts';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { revokeDevice } from '../services/devices.ts';
import { push } from '../services/push.ts';
import { signIn } from '../services/sign-in.ts';
import { HttpWorld } from '../testing/http-world.ts';
import { enrolDesk, makeCollege, openTestServer, type TestServer } from '../testing/test-server.ts';
import { buildApp } from './app.ts';

const program = process.env.MUNIM_NATS_SERVER ?? '';

/** Two servers of one installation in this process, whose clocks stand still: what is noticed is noticed by a word of the other. */
describe.skipIf(program === '')('two servers over one PostgreSQL and one NATS', () => {
  const { folder, remove } = testFolder();
  const closing: (() => Promise<unknown>)[] = [];
  let nats: TestNats;
  let here: TestServer;
  let there: TestServer;
  let world: HttpWorld;

  beforeAll(async () => {
    const { url, drop } = await freshDatabase();
    nats = await startNats(program);
    closing.push(drop, nats.stop);
    const shared = {
      keysFile: path.join(folder, 'keys.json'),
      receiptsDir: path.join(folder, 'receipts'),
      natsUrl: nats.url,
    };
    here = await openTestServer(url, shared);
    there = await openTestServer(url, shared);
    closing.push(here.close, there.close);
    const app = buildApp(here.context);
    closing.push(() => app.http.close());
    const address = await app.http.listen({ port: 0, host: '127.0.0.1' });
    const colleges = [await makeCollege(there, 'MINE'), await makeCollege(there, 'THEIRS')] as const;
    world = new HttpWorld(here, app, address, colleges, await enrolDesk(there, [colleges[0].id]));
    await vi.waitFor(() => {
      expect([here, there].map(({ context }) => context.bus.state())).toEqual(['shared', 'shared']);
    });
  });
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
    remove();
  });

  /** A socket that the server here has admitted. */
  async function admitted(hello: string): Promise<WebSocket> {
    const before = world.app.sockets.size;
    const socket = new WebSocket(`${world.url.replace('http', 'ws')}/sync/socket`);
    socket.once('open', () => socket.send(hello));
    await vi.waitFor(() => expect(world.app.sockets.size).toBe(before + 1));
    return socket;
  }

  test('a command that the one takes pokes the desk of the other', async () => {
    const { desk, mine } = world;
    await desk.signIn(mine.accountant);
    const socket = await admitted(await world.hello(desk));
    const heard = new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
    const vendor = { vendorId: desk.newId(), fields: vendorFields('Vendor') };
    const answer = await push(there.context, await desk.device(), [
      desk.command(mine.id, mine.accountantId, 'vendor.create', vendor),
    ]);
    expect(answer).toMatchObject({ ok: true, value: { results: [{ status: 'applied' }] } });
    expect(zPoke.parse(parseCanonical(await heard))).toMatchObject({ collegeId: mine.id });
    socket.close();
  });

  test('a desk that is taken out of use at the one is cut off at the other', async () => {
    const lost = await enrolDesk(here, [world.mine.id], 'Lost');
    const socket = await admitted(await world.hello(lost));
    const end = new Promise<number>((resolve) => socket.once('close', resolve));
    expect(await revokeDevice(there.context, lost.deviceId)).toBe(true);
    expect(await end).toBe(4403);
  });

  test('a password is tried no more often than at one', async () => {
    const { desk, theirs } = world;
    const wrong = { email: theirs.principal, password: 'not the password at all' };
    const tryAt = async (server: TestServer) => {
      const answer = await signIn(server.context, await desk.device(), wrong);
      return answer.ok ? 'in' : answer.error.code;
    };
    for (let tries = 0; tries < limits.auth.signInTriesMax; tries++) {
      expect(await tryAt(here)).toBe('AUTH_BAD_CREDENTIALS');
    }
    // One line carries all words in their order: when the last is heard, so were those before it.
    const last = new Promise<void>((resolve) => {
      there.context.bus.subscribe((news) => {
        if ('version' in news && news.version === 1_000_000) resolve();
      });
    });
    here.context.bus.publish({ collegeId: theirs.id, version: 1_000_000 });
    await last;
    expect(await tryAt(there)).toBe('RATE_LIMITED');
  });
});
