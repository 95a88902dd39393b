import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderReference, wireReference } from '../../../domain/payment-order/reference.ts';
import { parseRupees } from '../../../kernel/money.ts';
import type { ConnectorContext } from '../../_kit/operation.ts';
import type { HttpRequest } from '../../operation.ts';
import { emulator, testKeys } from './emulator.ts';
import { decryptCompact, verifyCompact } from './emulator-jose.ts';
import { axisBalance, axisStatement, axisStatus, axisTransfer } from './operations.ts';
import {
  ACCOUNT,
  bankDecryption,
  collegeSigning,
  contextOf,
  NOW,
  ORDER,
  payment,
  question,
  REQUEST,
} from './testing.ts';

const publicKey = createPublicKey(collegeSigning);

const claimsOf = ({ body }: HttpRequest, alg = 'PS256'): Readonly<Record<string, unknown>> =>
  JSON.parse(verifyCompact(decryptCompact(Buffer.from(body).toString(), bankDecryption), publicKey, alg));

const subHeader = (requestUUID: string) => ({
  requestUUID,
  serviceRequestId: 'OpenAPI',
  serviceRequestVersion: '1.0',
  channelId: 'SHANTI',
});

describe('a request', () => {
  it('for a transfer is named after the order and says what was ordered', async () => {
    const request = await axisTransfer.request(payment, contextOf());
    expect(request).toMatchObject({
      method: 'POST',
      path: '/payments/transfer-payment',
      headers: {
        'content-type': 'application/jose',
        'x-ibm-client-id': emulator.secrets.clientId,
        'x-ibm-client-secret': emulator.secrets.clientSecret,
      },
    });
    expect(claimsOf(request)).toEqual({
      iat: NOW / 1_000,
      exp: NOW / 1_000 + 300,
      jti: ORDER,
      TransferPaymentRequest: {
        SubHeader: subHeader(ORDER),
        TransferPaymentRequestBody: {
          channelId: 'SHANTI',
          corpCode: 'SHANTI01',
          paymentDetails: [
            {
              txnPaymode: 'NE',
              custUniqRef: 'MN2600000114',
              corpAccNum: ACCOUNT,
              valueDate: '2026-11-21',
              txnAmount: '12345.67',
              beneName: 'Godavari Lab Supplies',
              beneAccNum: '50200012345678',
              beneIfscCode: 'HDFC0001234',
              senderToReceiverInfo: 'Bill 114',
            },
          ],
        },
      },
    });
  });

  it('for a later transfer of the same order is named otherwise', async () => {
    const named = await Promise.all(
      [1, 2].map(async (fence) => {
        const reference = wireReference(orderReference(ORDER), fence);
        return claimsOf(await axisTransfer.request({ ...payment, reference }, contextOf())).jti;
      }),
    );
    expect(named).toEqual([ORDER, '0193a0c4-9000-7000-8000-00000000000b']);
  });

  it('for anything else is named after itself', async () => {
    const around = { channelId: 'SHANTI', corpCode: 'SHANTI01' };
    const period = { accountNumber: ACCOUNT, from: '2026-11-01', to: '2026-11-30' };
    for (const [request, name, path, body] of [
      [
        await axisBalance.request({ accountNumber: ACCOUNT }, contextOf()),
        'GetAccountBalance',
        '/acct-recon/get-balance',
        { corpAccNum: ACCOUNT },
      ],
      [
        await axisStatement.request({ ...period, page: null }, contextOf()),
        'GetAccountStatement',
        '/acct-recon/get-account-statement',
        { corpAccNum: ACCOUNT, fromDate: '2026-11-01', toDate: '2026-11-30', pageNo: '1' },
      ],
      [
        await axisStatus.request(question, contextOf()),
        'GetTransferPaymentStatus',
        '/acct-recon/get-status',
        { crn: 'MN2600000114' },
      ],
    ] as const) {
      expect(request.path).toBe(path);
      expect(claimsOf(request)).toMatchObject({
        jti: REQUEST,
        [`${name}Request`]: { SubHeader: subHeader(REQUEST), [`${name}RequestBody`]: { ...around, ...body } },
      });
    }
  });

  it('carries every paisa', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.bigInt({ min: 1n, max: 200n }), fc.bigInt({ min: 1n, max: 10n ** 17n - 1n })),
        fc.constantFrom('neft', 'rtgs'),
        async (amountPaise, mode) => {
          const request = await axisTransfer.request({ ...payment, amountPaise, mode }, contextOf());
          const text = JSON.stringify(claimsOf(request));
          const [, written = ''] = /"txnAmount":"([^"]*)"/.exec(text) ?? [];
          expect(parseRupees(written)).toEqual({ ok: true, value: amountPaise });
          expect(text).toContain(`"txnPaymode":"${mode === 'neft' ? 'NE' : 'RT'}"`);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('tells nothing to who listens at the gateway, and is never the same twice', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => axisTransfer.request(payment, contextOf())));
    const text = new TextDecoder().decode(one?.body);
    expect(text).not.toBe(new TextDecoder().decode(other?.body));
    const shown = Buffer.from(text.split('.')[0] ?? '', 'base64url').toString();
    expect(JSON.parse(shown)).toEqual({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT' });
    expect(text).not.toContain(Buffer.from('MN2600000114').toString('base64url'));
  });

  it('is signed as the setting says', async () => {
    const request = await axisBalance.request({ accountNumber: ACCOUNT }, contextOf({ signature: 'RS256' }));
    expect(() => claimsOf(request)).toThrow('another signature');
    expect(claimsOf(request, 'RS256')).toMatchObject({ jti: REQUEST });
  });

  it.each([
    { amountPaise: 0n },
    { amountPaise: -1n },
    { amountPaise: 10n ** 17n },
    { amountPaise: 100 },
    { reference: 'has space' },
    { reference: 'A'.repeat(21) },
    { orderId: 'not-an-id' },
    { mode: 'imps' },
    { beneficiaryIfsc: 'HDFC1001234' },
    { beneficiaryName: ' ' },
    { debitAccount: '12' },
    { more: 1 },
  ])('is not made of a payment with %o', (change) => {
    expect(axisTransfer.input.safeParse({ ...payment, ...change }).success).toBe(false);
  });
});

