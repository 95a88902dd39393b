import { createHmac, generateKeyPairSync } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../kernel/limits.ts';
import { testKeys } from './emulator.ts';
import { b64, signCompact } from './emulator-jose.ts';
import { axisBalance, axisStatus, axisTransfer } from './operations.ts';
import {
  ACCOUNT,
  answer,
  answered,
  balanceData,
  bankKey,
  claimsText,
  collegeSigning,
  contextOf,
  done,
  jwsOf,
  type Making,
  NOW,
  ORDER,
  payment,
  question,
  REQUEST,
  sealed,
  transaction,
  transferData,
} from './testing.ts';

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const BODY = done(transferData);
const NAME = 'TransferPayment';
const right = (making: Making = {}): Making => ({ uuid: ORDER, ...making });

/** A right answer to a transfer with one thing wrong must leave it in doubt, and one to a balance must not be used. */
async function expectRefused(make: (name: string, body: unknown, making: Making) => string): Promise<void> {
  const transfer = await axisTransfer.response(answered(make(NAME, BODY, right())), payment, contextOf());
  expect(transfer).toMatchObject({ ok: false, error: { kind: 'in_doubt', code: 'CONNECTOR_IN_DOUBT' } });
  const asked = { accountNumber: ACCOUNT };
  const text = make('GetAccountBalance', done(balanceData), {});
  const balance = await axisBalance.response(answered(text), asked, contextOf());
  expect(balance).toMatchObject({ ok: false, error: { kind: 'contract' } });
  const enquiry = make('GetTransferPaymentStatus', done({ CUR_TXN_ENQ: [transaction] }), {});
  const status = await axisStatus.response(answered(enquiry), question, contextOf());
  expect(status).toMatchObject({ ok: false, error: { kind: 'contract' } });
}

const refusedWith = (change: Making): Promise<void> =>
  expectRefused((name, body, making) => sealed(jwsOf(name, body, { ...making, ...change }), change));

/** Signed by whoever has the secret, as the header says. */
function signedBy(header: object, claims: string, signature: (signed: string) => string): string {
  const signed = `${b64(JSON.stringify(header))}.${b64(claims)}`;
  return `${signed}.${signature(signed)}`;
}

it('what the bank signs and encrypts is used', async () => {
  const read = await axisTransfer.response(answer(NAME, BODY, right()), payment, contextOf());
  expect(read).toMatchObject({ ok: true, value: { state: 'accepted' } });
  const rs256 = answer(NAME, BODY, right({ header: { alg: 'RS256' } }));
  expect(await axisTransfer.response(rs256, payment, contextOf({ signature: 'RS256' }))).toMatchObject({ ok: true });
});

