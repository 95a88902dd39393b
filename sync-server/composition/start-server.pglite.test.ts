import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testTemplate } from '../../shared/engine/testing.ts';
import type { ServerConfig } from '../main/config.ts';
import type { Log } from '../services/log.ts';
import { startServer } from './start-server.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'munim-tls-'));
  makeCertificate('ours');
  makeCertificate('other');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => path.join(folder, name);
function makeCertificate(name: string): void {
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...args, ...names, '-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)], {
    stdio: 'ignore',
  });
}

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
async function start(tls: ServerConfig['tls']) {
  const config: ServerConfig = {
    port: 0,
    host: '127.0.0.1',
    dataDir: file('data'),
    name: 'Test server',
    tls,
    webhookSecretsFile: path.join(folder, 'webhook-secrets.json'),
    receiptsDir: file('receipts'),
    bucket: null,
    keysFile: file('server-keys.json'),
    templateDir: await testTemplate(),
    behindProxy: false,
    metrics: null,
    logLevel: 'info',
    demo: false,
    databaseUrl: null,
    postgresBinDir: null,
    natsUrl: null,
  };
  return await startServer({ config, log: silent, onPoison: () => {} });
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asks over TLS and trusts this certificate only. */
const ask = (url: string, trusted: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(url, { ca: readFileSync(file(`${trusted}.crt`)), agent: false }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, headers: answer.headers });
    }).on('error', reject);
  });

test('the server serves TLS itself with its certificate, and never in the open beside it', async () => {
  const server = await start({ certFile: file('ours.crt'), keyFile: file('ours.key') });
  try {
    expect(server.url).toMatch(/^https:/);
    const answer = await ask(`${server.url}/healthz`, 'ours');
    expect(answer.status).toBe(200);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    await expect(ask(`${server.url}/healthz`, 'other')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    await expect(fetch(`${server.url.replace('https:', 'http:')}/healthz`)).rejects.toThrow();
  } finally {
    await server.stop();
  }
});

test.each([
  ['the key of another certificate', 'other.key', /key values mismatch/],
  ['no key where it should lie', 'gone.key', /ENOENT.*gone\.key/],
  ['a certificate for a key', 'ours.crt', /./],
])('with %s it does not start, and leaves the books free', async (_name, key, said) => {
  await expect(start({ certFile: file('ours.crt'), keyFile: file(key) })).rejects.toThrow(said);
  const server = await start(null);
  expect(server.url).toMatch(/^http:/);
  await server.stop();
});
