import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../../shared/kernel/canonical.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { systemClock } from '../../../shared/ports/clock.ts';
import { systemRandom } from '../../../shared/ports/random.ts';
import { READER_VERSION } from '../../../shared/sync/messages.ts';
import { devFileStore } from '../keychain/dev-file-store.ts';
import { DeviceKeys } from '../vault/device-keys.ts';
import { Vault } from '../vault/vault.ts';
import { checkServerUrl } from './http.ts';
import { HttpSyncLink } from './sync-link.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'munim-link-'));
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const deviceId = '018f0000-0000-7000-8000-0000000000d1';
const collegeId = '018f0000-0000-7000-8000-0000000000c1';
const request = { code: 'ABCD-EFGH-JKMN-PQRS', deviceName: 'Desk' };
const enrolled = { deviceId, serverName: 'S', colleges: [{ id: collegeId, code: 'C', name: 'College' }], nextSeq: 1 };

function makeLink(caPem?: string): HttpSyncLink {
  const vault = new Vault({
    file: path.join(folder, 'vault.json'),
    keychain: async () => devFileStore(path.join(folder, 'secrets')),
    clock: systemClock,
    random: systemRandom,
  });
  const link = new HttpSyncLink({ keys: new DeviceKeys(vault), clock: systemClock, random: systemRandom, caPem });
  closers.push(() => link.close());
  return link;
}

async function listen(server: Server, scheme = 'http'): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (answer: RequestListener) => listen(createServer(answer));
const json =
  (status: number, value: Parameters<typeof canonicalText>[0]): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(canonicalText(value));
  };

