import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../kernel/errors.ts';
import { importVerdict } from './answers.ts';
import { importVouchers, listCompanies } from './operations.ts';
import { encodeXml } from './xml-text.ts';

const counters = (named: Readonly<Record<string, number>>): string =>
  Object.entries(named)
    .map(([name, count]) => `<${name}>${count}</${name}>`)
    .join('');
const good = {
  CREATED: 2,
  ALTERED: 1,
  DELETED: 0,
  LASTVCHID: 77,
  LASTMID: 5,
  COMBINED: 0,
  IGNORED: 0,
  ERRORS: 0,
  CANCELLED: 0,
};
const old = (inner: string): string => `<RESPONSE>${inner}</RESPONSE>`;
const prime = (inner: string): string =>
  `<ENVELOPE><HEADER><VERSION>1</VERSION><STATUS>1</STATUS></HEADER><BODY><DATA><IMPORTRESULT>${inner}</IMPORTRESULT></DATA></BODY></ENVELOPE>`;
const lineError = (text: string): string => `<LINEERROR>${text}</LINEERROR>`;

const verdict = (text: string, records = 3, status = 200) =>
  importVerdict({ status, body: encodeXml(text, 'utf-8') }, { records, company: 'SVCE' });
const code = (text: string, records?: number, status?: number): string => {
  const read = verdict(text, records, status);
  return read.ok ? 'ok' : read.error.code;
};

describe('the answer to an import', () => {
  it.each([
    ['of Tally.ERP 9', old(counters(good))],
    ['of TallyPrime', prime(counters({ ...good, EXCEPTIONS: 0 }))],
    ['with line breaks and a control character', `\r\n${prime(`\r\n &#4;${counters(good)}`)}\r\n`],
  ])('is good %s', (_name, text) => {
    expect(verdict(text)).toEqual({
      ok: true,
      value: { created: 2, altered: 1, lastVoucherId: 77, lastMasterId: 5 },
    });
  });

  it.each([
    ['errors', prime(counters({ ...good, ERRORS: 1 })), 'TALLY_REFUSED'],
    ['exceptions', prime(counters({ ...good, EXCEPTIONS: 1 })), 'TALLY_REFUSED'],
    ['records passed over', prime(counters({ ...good, IGNORED: 1 })), 'TALLY_REFUSED'],
    ['a line of error beside good counters', prime(lineError('No such ledger!') + counters(good)), 'TALLY_REFUSED'],
    ['a line of error alone', `<ENVELOPE><BODY><DATA>${lineError('Oh!')}</DATA></BODY></ENVELOPE>`, 'TALLY_REFUSED'],
    ['fewer than were sent', prime(counters({ ...good, CREATED: 1 })), 'TALLY_INCOMPLETE'],
    ['more than were sent', prime(counters({ ...good, CREATED: 9 })), 'TALLY_INCOMPLETE'],
    ['nothing done and no reason', prime(counters({ ...good, CREATED: 0, ALTERED: 0 })), 'TALLY_INCOMPLETE'],
    ['only combined', prime(counters({ ...good, CREATED: 0, ALTERED: 0, COMBINED: 3 })), 'TALLY_INCOMPLETE'],
    ['an unknown request', old('Unknown Request, cannot be processed'), 'TALLY_REFUSED'],
    ['no counter of errors', prime('<CREATED>3</CREATED>'), 'TALLY_BAD_ANSWER'],
    ['a counter that is none', prime(counters(good).replace('>2<', '>two<')), 'TALLY_BAD_ANSWER'],
    ['no counters', '<ENVELOPE><BODY/></ENVELOPE>', 'TALLY_BAD_ANSWER'],
    ['a page', '<html><body>It works!</body></html>', 'TALLY_BAD_ANSWER'],
    ['text', 'TallyPrime Server is Running', 'TALLY_XML_BROKEN'],
    ['half an answer', prime(counters(good)).slice(0, 150), 'TALLY_XML_BROKEN'],
    ['nothing', '', 'TALLY_EMPTY_ANSWER'],
    ['blanks', ' \r\n ', 'TALLY_EMPTY_ANSWER'],
    [
      'a company that is not open',
      `<ENVELOPE><BODY><DATA>${lineError("Could not set 'SVCurrentCompany' to 'SVCE'")}</DATA></BODY></ENVELOPE>`,
      'TALLY_NO_COMPANY',
    ],
  ])('is not good with %s', (_name, text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('is not looked at with another status, however good', () => {
    expect(code(prime(counters(good)), 3, 502)).toBe('TALLY_BAD_ANSWER');
  });

  it('keeps the words of Tally', () => {
    const text = prime(
      lineError('Ledger &apos;Om &amp; Sons&apos; does not exist!') + counters({ ...good, ERRORS: 1 }),
    );
    const read = verdict(text);
    expect(read).toEqual({
      ok: false,
      error: { code: 'TALLY_REFUSED', details: { detail: "Ledger 'Om & Sons' does not exist" } } satisfies Refusal,
    });
  });

  it('counts what the operation sent', () => {
    const response = { status: 200, body: encodeXml(prime(counters({ CREATED: 0, ERRORS: 0 })), 'utf-16le') };
    expect(importVouchers.response(response, { company: 'SVCE', vouchers: [] }).ok).toBe(true);
  });
});

it('companies are read from a collection, also none', () => {
  const of = (inner: string) =>
    listCompanies.response(
      {
        status: 200,
        body: encodeXml(`<ENVELOPE><BODY><DATA><COLLECTION>${inner}</COLLECTION></DATA></BODY></ENVELOPE>`, 'utf-16le'),
      },
      {},
    );
  const two =
    '<COMPANY NAME="SVCE &amp; Trust"><NAME TYPE="String">SVCE</NAME></COMPANY><COMPANY><NAME>महाविद्यालय</NAME></COMPANY>';
  expect(of(two)).toEqual({ ok: true, value: ['SVCE & Trust', 'महाविद्यालय'] });
  expect(of('')).toEqual({ ok: true, value: [] });
});
