import { describe, expect, it } from 'vitest';
import { limits } from '../../kernel/limits.ts';
import { readCamt053 } from './camt053.ts';
import { readMt940 } from './mt940.ts';
import { readOfx } from './ofx.ts';
import { rowsOfGrid } from './sheet.fixture.ts';
import { readSheet } from './sheet.ts';
import { utf8 } from './statement.fixture.ts';

const swift = (...body: readonly string[]): Uint8Array =>
  utf8([':20:S', ':25:50100012345678', ':28C:1', ...body].join('\r\n'));
const opening = ':60F:C260401INR1000,00';
const entry = ':61:2604020402D250,00NTRFNONREF//HDFCN26092123456';
const closing = ':62F:C260430INR750,00';

const camt = (body: string, account = '1'): string =>
  `<Stmt><Acct><Id><Othr><Id>${account}</Id></Othr></Id></Acct>${body}</Stmt>`;
const wrapped = (...statements: readonly string[]): Uint8Array =>
  utf8(`<?xml version="1.0"?>\n<Document><BkToCstmrStmt>\n${statements.join('\n')}</BkToCstmrStmt></Document>`);
const amount = (value: string, mark = 'DBIT', currency = 'INR'): string =>
  `<Amt Ccy="${currency}">${value}</Amt><CdtDbtInd>${mark}</CdtDbtInd>`;