describe('what answers is not the server', () => {
  it.each<[string, RequestListener]>([
    [
      'a page',
      (_q, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the campus network</h1>'),
    ],
    ['a page called JSON', (_q, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('<h1>Hello</h1>')],
    ['a way to a page', (_q, r) => r.writeHead(302, { location: 'http://127.0.0.1/' }).end()],
    ['a refusal of some proxy', (_q, r) => r.writeHead(403, { 'content-type': 'text/html' }).end('Blocked')],
    ['JSON of another form', json(200, { hello: 'world' })],
    ['an error of another form', json(400, { message: 'no' })],
    [
      'no end of it',
      (_q, r) =>
        void r
          .writeHead(200, { 'content-type': 'application/json' })
          .end(Buffer.alloc(limits.sync.answerBytesMax + 10, 32)),
    ],
  ])('%s', async (_name, answer) => {
    await expect(makeLink().enrol({ ...request, serverUrl: await serve(answer) })).rejects.toMatchObject({
      code: 'SYNC_BAD_ANSWER',
    });
  });

  it('a gateway without a server behind it, or nobody', async () => {
    const gateway = await serve((_q, r) => r.writeHead(502, { 'content-type': 'text/html' }).end('Bad gateway'));
    await expect(makeLink().enrol({ ...request, serverUrl: gateway })).rejects.toMatchObject({ code: 'SYNC_OFFLINE' });
    await expect(makeLink().enrol({ ...request, serverUrl: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      code: 'SYNC_OFFLINE',
    });
  });
});

describe('certificates', () => {
  const file = (name: string) => path.join(folder, name);
  const makeCertificate = (name: string, ip: string): { key: string; cert: string } => {
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const names = ['-subj', `/CN=${ip}`, '-addext', `subjectAltName=IP:${ip}`];
    execFileSync('openssl', [...args, ...names, '-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)], {
      stdio: 'ignore',
    });
    return { key: readFileSync(file(`${name}.key`), 'utf8'), cert: readFileSync(file(`${name}.crt`), 'utf8') };
  };

  it('that nobody here trusts are refused, and so are those of another server', async () => {
    const ours = makeCertificate('ours', '127.0.0.1');
    const other = makeCertificate('other', '127.0.0.1');
    const misnamed = makeCertificate('misnamed', '10.0.0.1');
    const answer = json(200, enrolled);
    const serverUrl = await listen(createTlsServer(ours, answer), 'https');
    const elsewhere = await listen(createTlsServer(misnamed, answer), 'https');
    const refused = { code: 'SYNC_BAD_CERTIFICATE' };
    await expect(makeLink().enrol({ ...request, serverUrl })).rejects.toMatchObject(refused);
    await expect(makeLink(other.cert).enrol({ ...request, serverUrl })).rejects.toMatchObject(refused);
    await expect(makeLink(misnamed.cert).enrol({ ...request, serverUrl: elsewhere })).rejects.toMatchObject(refused);
    expect(await makeLink(ours.cert).enrol({ ...request, serverUrl })).toMatchObject({ deviceId });
  });
});

describe('addresses', () => {
  it('may be plain only on this machine', () => {
    expect(checkServerUrl('http://127.0.0.1:7420/')).toBe('http://127.0.0.1:7420');
    expect(checkServerUrl('https://books.example.in/munim/')).toBe('https://books.example.in/munim');
    for (const bad of [
      'http://books.example.in',
      'ftp://127.0.0.1',
      'https://me:secret@books.example.in',
      'https://x/?a=1',
      'x',
    ]) {
      expect(() => checkServerUrl(bad)).toThrow(/INPUT_INVALID/);
    }
  });
});

describe('tokens', () => {
  it('are fetched once, renewed once when refused, and never sent elsewhere than to the server', async () => {
    const asked: string[] = [];
    let refuse = true;
    const serverUrl = await serve((call, response) => {
      asked.push(`${call.url} ${call.headers.authorization ?? ''}`);
      if (call.url === '/enrol') return json(200, enrolled)(call, response);
      if (call.url === '/auth/device') return json(200, { token: `t${asked.length}`, expiresAt: 0 })(call, response);
      if (call.url === '/sync/push' && refuse) {
        refuse = false;
        const error = { code: 'AUTH_REQUIRED', message: '', details: {}, timestamp: '', request_id: '' };
        return json(401, { error })(call, response);
      }
      return json(200, { results: [], lastSeq: 0 })(call, response);
    });
    const link = makeLink();
    const { demonstration } = await link.enrol({ ...request, serverUrl });
    expect(demonstration).toBe(true);
    await link.use({ serverUrl, deviceId });
    const push = { commands: [{ text: '{}', signature: 'x' }] };
    await link.push(push);
    await link.push(push);
    expect(asked.slice(2)).toEqual([
      '/auth/device ',
      '/sync/push Bearer t3',
      '/auth/device ',
      '/sync/push Bearer t5',
      '/sync/push Bearer t5',
    ]);
  });
});

describe('a message for newer readers', () => {
  it('is not acted on, and the person hears that Munim has to be updated', async () => {
    const serverUrl = await serve((call, response) => {
      if (call.url === '/enrol') return json(200, enrolled)(call, response);
      if (call.url === '/auth/device') return json(200, { token: 't', expiresAt: 0 })(call, response);
      return json(200, { minReader: READER_VERSION + 1, pages: 'of some other form' })(call, response);
    });
    const link = makeLink();
    await link.enrol({ ...request, serverUrl });
    await link.use({ serverUrl, deviceId });
    await expect(link.pull({ collegeId, cursor: 0, ackedSeq: 0, limitRows: 1 })).rejects.toMatchObject({
      code: 'UNSUPPORTED_VERSION',
    });
  });

  it('may say more than this desk reads, as long as it says that this desk may read it', async () => {
    const page = { collegeId, rows: [], cursor: 0, more: false, lastSeq: 0, results: [] };
    const serverUrl = await serve((call, response) => {
      if (call.url === '/enrol') return json(200, enrolled)(call, response);
      if (call.url === '/auth/device') return json(200, { token: 't', expiresAt: 0 })(call, response);
      return json(200, { ...page, minReader: READER_VERSION, news: 'for others' })(call, response);
    });
    const link = makeLink();
    await link.enrol({ ...request, serverUrl });
    await link.use({ serverUrl, deviceId });
    expect(await link.pull({ collegeId, cursor: 0, ackedSeq: 0, limitRows: 1 })).toEqual({ ...page, minReader: 1 });
  });
});