describe('keys', () => {
  const ask = async (secrets: Readonly<Record<string, string>>) =>
    axisBalance.request({ accountNumber: ACCOUNT }, {
      ...contextOf(),
      secrets: { ...emulator.secrets, ...secrets },
    } satisfies ConnectorContext);
  const jwk = (pem: string, kind: 'private' | 'public'): string => {
    const key = kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
    return JSON.stringify(key.export({ format: 'jwk' }));
  };
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = (key: typeof small.privateKey) => String(key.export({ type: 'pkcs8', format: 'pem' }));

  it('may be JWK as well as PEM', async () => {
    const request = await ask({
      signingKey: jwk(testKeys['college-signing'].private, 'private'),
      decryptionKey: ` ${jwk(testKeys['college-decryption'].private, 'private')}\n`,
      bankSigningKey: jwk(testKeys['bank-signing'].public, 'public'),
      bankEncryptionKey: jwk(testKeys['bank-decryption'].public, 'public'),
    });
    expect(claimsOf(request)).toMatchObject({ jti: REQUEST });
  });

  it.each([
    ['signingKey', testKeys['college-signing'].public],
    ['signingKey', 'wrong'],
    ['signingKey', ''],
    ['signingKey', pem(small.privateKey)],
    ['signingKey', pem(curve.privateKey)],
    ['signingKey', JSON.stringify({ kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0' })],
    ['signingKey', '{"kty":"RSA"}'],
    ['signingKey', '{'],
    ['decryptionKey', testKeys['college-decryption'].public],
    ['decryptionKey', testKeys['college-decryption'].private.slice(0, 400)],
    ['bankSigningKey', testKeys['bank-signing'].private],
    ['bankSigningKey', jwk(testKeys['bank-signing'].private, 'private')],
    ['bankSigningKey', JSON.stringify({ kty: 'oct', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0' })],
    ['bankEncryptionKey', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
  ])('%s that is not what it must be is found before anything is sent, and not repeated', async (name, text) => {
    const failure = await ask({ [name]: text }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(failure).toMatchObject({ code: 'CONNECTOR_INPUT', details: { where: name } });
    expect(JSON.stringify({ ...(failure as object), message: String(failure) })).not.toMatch(/BEGIN|kty|MII/);
  });
});