const balance = (kind: string, value: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp>${amount(value, 'CRDT')}</Bal>`;
const ntry = (inner: string): string => `<Ntry>${inner}<BookgDt><Dt>2026-04-02</Dt></BookgDt></Ntry>`;

const ofx = (list: string, { currency = 'INR', rest = '' } = {}): Uint8Array =>
  utf8(`OFXHEADER:100\n\n<OFX><STMTRS><CURDEF>${currency}<BANKACCTFROM><ACCTID>1</BANKACCTFROM>
<BANKTRANLIST>${list}</BANKTRANLIST>${rest}</STMTRS></OFX>`);
const trn = (paid: string): string => `<STMTTRN><DTPOSTED>20260402<TRNAMT>${paid}<FITID>F1<NAME>RENT</STMTTRN>`;

const header = ['Date', 'Narration', 'Debit', 'Credit', 'Balance'];
const sheet = (...lines: readonly (readonly string[])[]) => readSheet(rowsOfGrid([['HDFC BANK'], header, ...lines]));

describe('MT940 that is refused', () => {
  it.each([
    ['nothing', utf8(' \n'), 'STATEMENT_EMPTY', {}],
    ['no message', utf8('hello'), 'STATEMENT_UNKNOWN', {}],
    ['a field before the message', utf8(':25:1\r\n:20:S'), 'STATEMENT_UNREADABLE', { line: 1 }],
    ['another currency', swift(':60F:C260401USD1000,00', closing), 'STATEMENT_CURRENCY', { currency: 'USD' }],
    ['no closing balance', swift(opening, entry), 'STATEMENT_UNREADABLE', { line: 1, detail: 'field 62 is missing' }],
    ['an entry behind the closing balance', swift(opening, closing, entry), 'STATEMENT_UNREADABLE', { line: 6 }],
    ['a day that is none', swift(opening, ':61:260431D250,00NTRFX', closing), 'STATEMENT_UNREADABLE', { line: 5 }],
    ['three decimals', swift(opening, ':61:260402D250,001NTRFX', closing), 'STATEMENT_UNREADABLE', { line: 5 }],
    ['nothing moved', swift(opening, ':61:260402D0,00NTRFX', closing), 'STATEMENT_UNREADABLE', { line: 5 }],
    ['an expected entry', swift(opening, ':61:260402ED250,00NTRFX', closing), 'STATEMENT_UNREADABLE', { line: 5 }],
    [
      'a balance that does not fit',
      swift(opening, entry, ':62F:C260430INR751,00'),
      'STATEMENT_BALANCE',
      { line: 5, date: '2026-04-02', stated: '75100', made: '75000' },
    ],
    [
      'balances without a line that do not fit',
      swift(opening, ':62F:C260430INR751,00'),
      'STATEMENT_BALANCE',
      { line: 1, stated: '75100', made: '100000' },
    ],
    [
      'a message that is missing in between',
      utf8(
        `${[':20:A', ':25:11111', opening, entry, closing, ':20:B', ':25:11111', ':60F:C260501INR760,00', ':61:260502C1,00NTRFX', ':62F:C260531INR761,00'].join('\n')}`,
      ),
      'STATEMENT_BALANCE',
      { line: 6, date: '2026-05-02', stated: '76000', made: '75000' },
    ],
    [
      'two accounts',
      utf8(
        [
          ':20:A',
          ':25:11111',
          opening,
          closing.replace('750', '1000'),
          ':20:B',
          ':25:22222',
          opening,
          closing.replace('750', '1000'),
        ].join('\n'),
      ),
      'STATEMENT_SEVERAL_ACCOUNTS',
      { count: 2 },
    ],
    ['a field without end', swift(opening, `:86:${'x\n'.repeat(200)}`), 'STATEMENT_UNREADABLE', {}],
  ])('%s', (_name, bytes, code, details) => {
    expect(readMt940(bytes)).toMatchObject({ ok: false, error: { code, details } });
  });

  it('more lines than a statement has', () => {
    const many = Array.from({ length: limits.statement.linesMax + 1 }, () => entry);
    expect(readMt940(swift(opening, ...many, closing))).toMatchObject({
      ok: false,
      error: { code: 'STATEMENT_TOO_MANY_LINES', details: { limit: limits.statement.linesMax } },
    });
  });
});

describe('CAMT.053 that is refused', () => {
  it.each([
    ['an order of another kind', utf8('<Document><CstmrCdtTrfInitn/></Document>'), 'STATEMENT_UNKNOWN', {}],
    [
      'a document type',
      utf8('<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "file:///etc/passwd"><Document/>'),
      'STATEMENT_UNSAFE',
      { line: 2 },
    ],
    [
      'entities that explode',
      utf8('<!DOCTYPE l [<!ENTITY a "aaaa">]><Document>&a;</Document>'),
      'STATEMENT_UNSAFE',
      { line: 1 },
    ],
    ['an entity of nobody', wrapped(camt('&xxe;')), 'STATEMENT_UNREADABLE', { line: 3 }],
    ['an end in the middle', utf8('<Document><BkToCstmrStmt>\n<Stmt>'), 'STATEMENT_UNREADABLE', { line: 2 }],
    ['elements deep in each other', wrapped('<A>'.repeat(limits.statement.depthMax)), 'STATEMENT_UNSAFE', { line: 3 }],
    [
      'a record without end',
      wrapped(camt(`<Ntry>${'<A/>'.repeat(limits.statement.recordNodesMax)}</Ntry>`)),
      'STATEMENT_UNSAFE',
      { line: 3 },
    ],
    ['another currency', wrapped(camt(ntry(amount('5.00', 'DBIT', 'USD')))), 'STATEMENT_CURRENCY', { currency: 'USD' }],
    ['no currency', wrapped(camt(ntry('<Amt>5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>'))), 'STATEMENT_CURRENCY', {}],
    [
      'a negative amount',
      wrapped(camt(ntry(amount('-5.00')))),
      'STATEMENT_UNREADABLE',
      { line: 3, detail: 'an amount' },
    ],
    ['an exponent', wrapped(camt(ntry(amount('5e3')))), 'STATEMENT_UNREADABLE', { line: 3 }],
    [
      'no side',
      wrapped(camt(ntry('<Amt Ccy="INR">5.00</Amt>'))),
      'STATEMENT_UNREADABLE',
      { line: 3, detail: 'CdtDbtInd' },
    ],
    ['no day', wrapped(camt(`<Ntry>${amount('5.00')}</Ntry>`)), 'STATEMENT_UNREADABLE', { line: 3 }],
    ['no account', wrapped('<Stmt></Stmt>'), 'STATEMENT_UNREADABLE', { line: 3 }],
    ['nothing in it', wrapped(camt('')), 'STATEMENT_EMPTY', {}],
    ['two accounts', wrapped(camt('', '1'), camt('', '2')), 'STATEMENT_SEVERAL_ACCOUNTS', { count: 2 }],
    [
      'a balance that does not fit',
      wrapped(camt(balance('OPBD', '10.00') + balance('CLBD', '6.00') + ntry(amount('5.00')))),
      'STATEMENT_BALANCE',
      { line: 3, date: '2026-04-02', stated: '600', made: '500' },
    ],
  ])('%s', (_name, bytes, code, details) => {
    const result = readCamt053(bytes);
    expect(result).toMatchObject({ ok: false, error: { code, details } });
    expect(JSON.stringify(result)).not.toMatch(/passwd|aaaa/);
  });
});

describe('OFX that is refused', () => {
  it.each([
    ['something else', utf8('<html></html>'), 'STATEMENT_UNKNOWN', {}],
    ['no statement', utf8('<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>'), 'STATEMENT_UNKNOWN', {}],
    ['a document type', utf8('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><OFX></OFX>'), 'STATEMENT_UNSAFE', {}],
    ['a declaration inside', ofx('<!ENTITY b "c">'), 'STATEMENT_UNSAFE', { line: 4 }],
    ['another currency', ofx(trn('5'), { currency: 'USD' }), 'STATEMENT_CURRENCY', { currency: 'USD' }],
    [
      'a line in another currency',
      ofx('<STMTTRN><DTPOSTED>20260402<TRNAMT>5<CURRENCY><CURRATE>80<CURSYM>USD</CURRENCY></STMTTRN>'),
      'STATEMENT_CURRENCY',
      { currency: 'USD' },
    ],
    ['a word for an amount', ofx(trn('five')), 'STATEMENT_UNREADABLE', { line: 4, detail: 'an amount' }],
    ['three decimals', ofx(trn('5.001')), 'STATEMENT_UNREADABLE', { line: 4 }],
    ['a line that does not end', ofx('<STMTTRN><TRNAMT>5<STMTTRN>'), 'STATEMENT_UNREADABLE', { line: 4 }],
    ['an end in the middle', utf8('<OFX><STMTRS>\n<BANKACCTFROM><ACCTID>1'), 'STATEMENT_UNREADABLE', { line: 2 }],
    [
      'a day that is none',
      ofx(trn('5').replace('20260402', '20260231')),
      'STATEMENT_UNREADABLE',
      { line: 4, detail: 'a date' },
    ],
    ['nothing in it', ofx(''), 'STATEMENT_EMPTY', {}],
    [
      'two accounts',
      utf8(
        '<OFX><STMTRS><BANKACCTFROM><ACCTID>1</BANKACCTFROM></STMTRS><STMTRS><BANKACCTFROM><ACCTID>2</BANKACCTFROM></STMTRS></OFX>',
      ),
      'STATEMENT_SEVERAL_ACCOUNTS',
      { count: 2 },
    ],
  ])('%s', (_name, bytes, code, details) => {
    expect(readOfx(bytes)).toMatchObject({ ok: false, error: { code, details } });
  });

  it('more bytes than a statement has, in every format', () => {
    const bytes = new Uint8Array(limits.statement.fileBytesMax + 1).fill(0x20);
    for (const read of [readMt940, readCamt053, readOfx])
      expect(read(bytes)).toMatchObject({
        ok: false,
        error: { code: 'STATEMENT_TOO_LARGE', details: { limitMiB: 8 } },
      });
  });
});

describe('a sheet that is refused', () => {
  it.each([
    ['no row at all', readSheet([]), 'STATEMENT_EMPTY', {}],
    ['no line', sheet(['Opening Balance', '', '', '', '5.00']), 'STATEMENT_EMPTY', {}],
    [
      'no heading',
      readSheet(
        rowsOfGrid([
          ['Date', 'Vendor', 'Amount'],
          ['01/04/2026', 'Shree', '5'],
        ]),
      ),
      'STATEMENT_NO_HEADER',
      {},
    ],
    [
      'a heading that comes too late',
      readSheet(rowsOfGrid([...Array.from({ length: limits.statement.headerRowsMax }, () => ['x']), header])),
      'STATEMENT_NO_HEADER',
      {},
    ],
    [
      'one amount of which nothing says the side',
      readSheet(
        rowsOfGrid([
          ['Date', 'Narration', 'Amount'],
          ['01/04/2026', 'FEES', '5.00'],
        ]),
      ),
      'STATEMENT_NO_HEADER',
      {},
    ],
    [
      'a day that is spoilt',
      sheet(['##/04/2026', 'FEES', '', '5.00', '5.00']),
      'STATEMENT_UNREADABLE',
      { line: 3, detail: 'a date' },
    ],
    [
      'a day that is none',
      sheet(['31/04/2026', 'FEES', '', '5.00', '5.00']),
      'STATEMENT_UNREADABLE',
      { line: 3, detail: 'a date' },
    ],
    [
      'a word for an amount',
      sheet(['01/04/2026', 'FEES', '', 'five', '5.00']),
      'STATEMENT_UNREADABLE',
      { line: 3, detail: 'an amount' },
    ],
    ['money on both sides', sheet(['01/04/2026', 'FEES', '1.00', '5.00', '5.00']), 'STATEMENT_UNREADABLE', { line: 3 }],
    [
      'another currency',
      readSheet(rowsOfGrid([['Currency :- USD'], header])),
      'STATEMENT_CURRENCY',
      { currency: 'USD' },
    ],
    [
      'a balance that does not fit',
      sheet(['01/04/2026', 'FEES', '', '5.00', '5.00'], ['02/04/2026', 'RENT', '1.00', '', '3.00']),
      'STATEMENT_BALANCE',
      { line: 4, date: '2026-04-02', stated: '300', made: '400' },
    ],
    [
      'two accounts',
      readSheet(
        rowsOfGrid([
          ['Account No : 11111111'],
          header,
          ['01/04/2026', 'FEES', '', '5.00', '5.00'],
          ['Account No : 22222222'],
          header,
          ['01/04/2026', 'FEES', '', '5.00', '10.00'],
        ]),
      ),
      'STATEMENT_SEVERAL_ACCOUNTS',
      { count: 2 },
    ],
  ])('%s', (_name, result, code, details) => {
    expect(result).toMatchObject({ ok: false, error: { code, details } });
  });
});
