import { createHmac } from 'node:crypto';
import { openSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bankConnectors } from '../../shared/connectors/registry.gen.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { ChosenFile, SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import { TestAuthority } from '../../shared/testing/certificates.ts';
import { billFields, vendorFields } from '../../shared/testing/entries.ts';
import { type Planted, SecretSearch } from '../../shared/testing/secret-search.ts';
import { RecordingProxy } from '../../tools/testing/recording-proxy.ts';
import { readHeader, unpackBackup } from '../adapters/backup/backup-file.ts';
import { openKey, passphraseKeyPair } from '../adapters/backup/backup-keys.ts';
import { filesBelow, openRecordedDesk, type Piece, type RecordedDesk, Recorder } from './leaks.fixture.ts';
import { echoes, type PlantedBank, PlantedBanks, throwing } from './planted-banks.fixture.ts';
import { allowed, keysOf, rowsOf, serverKeysOf } from './secrets-kept.fixture.ts';
import { joinDesk, startTestServer, type TestServer, untilSynced } from './testing.ts';

const { folder, remove } = testFolder();
const recorder = new Recorder();
const backupPassphrase = 'neem tamarind brass lantern 9713';
const wrongPassword = 'not-the-password-58213';
const vendorName = 'Godavari Lab Supplies';
const HOUR_MS = 3_600_000;
const realNow = Date.now;
const newId = (): Id => uuidv7(realNow(), systemRandom.bytes(10));
const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 60_000, interval: 100 });

let banks: PlantedBanks;
let server: TestServer;
let proxy: RecordingProxy;
let asha: RecordedDesk;
let ravi: RecordedDesk;
let collegeId: Id;
/** Ids of the connections by the bank. */
const connections = new Map<string, Id>();

/** What the person at the first desk chooses and types. */
const person: { files: readonly ChosenFile[]; typed: Record<string, string>[] } = { files: [], typed: [] };
const prompt: SecretPrompt = {
  chooseFiles: async () => (person.files.length === 0 ? null : person.files),
  ask: async () => person.typed.shift() ?? null,
};

const connectors = new Map([
  ...bankConnectors,
  ...(['request', 'response'] as const).map((where) => [`bad-${where}`, throwing(where)] as const),
]);

async function connect(bank: PlantedBank, accountCode: string, connectorId = bank.id): Promise<Id> {
  const { id } = await asha.call('connections.save', {
    ...{ id: null, collegeId, connectorId, accountCode, accountNumber: bank.account.number },
    ...{ environment: 'custom', baseUrl: bank.url, settings: bank.settings },
  });
  const input = { id, language: 'en' as const };
  person.typed = [bank.secrets];
  expect(await asha.call('connections.askSecrets', input)).toEqual({ done: true });
  if (bank.manifest.mutualTls) {
    person.files = bank.files;
    person.typed = [{ passphrase: `${bank.passphrase}?` }, { passphrase: bank.passphrase ?? '' }];
    expect(await asha.call('connections.importCertificate', input)).toEqual({ done: true });
  }
  person.files = [{ name: 'bank-ca.pem', bytes: Buffer.from(banks.authority.cert) }];
  expect(await asha.call('connections.importAuthority', input)).toEqual({ done: true });
  connections.set(connectorId, id);
  return id;
}

/** SBI speaks SOAP and the others do not; of HDFC few can be asked in a minute. */
const isFor = (bank: string, echo: string): boolean =>
  bank === 'sbi'
    ? /SOAP|forbidden|page|type/.test(echo)
    : !/SOAP/.test(echo) && (bank !== 'hdfc' || /error|success/.test(echo));

const idOf = (connector: string): Id => connections.get(connector) ?? '';
const test = async (connector: string): Promise<string | null> =>
  (await asha.call('connections.test', { id: idOf(connector) })).code;

