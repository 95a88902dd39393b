import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectorEmulator } from '../../shared/connectors/_kit/emulator.ts';
import { emulator as kind } from '../../shared/connectors/bank/icici/emulator.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import { addDays, istDate } from '../../shared/kernel/dates.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { ChosenFile, SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import { TestAuthority } from '../../shared/testing/certificates.ts';
import { joinDesk, openTestDesk, startTestServer, type TestDesk, type TestServer } from './testing.ts';

/** A desk that fetches statements of its bank: the real connector over TLS with a certificate, to an emulator of that bank. */
const { folder, remove } = testFolder();
const authority = TestAuthority.make('Bank of the test');
const accountNumber = kind.accounts[0]?.number ?? '';
let server: TestServer;
let desk: TestDesk;
let bank: ConnectorEmulator;
let collegeId: Id;
let bankAccountId: Id;
let files: readonly ChosenFile[] = [];
const prompt: SecretPrompt = {
  chooseFiles: async () => files,
  ask: async () => ({ clientSecret: kind.secrets.clientSecret ?? '' }),
};

const newId = (): Id => uuidv7(Date.now(), systemRandom.bytes(10));
const today = (): string => istDate(Date.now());
type Order = Input<'commands.run'>;
const run = (name: Order['name'], args: object) => desk.call('commands.run', { collegeId, name, args } as Order);
const fetching = async () => (await desk.call('statements.fetching', { collegeId })).rows;
const statements = () => desk.call('statements.list', { collegeId, bankAccountId, offset: 0, limit: 100 });
const openLines = () =>
  desk.call('reconciliation.lines', { collegeId, bankAccountId, to: today(), text: '', offset: 0, limit: 500 });

async function fetchNow() {
  const { id } = await desk.call('statements.fetchNow', { collegeId, bankAccountId });
  await expect.poll(async () => (await desk.call('jobs.get', { id })).state, { timeout: 20_000 }).not.toBe('running');
  return desk.call('jobs.get', { id });
}

/** The connection, as a person sets it up: address, secret, certificate, and whom to trust. */
async function connect(url: string): Promise<void> {
  const order = { id: null, collegeId, connectorId: 'icici', accountCode: '1200', accountNumber };
  const settings = { ...kind.settings };
  const { id } = await desk.call('connections.save', {
    ...{ ...order, environment: 'custom', baseUrl: `${url}/v2`, settings },
  });
  const asked = { id, language: 'en' as const };
  expect(await desk.call('connections.askSecrets', asked)).toEqual({ done: true });
  const client = authority.issue({ name: 'accounts-1', use: 'client' });
  files = [{ name: 'college.pem', bytes: Buffer.from(client.cert + client.key) }];
  expect(await desk.call('connections.importCertificate', asked)).toEqual({ done: true });
  files = [{ name: 'bank-ca.pem', bytes: Buffer.from(authority.cert) }];
  expect(await desk.call('connections.importAuthority', asked)).toEqual({ done: true });
}

beforeAll(async () => {
  server = await startTestServer(path.join(folder, 'server'), ['NHC']);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  await server.addPerson('Ravi Deshmukh', 'principal', 'NHC');
  const { settings, secrets, accounts } = kind;
  bank = kind.create({
    ...{ settings, secrets, accounts, clientCa: authority.cert },
    tls: authority.issue({ name: 'localhost', use: 'server' }),
  });
  desk = await openTestDesk(path.join(folder, 'desk'), { prompt });
  await joinDesk(desk, server, 'asha.kulkarni@example.in', 'NHC');
  collegeId = (await desk.call('session.get', {})).colleges[0]?.id ?? '';
});
afterAll(async () => {
  await desk?.close();
  await bank?.stop();
  await server?.stop();
  remove();
});

test('an account whose bank is not set up on this desk says so', async () => {
  bankAccountId = newId();
  const named = { name: 'Current account', bankName: 'ICICI Bank', accountNumber, ifsc: 'ICIC0000104' };
  const fields = { ...named, accountCode: '1200', connector: 'icici', fileFormat: null };
  await run('bankAccount.create', { bankAccountId, fields });
  expect(await fetching()).toEqual([]);
  expect(await fetchNow()).toMatchObject({ state: 'failed', error: { code: 'BANK_NOT_SET_UP' } });
});

test('the lines of the bank arrive in the books, page after page, and an overlap adds nothing', async () => {
  for (let line = 1; line <= 130; line += 1) {
    bank.bank.addLine(accountNumber, { narration: `NEFT CR FEE ${line}`, creditPaise: BigInt(line) });
  }
  bank.bank.addLine(accountNumber, { narration: 'CONSOLIDATED CHARGES', debitPaise: 590_00n });
  await connect(await bank.start());
  expect(await fetching()).toMatchObject([{ bankAccountId, connector: 'icici', refusal: null }]);
  expect(await fetchNow()).toMatchObject({ state: 'done', result: { added: 131, known: 0 } });
  const { rows, count } = await openLines();
  expect(count).toBe(131);
  expect(rows.find(({ narration }) => narration === 'CONSOLIDATED CHARGES')).toMatchObject({ debitPaise: 590_00n });
  const [state] = await fetching();
  expect(state).toMatchObject({ added: 131, refusal: null, askedAt: expect.any(Number) });
  expect(state?.nextAt).toBeGreaterThan(state?.askedAt ?? Number.POSITIVE_INFINITY);
  const [kept] = (await statements()).rows;
  expect(kept).toMatchObject({ format: 'api', from: addDays(today(), -30), lineCount: 131 });
  expect(kept?.importedByName).toBe('Asha Kulkarni');

  // The same days again: what is there is known, and no statement without news is kept.
  expect(await fetchNow()).toMatchObject({ state: 'done', result: { added: 0, known: 131 } });
  expect(await statements()).toMatchObject({ count: 1 });
  bank.bank.addLine(accountNumber, { narration: 'RTGS CR GRANT', creditPaise: 5_00_000_00n });
  expect(await fetchNow()).toMatchObject({ state: 'done', result: { added: 1, known: 131 } });
  expect(await openLines()).toMatchObject({ count: 132 });
  expect((await statements()).rows.map(({ lineCount }) => lineCount).sort((a, b) => a - b)).toEqual([1, 131]);
  const asked = bank.requests.filter(({ path: at }) => at.endsWith('/transactions'));
  expect(asked.at(-1)?.query.get('fromDate')).toBe(addDays(today(), -5));
});

test('two who press at once enter no line twice', async () => {
  bank.bank.addLine(accountNumber, { narration: 'UPI CR 1', creditPaise: 7n });
  const both = await Promise.all([fetchNow(), fetchNow()]);
  expect(both.map(({ result }) => result?.added).sort()).toEqual([0, 1]);
  expect(await openLines()).toMatchObject({ count: 133 });
});

test('who does not keep the accounts asks no bank', async () => {
  const before = bank.requests.length;
  await desk.call('session.signIn', { email: 'ravi.deshmukh@example.in', password: server.password });
  await expect(desk.call('statements.fetchNow', { collegeId, bankAccountId })).rejects.toMatchObject({
    code: 'AUTH_FORBIDDEN',
  });
  expect(await fetching()).toEqual([]);
  expect(bank.requests).toHaveLength(before);
  await desk.call('session.signIn', { email: 'asha.kulkarni@example.in', password: server.password });
});

test('a bank that does not answer is said, and what was kept stays', async () => {
  await bank.stop();
  const job = await fetchNow();
  expect(job).toMatchObject({ state: 'failed', error: { code: expect.stringMatching(/^CONNECTOR_/) } });
  const [state] = await fetching();
  expect(state).toMatchObject({ added: null, refusal: { code: job.error?.code } });
  expect(await openLines()).toMatchObject({ count: 133 });
});
