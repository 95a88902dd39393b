import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { questionOf, Rig, type RigOptions, samplePayment } from '../../_kit/conformance-harness.ts';
import { axis } from './connector.ts';
import { AxisEmulator, emulator } from './emulator.ts';
import { axisBalance, axisStatus, axisTransfer } from './operations.ts';

const rigs: Rig[] = [];
afterEach(async () => {
  for (const rig of rigs) await rig.stop();
  for (const rig of rigs.splice(0)) rig.expectNothingTold();
});

async function rigOf(options: RigOptions & { readonly settings?: Readonly<Record<string, string>> } = {}) {
  const settings = { ...emulator.settings, ...options.settings };
  const rig = new Rig(axis, { ...emulator, settings }, options);
  rigs.push(rig);
  await rig.start(settings);
  if (!(rig.emulator instanceof AxisEmulator)) throw new Error('another emulator');
  return { rig, there: rig.emulator };
}

const payment = samplePayment(emulator, 1);
const pay = (rig: Rig) => rig.call(axisTransfer, payment);
const enquire = (rig: Rig) => rig.call(axisStatus, questionOf(payment));

describe('a bank', () => {
  it('that knows neither ids nor references is sent a payment once, whatever becomes of the answer', async () => {
    for (const kind of ['reset', 'cut'] as const) {
      const { rig, there } = await rigOf();
      there.repeatsByUuid = false;
      there.knowsReferences = false;
      there.faults.push({ kind, accepts: true });
      expect(await pay(rig)).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
      expect(there.instructions()).toHaveLength(1);
      expect(await enquire(rig)).toMatchObject({ ok: true, value: { state: 'accepted' } });
      // That this bank would have paid twice is why the transport must not ask again.
      expect(await pay(rig)).toMatchObject({ ok: true });
      expect(there.instructions()).toHaveLength(2);
    }
  });

  it('that answers a known id with its first answer gives the same payment', async () => {
    const { rig, there } = await rigOf();
    const first = await pay(rig);
    expect(first).toMatchObject({ ok: true, value: { state: 'accepted' } });
    expect(await pay(rig)).toEqual(first);
    expect(there.instructions()).toHaveLength(1);
    // The same id with another content is no repeat.
    const other = await rig.call(axisTransfer, { ...payment, amountPaise: 1n });
    expect(other).toMatchObject({ ok: false, error: { kind: 'in_doubt', code: 'BANK_DUPLICATE_REFERENCE' } });
  });

  it('that signs by RS256 is spoken with when the setting says so', async () => {
    const { rig, there } = await rigOf({ settings: { signature: 'RS256' } });
    expect(await pay(rig)).toMatchObject({ ok: true });
    there.bank.settle(there.instructions()[0]?.id ?? '');
    expect(await enquire(rig)).toMatchObject({ ok: true, value: { state: 'paid', bookedOn: '2026-11-20' } });
  });
});

describe('credentials', () => {
  it.each([
    ['client id', { clientId: 'another-client-id' }],
    ['client secret', { clientSecret: 'another-client-secret' }],
  ])('a wrong %s is refused before anything is done', async (_what, wrong) => {
    const { rig, there } = await rigOf({ secrets: { ...emulator.secrets, ...wrong } });
    expect(await pay(rig)).toMatchObject({ ok: false, error: { kind: 'auth', code: 'CONNECTOR_AUTH' } });
    expect(there.instructions()).toEqual([]);
  });

  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privatePem = String(other.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const publicPem = String(other.publicKey.export({ type: 'spki', format: 'pem' }));

  it.each([
    ['our signing key', { signingKey: privatePem }, 0],
    ['the key to which we encrypt', { bankEncryptionKey: publicPem }, 0],
    ['our decryption key', { decryptionKey: privatePem }, 1],
    ['the key by which the bank signs', { bankSigningKey: publicPem }, 1],
  ])('with another key for %s a payment is in doubt, and nothing is believed', async (_what, wrong, taken) => {
    const { rig, there } = await rigOf({ secrets: { ...emulator.secrets, ...wrong } });
    expect(await pay(rig)).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
    expect(there.instructions()).toHaveLength(taken);
    expect((await enquire(rig)).ok).toBe(false);
    const account = emulator.accounts[0]?.number ?? '';
    expect((await rig.call(axisBalance, { accountNumber: account })).ok).toBe(false);
  });

  it('of another corporate are told so by the bank', async () => {
    const { rig, there } = await rigOf({ emulator: { settings: { ...emulator.settings, corpCode: 'OTHER01' } } });
    expect(await pay(rig)).toMatchObject({ ok: false, error: { kind: 'business', code: 'BANK_ACCOUNT_UNKNOWN' } });
    expect(there.instructions()).toEqual([]);
  });
});

describe('what the bank says of a payment', () => {
  it('follows it from taken to paid and back, with its charges and days', async () => {
    const { rig, there } = await rigOf({ emulator: { chargesPaise: 5_90n } });
    expect(await enquire(rig)).toMatchObject({ ok: true, value: { state: 'unknown_there' } });
    expect(await pay(rig)).toMatchObject({ ok: true, value: { state: 'accepted', providerId: 'pay_utib000001' } });
    const id = there.instructions()[0]?.id ?? '';
    const utr = there.bank.settle(id).utr;
    const paid = { state: 'paid', utr, bookedOn: '2026-11-20', failure: null, chargesPaise: 5_90n };
    expect(await enquire(rig)).toMatchObject({ ok: true, value: paid });
    rig.clock.advance(86_400_000);
    there.bank.return(id);
    const failure = { reason: 'invalid_account', text: 'Account closed' };
    const returned = { state: 'returned', utr, bookedOn: '2026-11-21', failure };
    expect(await enquire(rig)).toMatchObject({ ok: true, value: returned });
  });

  it('a failure says why', async () => {
    const { rig, there } = await rigOf();
    await pay(rig);
    there.bank.fail(there.instructions()[0]?.id ?? '', 'bank_offline', 'Try 914020013977038 later');
    const failure = { reason: 'bank_offline', text: 'Try …7038 later' };
    expect(await enquire(rig)).toMatchObject({ ok: true, value: { state: 'failed', failure } });
  });
});
