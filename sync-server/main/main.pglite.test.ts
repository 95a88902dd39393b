import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testFolder } from '../../shared/engine/testing.ts';
import { PROTOCOL_HEADER, SYNC_PROTOCOL_VERSION } from '../../shared/sync/messages.ts';
import { publicKeyOf } from '../adapters/device-keys.ts';
import { booksTemplate, newPrivateKey } from '../testing/test-server.ts';

const main = path.resolve('sync-server/main/main.ts');
let place: ReturnType<typeof testFolder>;
let env: NodeJS.ProcessEnv;
const started: ChildProcess[] = [];

beforeEach(async () => {
  place = testFolder();
  env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    MUNIM_SERVER_DATA: path.join(place.folder, 'data'),
    MUNIM_SERVER_PORT: '0',
    MUNIM_SERVER_TEMPLATE: await booksTemplate(),
  };
});
afterEach(async () => {
  for (const child of started.splice(0)) await stop(child);
  place.remove();
});

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], input = '', more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...env, ...more } });
  const [out, err]: string[][] = [[], []];
  child.stdout.on('data', (data) => out?.push(String(data)));
  child.stderr.on('data', (data) => err?.push(String(data)));
  child.stdin.end(input);
  return new Promise((resolve) =>
    child.on('close', (status) => resolve({ status, out: out?.join('') ?? '', err: err?.join('') ?? '' })),
  );
}

/** Starts the server. `next` answers the following address it says, for when it starts again by itself. */
async function serve(): Promise<{
  child: ChildProcess;
  url: string;
  pid: number;
  next(): Promise<{ url: string; pid: number }>;
}> {
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let text = '';
  child.stdout?.on('data', (data) => {
    text += String(data);
  });
  child.stderr?.resume();
  let from = 0;
  const next = async () => {
    for (;;) {
      const match = /listening (http:\/\/\S+)\n/.exec(text.slice(from));
      if (match) {
        from += match.index + match[0].length;
        const url = match[1] ?? '';
        return { url, pid: childOf(child.pid ?? 0) };
      }
      if (child.exitCode !== null) throw new Error('the server ended');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, ...(await next()), next };
}

const childOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return gone;
}

test('wrong settings are all named at once', async () => {
  const { status, err } = await run([], '', { MUNIM_SERVER_PORT: 'x', MUNIM_SERVER_DATA: '', MUNIM_SERVER_LOG: 'x' });
  expect(status).toBe(2);
  for (const name of ['MUNIM_SERVER_PORT', 'MUNIM_SERVER_DATA', 'MUNIM_SERVER_LOG']) expect(err).toContain(name);
});

test('the command line works on a stopped and on a running server alike', async () => {
  const file = path.join(place.folder, 'college.json');
  writeFileSync(file, JSON.stringify({ code: 'ABC', name: 'ABC College', stateCode: '27' }));
  expect(await run(['add-college', file])).toMatchObject({ status: 0, out: expect.stringContaining('"ABC College"') });
  const { url, child } = await serve();
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const person = ['--name', 'IT', '--email', 'it@abc.example', '--role', 'it_admin', '--college', 'ABC'];
  expect(await run(['add-person', ...person], 'a long password\n')).toMatchObject({ status: 0 });
  expect(await run(['enrol-code', '--college', 'ABC'])).toMatchObject({
    status: 0,
    out: expect.stringMatching(/"code": "[0-9A-Z-]{19}"/),
  });
  expect(await run(['enrol-code', '--college', 'XYZ'])).toMatchObject({
    status: 1,
    err: expect.stringContaining('NOT_FOUND'),
  });
  const to = path.join(place.folder, 'backups');
  const backup = await run(['backup', '--to', to], '', { MUNIM_BACKUP_PASSPHRASE: 'a passphrase for the backup' });
  expect([backup.status, JSON.parse(backup.out)]).toMatchObject([0, { keys: 'sealed', colleges: [{ code: 'ABC' }] }]);
  const { folder: from } = JSON.parse(backup.out) as { folder: string };
  expect(await run(['restore', '--from', from])).toMatchObject({
    status: 1,
    err: expect.stringContaining('ENGINE_LOCKED'),
  });
  expect(await run(['dance'])).toMatchObject({ status: 2, err: expect.stringContaining('usage') });
  expect(await stop(child)).toBe(0);
  expect(existsSync(path.join(place.folder, 'data', 'control.json'))).toBe(false);
  const restored = await run(['restore', '--from', from]);
  expect([restored.status, JSON.parse(restored.out)]).toMatchObject([
    0,
    { colleges: [{ code: 'ABC', brokenAt: null }] },
  ]);
  const verified = await run(['verify']);
  expect([verified.status, JSON.parse(verified.out)]).toMatchObject([
    0,
    { sound: true, colleges: [{ auditEntries: 2 }] },
  ]);
});

test('told to stop, it finishes what it was asked before, takes nothing new, and ends well', async () => {
  const file = path.join(place.folder, 'college.json');
  writeFileSync(file, JSON.stringify({ code: 'ABC', name: 'ABC College', stateCode: '27' }));
  const server = await serve();
  await run(['add-college', file]);
  const { code } = JSON.parse((await run(['enrol-code', '--college', 'ABC'])).out) as { code: string };
  const publicKey = publicKeyOf(newPrivateKey());
  const body = JSON.stringify({ code, deviceName: 'Desk', publicKey });
  const { port, hostname } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (data) => {
    answer += String(data);
  });
  socket.write(
    `POST /enrol HTTP/1.1\r\nHost: x\r\n${PROTOCOL_HEADER}: ${SYNC_PROTOCOL_VERSION}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  );
  await fetch(`${server.url}/healthz`);
  const stopped = stop(server.child);
  await expect
    .poll(() =>
      fetch(`${server.url}/healthz`).then(
        () => 'open',
        () => 'refused',
      ),
    )
    .toBe('refused');
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.write(body.slice(5));
  await ended;
  expect(answer).toMatch(/^HTTP\/1\.1 200/);
  expect(await stopped).toBe(0);
  const again = await serve();
  const headers = { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION) };
  const same = await (await fetch(`${again.url}/enrol`, { method: 'POST', headers, body })).json();
  expect(answer).toContain((same as { deviceId: string }).deviceId);
});

test('a second server on the same data refuses with words and does not try again', async () => {
  await serve();
  const second = await run([]);
  expect(second).toMatchObject({ status: 1, err: expect.stringContaining('ENGINE_LOCKED') });
});

test.runIf(process.platform === 'linux')('killed, it is started again and has kept what it acknowledged', async () => {
  const file = path.join(place.folder, 'college.json');
  writeFileSync(file, JSON.stringify({ code: 'ABC', name: 'ABC College', stateCode: '27' }));
  const server = await serve();
  expect(await run(['add-college', file])).toMatchObject({ status: 0 });
  process.kill(server.pid, 'SIGKILL');
  const again = await server.next();
  expect(again.pid).not.toBe(server.pid);
  expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
  const verified = await run(['verify']);
  expect(JSON.parse(verified.out)).toMatchObject({ sound: true, colleges: [{ code: 'ABC', auditEntries: 1 }] });
});