describe('signatures', () => {
  it('of somebody else', () => refusedWith({ signWith: stranger.privateKey }));
  it('of ourselves', () => refusedWith({ signWith: collegeSigning }));
  it('of the bank, by an algorithm that was not agreed', () => refusedWith({ header: { alg: 'RS256' } }));

  it('of nobody', async () => {
    for (const alg of ['none', 'None', 'NONE', '', null]) {
      await expectRefused((name, body, making) => {
        const claims = claimsText(name, body, making);
        return sealed(signedBy({ alg }, claims, () => ''));
      });
    }
  });

  it.each(['HS256', 'HS384', 'HS512'])('by %s with the public key of the bank as the secret', async (alg) => {
    const digest = alg.replace('HS', 'sha');
    const { public: pem } = testKeys['bank-signing'];
    for (const secret of [pem, pem.trim(), Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64')]) {
      await expectRefused((name, body, making) => {
        const hmac = (signed: string): string => createHmac(digest, secret).update(signed).digest('base64url');
        return sealed(signedBy({ alg, typ: 'JWT' }, claimsText(name, body, making), hmac));
      });
    }
  });

  it('by a key that the message brings along', async () => {
    const jwk = stranger.publicKey.export({ format: 'jwk' });
    await refusedWith({ signWith: stranger.privateKey, header: { jwk } });
    await refusedWith({ signWith: stranger.privateKey, header: { jku: 'https://evil.example/keys', kid: 'bank' } });
    await refusedWith({ signWith: stranger.privateKey, header: { kid: '../../dev/null' } });
  });

  it('with extensions that nobody agreed to', async () => {
    await refusedWith({ header: { crit: ['exp'], exp: 1 } });
    await refusedWith({ header: { crit: ['b64'], b64: true } });
  });

  it('taken from one answer and put below another', async () => {
    await expectRefused((name, body, making) => {
      const [head, , signature] = jwsOf(name, body, making).split('.');
      const other = claimsText(name, body, { ...making, claims: { extra: 1 } });
      return sealed(`${head}.${b64(other)}.${signature}`);
    });
  });

  it('that are not there at all', async () => {
    await expectRefused((name, body, making) => sealed(claimsText(name, body, making)));
    // Signed, but not encrypted.
    await expectRefused((name, body, making) => jwsOf(name, body, making));
  });
});

describe('encryption', () => {
  it('to somebody else', () => refusedWith({ encryptTo: stranger.publicKey }));

  it('by other algorithms, or packed', async () => {
    await refusedWith({ outer: { alg: 'RSA-OAEP' } });
    await refusedWith({ outer: { alg: 'RSA1_5' } });
    await refusedWith({ outer: { alg: 'dir' } });
    await refusedWith({ outer: { enc: 'A128GCM' } });
    await refusedWith({ outer: { enc: 'A256CBC-HS512' } });
    await expectRefused((name, body, making) => {
      const packed = deflateRawSync(Buffer.from(jwsOf(name, body, making)));
      return sealed(new Uint8Array(packed), { outer: { zip: 'DEF' } });
    });
  });

  it('of more than an answer may have', async () => {
    const long = answered(new Uint8Array(limits.jose.messageBytesMax + 1).fill(0x41));
    expect(await axisTransfer.response(long, payment, contextOf())).toMatchObject({ error: { kind: 'in_doubt' } });
  });
});

describe('time and place', () => {
  const at = NOW / 1_000;
  const [age, skew] = [limits.jose.answerAgeMaxMs / 1_000, limits.jose.clockSkewMs / 1_000];

  it.each([
    ['from before the request', { iat: at - skew - 1, exp: at + 600 }],
    ['from much later', { iat: at + age + 1, exp: at + age + 600 }],
    ['out of date', { iat: at - skew, exp: at - skew }],
    ['that ends before it begins', { iat: at, exp: at }],
    ['without a time', { iat: undefined }],
    ['without an end', { exp: undefined }],
    ['with a time that is none', { iat: '2026-11-21' }],
    ['with a time below zero', { iat: -1 }],
    ['with an end without end', { exp: 1e300 }],
    ['without an id', { jti: undefined }],
    ['with the id of another', { jti: '0193a0c4-9000-7000-8000-00000000000b' }],
    ['with an id in other letters', { jti: ORDER.toUpperCase() }],
  ])('%s', (_what, claims) => refusedWith({ claims }));

  it.each([
    ['as old as clocks may differ', { iat: at - skew, exp: at + 1 }],
    ['as late as a request may take', { iat: at + age, exp: at + age + 1 }],
  ])('%s is good', async (_what, claims) => {
    const read = await axisTransfer.response(answer(NAME, BODY, right({ claims })), payment, contextOf());
    expect(read).toMatchObject({ ok: true });
  });

  it('with a SubHeader of another request, or none', async () => {
    await refusedWith({ subHeader: { requestUUID: '0193a0c4-9000-7000-8000-00000000000b' } });
    await refusedWith({ subHeader: { requestUUID: undefined } });
  });

  it('of another operation, though to the same id', async () => {
    await expectRefused((_name, _body, making) => sealed(jwsOf('GetAccountStatement', done({}), making)));
  });

  it('to an earlier question, kept and shown again', async () => {
    const first = answer('GetAccountBalance', done(balanceData));
    const asked = { accountNumber: ACCOUNT };
    expect(await axisBalance.response(first, asked, contextOf())).toMatchObject({ ok: true });
    const later = { ...contextOf(), requestId: REQUEST.replace(/1$/, '2') };
    expect(await axisBalance.response(first, asked, later)).toMatchObject({ ok: false, error: { kind: 'contract' } });
  });
});

describe('any change to an answer', () => {
  const whole = answer(NAME, BODY, right()).body;
  const outcome = (bytes: Uint8Array) => axisTransfer.response(answered(bytes), payment, contextOf());

  it('of any byte leaves the payment in doubt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = whole.slice();
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        // White space at the very end is no part of the message.
        fc.pre(at < whole.length - 1 || !/\s/.test(String.fromCharCode(bytes[at] ?? 0)));
        expect(await outcome(bytes)).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
      }),
      { numRuns: 300 },
    );
  });

  it('in the last letter of every part, of which some bits say nothing', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const parts = new TextDecoder().decode(whole).split('.');
    for (const [index, part] of parts.entries()) {
      for (const letter of alphabet) {
        const changed = part.slice(0, -1) + letter;
        if (changed === part) continue;
        const text = parts.with(index, changed).join('.');
        expect(await outcome(new TextEncoder().encode(text))).toMatchObject({ error: { kind: 'in_doubt' } });
      }
    }
  });

  it('by a cut, a part more or less, or nothing at all', async () => {
    const text = new TextDecoder().decode(whole);
    const changed = [
      '',
      '.',
      '....',
      text.slice(0, -1),
      text.slice(0, text.lastIndexOf('.')),
      `${text}.AAAA`,
      `${text}.`,
      `.${text}`,
      text.replace('.', '..'),
      `${text}=`,
      `"${text}"`,
    ];
    for (const bad of changed) {
      expect(await outcome(new TextEncoder().encode(bad))).toMatchObject({ ok: false, error: { kind: 'in_doubt' } });
    }
  });
});

it('JSON that is signed but not what it should be is refused', async () => {
  for (const text of ['', 'null', '[]', '7', '{', '{"__proto__":{"iat":1}}']) {
    await expectRefused(() => sealed(signCompact(text, bankKey, { alg: 'PS256', typ: 'JWT' })));
  }
});