const makeSending = (bank: PlantedBank, number: number) => ({
  ...{ orderId: newId(), batchId: newId(), fence: 1, reference: `MUNIMSECRET${'ABCDEF'[number]}ABBB` },
  ...{ debitAccount: bank.account.number, debitIfsc: bank.account.ifsc, beneficiaryName: vendorName },
  ...{ beneficiaryAccount: '50200012345678', beneficiaryIfsc: 'HDFC0001234', amountPaise: 1_234_00n },
  ...{ mode: 'neft' as const, purpose: 'Bill 114', notAfter: Date.now() + HOUR_MS },
});
const sendings = new Map<string, ReturnType<typeof makeSending>>();
/** The same one for the same number. */
function sending(bank: PlantedBank, number: number): ReturnType<typeof makeSending> {
  const made = sendings.get(`${bank.id} ${number}`) ?? makeSending(bank, number);
  sendings.set(`${bank.id} ${number}`, made);
  return made;
}
const questionOf = ({ orderId, batchId, fence, reference, debitAccount }: ReturnType<typeof makeSending>) => ({
  ...{ orderId, batchId, fence, reference, debitAccount },
  providerId: null,
});
const period = { from: '2026-01-01', to: '2026-12-31', page: null };

/** Everything that can be asked of a bank, as the books process asks it. */
async function askAll(bank: PlantedBank, number: number): Promise<unknown[]> {
  const bankAccountId = idOf(bank.id);
  const one = sending(bank, number);
  const canPay = bank.manifest.capabilities.includes('enquiry');
  return [
    await asha.ask('bank.balance', { bankAccountId }),
    await asha.ask('bank.statement', { bankAccountId, ...period }),
    canPay && (await asha.ask('bank.send', { bankAccountId, sendings: [one] })),
    canPay && (await asha.ask('bank.enquire', { bankAccountId, questions: [questionOf(one)] })),
  ];
}

beforeAll(async () => {
  for (const name of ['log', 'warn', 'error'] as const) {
    vi.spyOn(console, name).mockImplementation((...words) => recorder.value('main: console', words));
  }
  const log = openSync(path.join(folder, 'server.output'), 'a', 0o600);
  banks = await PlantedBanks.start();
  server = await startTestServer(path.join(folder, 'server'), ['NHC'], { MUNIM_SERVER_LOG: 'debug' }, log);
  await server.addPerson('Asha Kulkarni', 'college_accounts_admin', 'NHC');
  await server.addPerson('Ravi Deshmukh', 'principal', 'NHC');
  proxy = new RecordingProxy(server.url, (place, bytes) => recorder.bytes(`http ${place}`, bytes));
  const behind = { ...server, url: await proxy.listen() };
  const open = (name: string, hours: number) =>
    openRecordedDesk(
      path.join(folder, name),
      recorder,
      { offsetMs: -hours * HOUR_MS, hurry: 40 },
      { prompt, connectors },
    );
  // The second desk lives a day and a half ago, so that what is approved there has cooled down today.
  [asha, ravi] = await Promise.all([open('asha', 0), open('ravi', 36)]);
  await joinDesk(asha, behind, 'asha.kulkarni@example.in', 'NHC');
  await joinDesk(ravi, behind, 'ravi.deshmukh@example.in', 'NHC');
  collegeId = (await asha.call('session.get', {})).colleges[0]?.id ?? '';
});
afterAll(async () => {
  vi.restoreAllMocks();
  await Promise.all([asha?.close(), ravi?.close()]);
  await proxy?.close();
  await server?.stop();
  await banks?.stop();
  remove();
});

