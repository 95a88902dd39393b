import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AccountQuestion, BankConnector } from '../../shared/connectors/_kit/bank.ts';
import { problem } from '../../shared/connectors/_kit/problem.ts';
import type { SecretQuestion } from '../../shared/domain/connection/secret-fields.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import { err, ok } from '../../shared/kernel/result.ts';
import type { ChosenFile, SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import { type KeyedCertificate, TestAuthority } from '../../shared/testing/certificates.ts';
import { joinDesk, openTestDesk, startTestServer, type TestDesk, type TestServer } from './testing.ts';

const { folder, remove } = testFolder();
const dataDir = path.join(folder, 'desk');
const SECRET = 'sk-topsecret-4417';
const PASSPHRASE = 'neem lantern';
const authority = TestAuthority.make('Bank of the test');
let server: TestServer;
let desk: TestDesk;
let bank: Server;
let collegeId: string;
let connectionId: string;

/** What the person at the desk does when he is asked. */
const person: {
  files: readonly ChosenFile[];
  typed: (question: SecretQuestion) => Promise<Record<string, string> | null>;
} = {
  files: [],
  typed: async () => null,
};
const asked: SecretQuestion[] = [];
const prompt: SecretPrompt = {
  chooseFiles: async () => (person.files.length === 0 ? null : person.files),
  ask: (question) => {
    asked.push(question);
    return person.typed(question);
  },
};

/** A bank that tells its balance to who shows a certificate of its authority and the right key. */
const connector: BankConnector = {
  manifest: {
    ...{ id: 'trial', family: 'bank', name: 'Trial Bank', auth: 'api_key', mutualTls: true, units: 'rupees' },
    baseUrls: { sandbox: null, production: 'https://bank.invalid' },
    settings: [{ name: 'clientId', pattern: '[a-z-]{3,30}', isOptional: false }],
    secrets: [{ name: 'apiKey', pattern: '[!-~]{8,60}', isOptional: false }],
    limits: { requestsPerMinute: null, concurrency: 2 },
    ...{ capabilities: ['balance'], docs: '', evidence: 'emulator-tested', evidenceNote: '' },
  },
  balance: {
    ...{ name: 'trial.balance', effect: 'read', input: z.strictObject({ accountNumber: z.string() }) },
    request: ({ accountNumber }: AccountQuestion, { secrets }) => ({
      ...{ method: 'GET', path: `/balance/${accountNumber}`, body: new Uint8Array() },
      headers: { 'x-api-key': secrets.apiKey ?? '' },
    }),
    response: ({ status }) =>
      status === 200
        ? ok({ availablePaise: 1_23_456_78n, currentPaise: null, at: 1 })
        : err(problem('auth', 'CONNECTOR_AUTH', { name: 'Trial Bank' })),
  },
};
const shown: { name: string; apiKey: string }[] = [];

const fileOf = (name: string, text: string): ChosenFile => ({ name, bytes: Buffer.from(text) });
const lockedKey = ({ key }: KeyedCertificate): string =>
  createPrivateKey(key)
    .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
    .toString();
const client = (name: string): KeyedCertificate => authority.issue({ name, use: 'client' });

const order = (more: object = {}) => ({
  ...{ id: null, collegeId, connectorId: 'trial', accountCode: '1101', accountNumber: '012305004411' },
  ...{ environment: 'custom' as const, baseUrl: bankUrl(), settings: { clientId: 'sahyadri' } },
  ...more,
});
const bankUrl = (): string => `https://localhost:${(bank.address() as AddressInfo).port}`;
const one = async () => (await desk.call('connections.list', {})).connections.find(({ id }) => id === connectionId);
const openDesk = () => openTestDesk(dataDir, { prompt, connectors: new Map([['trial', connector]]) });

async function enterSecrets(): Promise<boolean> {
  person.typed = async () => ({ apiKey: SECRET });
  return (await desk.call('connections.askSecrets', { id: connectionId, language: 'en' })).done;
}

async function importCertificate(name: string): Promise<void> {
  const issued = client(name);
  const attempts = ['not it', PASSPHRASE];
  person.files = [fileOf('college.crt', issued.cert), fileOf('college.key', lockedKey(issued))];
  person.typed = async () => ({ passphrase: attempts.shift() ?? '' });
  expect(await desk.call('connections.importCertificate', { id: connectionId, language: 'en' })).toEqual({
    done: true,
  });
}

beforeAll(async () => {
  server = await startTestServer(path.join(folder, 'server'), ['NHC']);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  await server.addPerson('Ravi Deshmukh', 'principal', 'NHC');
  const own = authority.issue({ name: 'Bank', use: 'server' });
  bank = createServer(
    { cert: own.cert, key: own.key, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      const apiKey = String(request.headers['x-api-key']);
      shown.push({ name: String(subject.CN), apiKey });
      response.writeHead(apiKey === SECRET ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
    },
  );
  await new Promise<void>((resolve) => bank.listen(0, 'localhost', resolve));
  desk = await openDesk();
  await joinDesk(desk, server, 'asha.kulkarni@example.in', 'NHC');
  collegeId = (await desk.call('session.get', {})).colleges[0]?.id ?? '';
});
afterAll(async () => {
  await desk?.close();
  bank?.closeAllConnections();
  bank?.close();
  await server?.stop();
  remove();
});

describe('a bank connection', () => {
  it('is set up step by step, and says at each what is missing', async () => {
    const { connectors } = await desk.call('connections.list', {});
    expect(connectors).toMatchObject([{ id: 'trial', needsCertificate: true, canTest: true }]);
    connectionId = (await desk.call('connections.save', order())).id;
    expect(await one()).toMatchObject({ state: 'incomplete', missing: ['secrets', 'certificate', 'authority'] });
    expect(await desk.call('connections.test', { id: connectionId })).toMatchObject({ code: 'CONNECTION_INCOMPLETE' });
    expect(await enterSecrets()).toBe(true);
    await importCertificate('accounts-1');
    expect(asked.filter(({ purpose }) => purpose === 'passphrase').map((question) => question.problem)).toEqual([
      null,
      'CERTIFICATE_PASSPHRASE_WRONG',
    ]);
    person.files = [fileOf('bank-ca.pem', authority.cert)];
    expect(await desk.call('connections.importAuthority', { id: connectionId, language: 'en' })).toEqual({
      done: true,
    });
    expect(await one()).toMatchObject({ state: 'ready', missing: [], secretsSet: ['apiKey'] });
  });

  it('answers a test over the certificate and the secret', async () => {
    const tested = await desk.call('connections.test', { id: connectionId });
    expect(tested).toEqual({ code: null, details: {}, availablePaise: 1_23_456_78n });
    const figures = [{ operation: 'trial.balance', calls: 1, successBasisPoints: 10_000 }];
    expect(await one()).toMatchObject({ figures });
    expect(shown).toEqual([{ name: 'accounts-1', apiKey: SECRET }]);
    expect((await one())?.lastTest).toMatchObject({ code: null });
  });

  it('shows a replaced certificate from the next call on, and keeps no earlier one', async () => {
    await importCertificate('accounts-2');
    expect(await desk.call('connections.test', { id: connectionId })).toMatchObject({ code: null });
    expect(shown.at(-1)?.name).toBe('accounts-2');
    expect((await one())?.certificate).toMatchObject({
      generation: 2,
      facts: { subject: expect.stringContaining('accounts-2') },
    });
    const { entries } = JSON.parse(readFileSync(path.join(dataDir, 'vault.json'), 'utf8'));
    const kept = Object.keys(entries).filter((name) => name.includes('/certificate/'));
    expect(kept).toEqual([`connection/${connectionId}/certificate/2`]);
  });

  it('keeps its present certificate when another is no good, and when the dialog is closed', async () => {
    person.files = [fileOf('wrong.pem', client('accounts-3').cert + client('accounts-4').key)];
    const input = { id: connectionId, language: 'en' as const };
    await expect(desk.call('connections.importCertificate', input)).rejects.toMatchObject({
      code: 'CERTIFICATE_KEY_MISMATCH',
    });
    person.files = [];
    expect(await desk.call('connections.importCertificate', input)).toEqual({ done: false });
    expect((await one())?.certificate?.generation).toBe(2);
  });

  it('is refused for an address that is not https, a wrong setting and a second time for the same account', async () => {
    const save = (more: object) => desk.call('connections.save', order(more));
    for (const baseUrl of [
      'http://bank.example',
      'https://user:word@bank.example',
      'https://bank.example/?k=1',
      'bank',
    ]) {
      await expect(save({ accountCode: '1102', baseUrl })).rejects.toMatchObject({
        code: 'CONNECTION_ADDRESS_INVALID',
      });
    }
    await expect(save({ accountCode: '1102', environment: 'sandbox' })).rejects.toMatchObject({
      code: 'CONNECTION_NO_SANDBOX',
    });
    await expect(save({ accountCode: '1102', settings: { clientId: 'X' } })).rejects.toMatchObject({
      code: 'CONNECTION_SETTING_INVALID',
      details: { setting: 'clientId' },
    });
    await expect(save({})).rejects.toMatchObject({ code: 'CONNECTION_DUPLICATE' });
  });

  it('leaves no secret in any file of the desk but sealed, and none in what the screens are told', async () => {
    const listed = JSON.stringify(await desk.call('connections.list', {}));
    const secrets = [SECRET, PASSPHRASE, 'PRIVATE KEY'];
    for (const secret of secrets) expect(listed).not.toContain(secret);
    const texts = (at: string): string[] =>
      readdirSync(at, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && /\.(json|log|jsonl|secret)$/.test(entry.name))
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
    const all = texts(dataDir);
    expect(all.length).toBeGreaterThan(3);
    for (const text of all) for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

describe('who may', () => {
  it('is asked of the books before anything is shown or opened', async () => {
    await desk.call('session.signOut', {});
    const before = asked.length;
    const input = { id: connectionId, language: 'en' as const };
    await expect(desk.call('connections.list', {})).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    await expect(desk.call('connections.askSecrets', input)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    await desk.call('session.signIn', { email: 'ravi.deshmukh@example.in', password: server.password });
    await expect(desk.call('connections.list', {})).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
    await expect(desk.call('connections.test', { id: connectionId })).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
    await expect(desk.call('connections.remove', { id: connectionId })).rejects.toMatchObject({
      code: 'AUTH_FORBIDDEN',
    });
    await desk.call('session.signIn', { email: 'asha.kulkarni@example.in', password: server.password });
    expect(asked).toHaveLength(before);
  });

  it('is asked again when the window closes: who left meanwhile changes nothing', async () => {
    const before = readFileSync(path.join(dataDir, 'vault.json'), 'utf8');
    person.typed = async () => {
      await desk.call('session.signOut', {});
      return { apiKey: 'another-key-99' };
    };
    await expect(desk.call('connections.askSecrets', { id: connectionId, language: 'en' })).rejects.toMatchObject({
      code: 'AUTH_REQUIRED',
    });
    expect(readFileSync(path.join(dataDir, 'vault.json'), 'utf8')).toBe(before);
    await desk.call('session.signIn', { email: 'asha.kulkarni@example.in', password: server.password });
  });

  it('gets one window at a time', async () => {
    let finish: (values: null) => void = () => {};
    person.typed = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const input = { id: connectionId, language: 'en' as const };
    const first = desk.call('connections.askSecrets', input);
    await expect.poll(() => asked.at(-1)?.purpose).toBe('secrets');
    await expect(desk.call('connections.askSecrets', input)).rejects.toMatchObject({ code: 'SECRET_PROMPT_BUSY' });
    finish(null);
    expect(await first).toEqual({ done: false });
  });
});

describe('what was given for one address', () => {
  it('is never sent to another: secrets and authority go when the address changes', async () => {
    await desk.call('connections.save', order({ id: connectionId, settings: { clientId: 'sahyadri-two' } }));
    expect(await one()).toMatchObject({ state: 'ready', settings: { clientId: 'sahyadri-two' } });
    await desk.call('connections.save', order({ id: connectionId, baseUrl: 'https://elsewhere.example' }));
    expect(await one()).toMatchObject({ state: 'incomplete', secretsSet: [], authority: [], lastTest: null });
    const calls = shown.length;
    expect(await desk.call('connections.test', { id: connectionId })).toMatchObject({ code: 'CONNECTION_INCOMPLETE' });
    expect(shown).toHaveLength(calls);
  });
});

describe('a desk whose key is gone from the key store', () => {
  it('opens its books, says by name what is lost, and takes it anew', async () => {
    await desk.call('connections.save', order({ id: connectionId }));
    await enterSecrets();
    person.files = [fileOf('bank-ca.pem', authority.cert)];
    await desk.call('connections.importAuthority', { id: connectionId, language: 'en' });
    await desk.close();
    rmSync(path.join(dataDir, 'dev-secrets'), { recursive: true });
    desk = await openDesk();
    expect(await desk.call('session.get', {})).toMatchObject({ person: null });
    await desk.call('sync.pause', { paused: true });
    await desk.call('session.signIn', { email: 'asha.kulkarni@example.in', password: server.password });
    expect(await one()).toMatchObject({ state: 'lost', lost: ['apiKey', 'certificate'] });
    expect(await desk.call('connections.test', { id: connectionId })).toMatchObject({ code: 'CONNECTION_LOST' });
    await enterSecrets();
    await importCertificate('accounts-5');
    expect(await one()).toMatchObject({ state: 'ready', lost: [] });
    expect(await desk.call('connections.test', { id: connectionId })).toMatchObject({ code: null });
    expect(shown.at(-1)).toEqual({ name: 'accounts-5', apiKey: SECRET });
  });

  it('removes a connection with everything that belongs to it', async () => {
    await desk.call('connections.remove', { id: connectionId });
    expect((await desk.call('connections.list', {})).connections).toEqual([]);
    const { entries } = JSON.parse(readFileSync(path.join(dataDir, 'vault.json'), 'utf8'));
    expect(Object.keys(entries).filter((name) => name.startsWith('connection/'))).toEqual([]);
  });
});
