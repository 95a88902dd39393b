import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { ConnectorContext, ConnectorResponse } from '../../_kit/operation.ts';
import { emulator, testKeys } from './emulator.ts';
import { encryptCompact, signCompact } from './emulator-jose.ts';

/** 21 November 2026, 10:00 in India. */
export const NOW = Date.parse('2026-11-21T10:00:00+05:30');
export const ACCOUNT = '914020013977038';
export const ORDER = '0193a0c4-9000-7000-8000-00000000000a';
export const REQUEST = '0193a0c4-9000-7000-8000-000000000001';
export const REFERENCE = 'MN2600000114';

export const contextOf = (settings: Readonly<Record<string, string>> = {}): ConnectorContext => ({
  settings: { ...emulator.settings, ...settings },
  secrets: emulator.secrets,
  accessToken: null,
  requestId: REQUEST,
  now: NOW,
});

export const bankKey = createPrivateKey(testKeys['bank-signing'].private);
export const bankDecryption = createPrivateKey(testKeys['bank-decryption'].private);
export const collegeSigning = createPrivateKey(testKeys['college-signing'].private);
export const collegeEncryption = createPublicKey(createPrivateKey(testKeys['college-decryption'].private));

export const payment = {
  orderId: ORDER,
  reference: REFERENCE,
  debitAccount: ACCOUNT,
  debitIfsc: 'UTIB0000123',
  beneficiaryName: 'Godavari Lab Supplies',
  beneficiaryAccount: '50200012345678',
  beneficiaryIfsc: 'HDFC0001234',
  amountPaise: 1_234_567n,
  mode: 'neft',
  purpose: 'Bill 114',
} as const;

export const question = {
  orderId: ORDER,
  reference: REFERENCE,
  providerId: null,
  batchId: null,
  debitAccount: ACCOUNT,
} as const;

export interface Making {
  readonly uuid?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly subHeader?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly outer?: Readonly<Record<string, unknown>>;
  readonly signWith?: KeyObject;
  readonly encryptTo?: KeyObject;
}

/** The claims of an answer as the bank signs them, as JSON; `body` may be JSON text to keep the figures of its numbers. */
export function claimsText(
  name: string,
  body: unknown,
  { uuid = REQUEST, claims = {}, subHeader = {} }: Making,
): string {
  const iat = NOW / 1_000;
  const header = { requestUUID: uuid, serviceRequestId: 'OpenAPI', serviceRequestVersion: '1.0', channelId: 'SHANTI' };
  const content = { SubHeader: { ...header, ...subHeader }, [`${name}ResponseBody`]: '<body>' };
  const text = JSON.stringify({ iat, exp: iat + 300, jti: uuid, [`${name}Response`]: content, ...claims });
  return text.replace('"<body>"', () => (typeof body === 'string' ? body : JSON.stringify(body)));
}

export function jwsOf(name: string, body: unknown, making: Making = {}): string {
  const header = { alg: 'PS256', typ: 'JWT', ...making.header };
  return signCompact(claimsText(name, body, making), making.signWith ?? bankKey, header);
}

export const sealed = (jws: string | Uint8Array, { encryptTo = collegeEncryption, outer = {} }: Making = {}): string =>
  encryptCompact(jws, encryptTo, outer);

export const answered = (text: string | Uint8Array, status = 200, type = 'application/jose'): ConnectorResponse => ({
  status,
  headers: { 'content-type': type },
  body: typeof text === 'string' ? new TextEncoder().encode(text) : text,
});

export const answer = (name: string, body: unknown, making: Making = {}): ConnectorResponse =>
  answered(sealed(jwsOf(name, body, making), making));

export const done = (data: unknown) => ({ status: 'S', message: 'Success', responseCode: null, data });
export const refusedFor = (responseCode: string | null, message = 'No') => ({
  status: 'F',
  message,
  responseCode,
  data: null,
});

export const balanceData = { corpAccNum: ACCOUNT, availableBalance: '1.00' };
export const transferData = { crn: REFERENCE, transaction_id: 'pay_1', transactionStatus: 'PENDING' };
export const transaction = {
  crn: REFERENCE,
  transaction_id: 'pay_1',
  utrNo: 'UTIBN26325000001',
  transactionStatus: 'PROCESSED',
  statusDescription: 'Credited to the beneficiary',
  responseCode: 'AC02',
  processingDate: '21-11-2026 10:05:00',
  amount: '12345.67',
};