describe('work with secrets', () => {
  it('sets up a connection to every bank, with wrong answers first', async () => {
    for (const [index, bank] of banks.banks.entries()) await connect(bank, bank.id === 'neft' ? '1200' : `130${index}`);
    for (const { id } of banks.banks) expect([id, await test(id)]).toEqual([id, null]);
    for (const where of ['request', 'response']) await connect(banks.of('neft'), `14${where.length}`, `bad-${where}`);
    expect(await test('bad-request')).toBe('CONNECTOR_INPUT');
    expect(await test('bad-response')).toBe('CONNECTOR_BAD_ANSWER');
  });

  it('is refused by banks that do not know us, and refuses banks that it does not know', async () => {
    for (const { id, secrets } of banks.banks) {
      const [name = ''] = Object.keys(secrets).filter((one) => /secret|apiKey|password/i.test(one));
      person.typed = [{ [name]: `wrong-${secrets[name]}` }];
      await asha.call('connections.askSecrets', { id: idOf(id), language: 'en' });
      expect([id, await test(id)]).toEqual([id, expect.stringMatching(/^CONNECTOR_(AUTH|FORBIDDEN)$/)]);
      person.typed = [secrets];
      await asha.call('connections.askSecrets', { id: idOf(id), language: 'en' });
    }
    const stranger = TestAuthority.make('Somebody else');
    const { cert, key } = stranger.issue({ name: 'Munim desk', use: 'client' });
    const input = { id: idOf('hdfc'), language: 'en' as const };
    person.files = [{ name: 'other.pem', bytes: Buffer.from(`${cert}\n${key}`) }];
    await asha.call('connections.importCertificate', input);
    // What they say of it may be lost with the line that they cut.
    expect(await test('hdfc')).toMatch(/^CONNECTOR_(CERTIFICATE_REFUSED|LINE_BROKEN)$/);
    const { files, passphrase } = banks.certificateFor('hdfc');
    person.files = files;
    person.typed = [{ passphrase: passphrase ?? '' }];
    await asha.call('connections.importCertificate', input);
    person.files = [{ name: 'other-ca.pem', bytes: Buffer.from(stranger.cert) }];
    await asha.call('connections.importAuthority', input);
    expect(await test('hdfc')).toBe('CONNECTOR_CERTIFICATE_UNTRUSTED');
    person.files = [{ name: 'bank-ca.pem', bytes: Buffer.from(banks.authority.cert) }];
    await asha.call('connections.importAuthority', input);
    expect(await test('hdfc')).toBeNull();
  });

  it.each(['text', 'basic'])('meets banks that say everything back (SBI with %s)', async (authentication) => {
    const sbi = banks.of('sbi');
    sbi.settings.authentication = authentication;
    await asha.call('connections.save', {
      ...{ id: idOf('sbi'), collegeId, connectorId: 'sbi', accountCode: '1303', accountNumber: sbi.account.number },
      ...{ environment: 'custom', baseUrl: sbi.url, settings: sbi.settings },
    });
    const asked = authentication === 'text' ? banks.banks : [sbi];
    for (const bank of asked) {
      for (const [name, echo] of Object.entries(echoes).filter(([one]) => isFor(bank.id, one))) {
        bank.echoes.push(echo, echo, echo, echo);
        const answers = await askAll(bank, 0);
        expect(answers, `${bank.id} ${name}`).toHaveLength(4);
        bank.echoes.length = 0;
      }
      const [balance] = await askAll(bank, 0);
      expect([bank.id, balance]).toMatchObject([bank.id, { ok: true }]);
    }
  });

  it('meets banks that say secrets in what they tell of money', async () => {
    for (const [index, bank] of banks.banks.entries()) {
      const { number } = bank.account;
      for (const secret of Object.values(bank.secrets).filter((value) => value.length < 200)) {
        bank.emulator.bank.addLine(number, { narration: `REVERSAL ${secret}`, creditPaise: 1_00n });
        bank.emulator.bank.addLine(number, { narration: secret.slice(0, 20), creditPaise: 1_00n });
      }
      const [, , sent] = await askAll(bank, index + 1);
      if (sent === false) continue;
      expect([bank.id, sent]).toMatchObject([bank.id, [{ kind: 'news' }]]);
      const [paid] = bank.emulator.instructions().slice(-1);
      const [shown = ''] = Object.values(bank.secrets);
      const token = /tok-\S+/.exec(bank.emulator.requests.at(-1)?.headers.authorization ?? '')?.[0] ?? '';
      bank.emulator.bank.fail(paid?.id ?? '', 'declined', `Closed. Bearer ${token} ${shown}`);
      const questions = [
        {
          ...questionOf(sending(bank, index + 1)),
          reference: paid?.reference ?? '',
          batchId: paid?.batchId ?? newId(),
        },
      ];
      const answer = await asha.ask('bank.enquire', { bankAccountId: idOf(bank.id), questions });
      expect([bank.id, answer]).toMatchObject([bank.id, [{ kind: 'news', news: { state: 'failed' } }]]);
    }
  });

  it('pays a bill over the gateway, is left in doubt, loses its books process meanwhile, and hears of the end', async () => {
    const neft = banks.of('neft');
    const vendorId = newId();
    const details = { accountNumber: '50200012345678', ifsc: 'HDFC0001234', accountName: vendorName };
    const run = (desk: RecordedDesk, name: string, args: object) =>
      desk.call('commands.run', { collegeId, name, args } as never);
    await run(asha, 'vendor.create', { vendorId, fields: vendorFields(vendorName, details) });
    const bankAccountId = newId();
    const account = { accountNumber: neft.account.number, ifsc: neft.account.ifsc, bankName: 'Gateway' };
    await run(asha, 'bankAccount.create', {
      bankAccountId,
      fields: { ...account, name: 'Current', accountCode: '1200', connector: 'neft', fileFormat: null },
    });
    await untilSynced(asha);
    await untilSynced(ravi);
    const allocated = { from: 0n, to: 10n ** 10n };
    await run(ravi, 'budget.set', { financialYear: '2026-27', category: 'supplies', allocated });
    await run(ravi, 'bankAccount.setLimits', {
      ...{ bankAccountId, revision: 1, paymentLimitPaise: 10n ** 9n, dailyLimitPaise: 10n ** 10n },
    });
    await run(ravi, 'beneficiary.approve', { vendorId, ...details, revision: 1 });
    await untilSynced(ravi);
    // A day and a half later, when he has to sign in again.
    ravi.turn({ offsetMs: 0, hurry: 40 });
    await until(async () => expect((await ravi.call('session.get', {})).person).toBeNull());
    await ravi.call('session.signIn', { email: 'ravi.deshmukh@example.in', password: server.password });
    await untilSynced(asha);
    const [expenseId, batchId, orderId] = [newId(), newId(), newId()];
    const billDate = '2026-11-20';
    await run(asha, 'expense.create', { expenseId, fields: billFields(vendorId, billDate, { billNo: 'S-1' }) });
    await run(asha, 'expense.submit', { expenseId, overBudgetReason: null });
    await run(asha, 'order.prepare', { batchId, bankAccountId, orders: [{ orderId, expenseId }], purpose: 'Bill S-1' });
    await untilSynced(asha);
    await untilSynced(ravi);
    neft.emulator.faults.push({ kind: 'reset', accepts: true });
    await run(ravi, 'order.release', { batchId, orderIds: [orderId], totalPaise: 1_000_00n });
    await untilSynced(ravi);
    const order = async () => (await asha.call('payments.batch', { collegeId, batchId })).rows[0];
    await until(async () => expect(await order()).toMatchObject({ status: 'in_doubt' }));
    // The books process dies while a request with the secret in it is under way, and a minute goes by.
    neft.emulator.faults.push({ kind: 'delay', ms: 800 });
    const asked = asha.ask('bank.balance', { bankAccountId: idOf('neft') });
    asha.turn({ offsetMs: 90_000, hurry: 40 });
    asha.killLedger();
    expect(await asked).toMatchObject({ ok: true });
    await until(async () => {
      await asha.call('sync.now', {});
      expect(await order()).toMatchObject({ status: 'accepted' });
    });
    await tellServer(neft, orderId);
    await until(async () => {
      await asha.call('sync.now', {});
      expect(await order()).toMatchObject({ status: 'paid' });
    });
  });

  /** The gateway's messages, forged ones first; the true one has its own key in a header that nobody asked for. */
  async function tellServer(neft: PlantedBank, orderId: Id): Promise<void> {
    const icici = banks.of('icici');
    for (const { id, secrets } of [neft, icici]) {
      const secret = secrets.webhookSecret ?? '';
      await server.ask('add-webhook-secret', { provider: id, colleges: ['NHC'], secret, allowsNoTime: true });
    }
    expect(orderId).not.toBe('');
    const paid = neft.emulator.instructions().at(-1);
    neft.emulator.bank.settle(paid?.id ?? '');
    const [waiting] = neft.emulator.notices.waiting.slice(-1);
    const notice = waiting && (await neft.emulator.notices.make(waiting));
    if (!notice) throw new Error('the gateway has nothing to say');
    const post = async (more: Record<string, string>, body: string | Uint8Array = notice.body) =>
      (
        await fetch(`${server.url}${notice.path}`, {
          method: 'POST',
          headers: { ...notice.headers, ...more },
          body: Buffer.from(body as string),
        })
      ).status;
    const key = neft.secrets.webhookSecret ?? '';
    expect(await post({ 'x-signature': 'f'.repeat(64), 'x-webhook-token': key })).toBe(401);
    expect(await post({ authorization: `Bearer ${key}` }, 'forged')).toBe(401);
    const unreadable = '{"event":';
    const signed = createHmac('sha256', key).update(`${notice.headers['x-timestamp']}.${unreadable}`).digest('hex');
    expect(await post({ 'x-signature': signed, 'x-webhook-token': key }, unreadable)).toBe(200);
    expect(await post({ 'x-webhook-token': key, 'x-hook': Buffer.from(`u:${key}`).toString('base64') })).toBe(200);
  }

  it('turns away a wrong password, and keeps backups of desks and server', async () => {
    await ravi.call('session.signOut', {});
    const email = 'ravi.deshmukh@example.in';
    await expect(ravi.call('session.signIn', { email, password: wrongPassword })).rejects.toMatchObject({
      code: 'AUTH_BAD_CREDENTIALS',
    });
    await asha.call('backups.setPassphrase', { passphrase: backupPassphrase });
    await asha.call('backups.now', {});
    await until(async () => expect((await asha.call('backups.look', {})).last).not.toBeNull());
    asha.turn({ offsetMs: HOUR_MS, hurry: 40 });
    await until(() => expect(readdirSync(path.join(folder, 'asha', 'backups'))).not.toEqual([]));
    await server.ask('backup', { to: path.join(folder, 'server-backups'), passphrase: backupPassphrase });
    const into = path.join(folder, 'unpacked');
    const [name = ''] = readdirSync(path.join(folder, 'asha', 'encrypted-backups'));
    const file = path.join(folder, 'asha', 'encrypted-backups', name);
    const read = await readHeader(file);
    const pair = await passphraseKeyPair(backupPassphrase, Buffer.from(read.header.salt, 'base64'));
    const told = { signal: new AbortController().signal, onBytes: () => {} };
    await unpackBackup(file, read, openKey(read.header.forPassphrase, pair), into, told);
  });
});

