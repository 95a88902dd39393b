import { readFileSync } from 'node:fs';
import type { ConnectorContext, ConnectorResponse } from '../../_kit/operation.ts';
import { SBI_NAMESPACE } from './contract.ts';
import { SOAP12 } from './soap-reader.ts';

/** 21 November 2026, 10:00 in India. */
export const NOW = Date.parse('2026-11-21T10:00:00+05:30');
export const ACCOUNT = '00123456789';

export const contextOf = (
  settings: Readonly<Record<string, string>> = {},
  secrets: Readonly<Record<string, string>> = { username: 'shanti.college', password: 'Chai-2026' },
): ConnectorContext => ({
  settings,
  secrets,
  accessToken: null,
  requestId: '0193a0c4-9000-7000-8000-000000000001',
  now: NOW,
});

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));

export const answerOf = (body: Uint8Array | string, status = 200): ConnectorResponse => ({
  status,
  headers: { 'content-type': 'application/soap+xml; charset=utf-8' },
  body: typeof body === 'string' ? bytesOf(body) : body,
});

export const envelope = (body: string): string =>
  `<e:Envelope xmlns:e="${SOAP12}"><e:Body>${body}</e:Body></e:Envelope>`;

export const balanceXml = (fields: Readonly<Record<string, string>> = {}): string => {
  const all = {
    accountNumber: ACCOUNT,
    availableBalance: '1.00',
    responseDateTime: '2026-11-21T10:00:00+05:30',
    ...fields,
  };
  const inner = Object.entries(all).map(([name, value]) => `<b:${name}>${value}</b:${name}>`);
  return envelope(
    `<b:GetAccountBalanceResponse xmlns:b="${SBI_NAMESPACE}">${inner.join('')}</b:GetAccountBalanceResponse>`,
  );
};

export const statementXml = (lines: readonly Readonly<Record<string, string>>[], rest = ''): string => {
  const written = lines.map((line) => {
    const inner = Object.entries(line).map(([name, value]) => `<${name}>${value}</${name}>`);
    return `<line>${inner.join('')}</line>`;
  });
  return envelope(
    `<GetAccountStatementResponse xmlns="${SBI_NAMESPACE}"><accountNumber>${ACCOUNT}</accountNumber>${written.join('')}${rest}</GetAccountStatementResponse>`,
  );
};

export const faultXml = (code: string, subcodes: readonly string[] = [], reason = 'No'): string => {
  const nested = subcodes.reduceRight(
    (inner, value) => `<e:Subcode><e:Value>${value}</e:Value>${inner}</e:Subcode>`,
    '',
  );
  return envelope(
    `<e:Fault><e:Code><e:Value>${code}</e:Value>${nested}</e:Code><e:Reason><e:Text xml:lang="en">${reason}</e:Text></e:Reason></e:Fault>`,
  );
};