describe('of all secrets', () => {
  it('none is found outside the places for them, and what is known to be there is', async () => {
    const kept = await Promise.all(['asha', 'ravi'].map((name) => keysOf(path.join(folder, name), name)));
    await Promise.all([asha.close(), ravi.close()]);
    await server.stop();
    const planted: Planted[] = [
      ...banks.planted(),
      ...kept.flat(),
      ...serverKeysOf(path.join(folder, 'server')),
      { name: 'password', value: server.password },
      { name: 'wrong password', value: wrongPassword },
      { name: 'backup passphrase', value: backupPassphrase },
    ];
    const rows = await Promise.all(
      ['asha', 'ravi', 'server'].map((name) => rowsOf(path.join(folder, name, 'books'), name)),
    );
    const search = new SecretSearch(planted);
    const pieces: Piece[] = [...recorder.pieces, ...filesBelow(folder), ...rows.flat()];
    const control = new SecretSearch([{ name: 'control', value: vendorName }]);
    const leaks = pieces.flatMap(({ place, bytes }) =>
      search
        .find(bytes)
        .filter(({ name }) => !allowed(name, place))
        .map(({ name, form, at }) => `${name} (${form}) in ${place} at ${at}`),
    );
    expect(leaks).toEqual([]);
    const seen = pieces.filter(({ bytes }) => control.find(bytes).length > 0).map(({ place }) => place);
    for (const place of [
      ...[/^ipc to main/, /^ipc to ledger/, /^screen: reply/, /^http POST \/sync\/push question$/],
      ...[
        /^http .* answer$/,
        /^file asha\/books\//,
        /^file unpacked\//,
        /^file asha\/backups\//,
        /^file server-backups\//,
      ],
      ...[/^rows of asha/, /^rows of ravi/, /^rows of server/, /^file asha\/journal/],
    ]) {
      expect(seen.filter((name) => place.test(name)).length, String(place)).toBeGreaterThan(0);
    }
    const logs = pieces.filter(({ place }) => /(\.log|\.output|console)/.test(place));
    const said = logs.map(({ bytes }) => Buffer.from(bytes).toString()).join('\n');
    for (const word of ['a call to a bank', '"level":"debug"', 'ledger process']) expect(said).toContain(word);
    expect(readFileSync(path.join(folder, 'asha', 'vault.json'), 'utf8')).toContain(
      `connection/${idOf('icici')}/token`,
    );
    expect(planted.length).toBeGreaterThan(50);
  });
});
