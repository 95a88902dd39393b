import { describe, expect, it } from 'vitest';
import type { RawCell } from '../../domain/import/raw-cell.ts';
import { readCamt053 } from './camt053.ts';
import { readMt940 } from './mt940.ts';
import { readOfx } from './ofx.ts';
import { rowsOfGrid } from './sheet.fixture.ts';
import { readSheet } from './sheet.ts';
import { readValue, utf8 } from './statement.fixture.ts';

const swift = (...lines: readonly string[]) => readValue(readMt940(utf8(lines.join('\r\n'))));

describe('MT940', () => {
  const head = [':20:S', ':25:HDFC0000123/050100012345INR', ':28C:1/1'];

  it('gives an entry date the year that lies nearest to the value date', () => {
    const { entries, from, to } = swift(
      ...head,
      ':60F:C251231INR0,',
      ':61:2601011231C10,00NTRFNONREF',
      ':61:2512310102C10,00NTRFNONREF',
      ':61:260102C10,5NTRFNONREF',
      ':62F:C260102INR30,50',
    );
    expect(entries.map(({ date, valueDate }) => [date, valueDate])).toEqual([
      ['2025-12-31', '2026-01-01'],
      ['2026-01-02', '2025-12-31'],
      ['2026-01-02', '2026-01-02'],
    ]);
    expect([from, to]).toEqual(['2025-12-31', '2026-01-02']);
  });

  it('keeps cheques with their zeros, and takes the UTR before the number of the bank', () => {
    const { accountNumber, entries } = swift(
      ...head,
      ':60F:D260401INR100,00',
      ':61:2604010401D5,00NCHK000123',
      'CHEQUE PAID',
      ':61:2604010401RC5,00NTRFHDFCN26091123456//9000001',
      ':86:RETURN OF NEFT',
      ':61:2604010401RD7,00NTRFINV-7//9000002',
      ':62F:D260401INR103,00',
      ':86:NOT OF ANY LINE',
    );
    expect(accountNumber).toBe('050100012345');
    expect(entries).toMatchObject([
      { chequeNo: '000123', reference: null, narration: 'CHEQUE PAID', debitPaise: 500n },
      { chequeNo: null, reference: 'HDFCN26091123456', narration: 'RETURN OF NEFT', debitPaise: 500n, creditPaise: 0n },
      { reference: '9000002', debitPaise: 0n, creditPaise: 700n },
    ]);
  });

  it('says what a structured field 86 says: kind, purpose, name; a free one that begins with figures stays whole', () => {
    const { entries } = swift(
      ...head,
      ':60F:C260401INR0,',
      ':61:260401C1,NTRFNONREF',
      ':86:166?00TRANSFER?109310?20FEES OF THE SECOND SEMESTER?21 2026?30HDFC0000123?31123?32ASHA PA',
      'TIL?60HOSTEL',
      ':61:260401C1,NTRFNONREF',
      ':86:123/20 RENT OF APRIL',
      ':62F:C260401INR2,',
    );
    expect(entries.map(({ narration }) => narration)).toEqual([
      'TRANSFER FEES OF THE SECOND SEMESTER 2026 HOSTEL ASHA PATIL',
      '123/20 RENT OF APRIL',
    ]);
  });

  it('joins days, whichever comes first, also one on which nothing moved', () => {
    const day = (date: string, from: string, to: string, ...lines: readonly string[]) =>
      [...head, `:60F:C${date}INR${from}`, ...lines, `:62F:C${date}INR${to}`, '-'].join('\n');
    const days = [
      day('260401', '0,00', '5,00', ':61:260401C5,00NTRFNONREF'),
      day('260402', '5,00', '5,00'),
      day('260403', '5,00', '3,00', ':61:260403D2,00NTRFNONREF'),
    ];
    for (const order of [days, days.toReversed()]) {
      const read = readValue(readMt940(utf8(order.join('\n'))));
      expect(read).toMatchObject({ from: '2026-04-01', to: '2026-04-03', openingPaise: 0n, closingPaise: 300n });
      expect(read.entries.map(({ date }) => date)).toEqual(['2026-04-01', '2026-04-03']);
    }
  });
});

describe('CAMT.053', () => {
  const amt = (value: string, mark = 'CRDT') => `<Amt Ccy="INR">${value}</Amt><CdtDbtInd>${mark}</CdtDbtInd>`;
  const day = '<BookgDt><Dt>2026-04-02</Dt></BookgDt>';
  const read = (...entries: readonly string[]) =>
    readValue(
      readCamt053(
        utf8(
          `<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>IN1</IBAN></Id></Acct>${entries
            .map((entry) => `<Ntry>${entry}${day}</Ntry>`)
            .join('')}</Stmt></BkToCstmrStmt></Document>`,
        ),
      ),
    ).entries;
  const tx = (value: string, id: string, mark = '') =>
    `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="INR">${value}</Amt></TxAmt></AmtDtls>${mark}</TxDtls>`;

  it('parts a batch when its transactions add up, with their own sides too', () => {
    const batch = read(`${amt('30.00')}<NtryDtls>${tx('10.00', 'A')}${tx('20.00', 'B')}</NtryDtls>`);
    expect(batch).toMatchObject([
      { creditPaise: 1000n, reference: 'A' },
      { creditPaise: 2000n, reference: 'B' },
    ]);
    const net = read(
      `${amt('8.00')}<NtryDtls>${tx('10.00', 'A')}${tx('2.00', 'FEE', '<CdtDbtInd>DBIT</CdtDbtInd>')}</NtryDtls>`,
    );
    expect(net).toMatchObject([{ creditPaise: 1000n }, { debitPaise: 200n, creditPaise: 0n, reference: 'FEE' }]);
  });

  it('leaves it whole when they do not, or when one says nothing', () => {
    expect(read(`${amt('30.00')}<NtryDtls>${tx('10.00', 'A')}${tx('19.99', 'B')}</NtryDtls>`)).toMatchObject([
      { creditPaise: 3000n, reference: null },
    ]);
    expect(read(`${amt('30.00')}<NtryDtls>${tx('30.00', 'A')}<TxDtls/></NtryDtls>`)).toHaveLength(1);
  });

  it('keeps our own reference in the narration when the UTR is the reference, and names who paid', () => {
    const details = `<NtryDtls><TxDtls><Refs><AcctSvcrRef>S77</AcctSvcrRef><InstrId>I1</InstrId><EndToEndId>PAY-2026-000123</EndToEndId>
      <ClrSysRef>SBINR52026040212345678</ClrSysRef></Refs><RltdPties><Dbtr><Pty><Nm>Asha Patil</Nm></Pty></Dbtr></RltdPties>
      <RmtInf><Ustrd>Fees </Ustrd><Ustrd>of April</Ustrd></RmtInf></TxDtls></NtryDtls>`;
    expect(read(`${amt('5.00')}${details}<AddtlNtryInf>RTGS INWARD</AddtlNtryInf>`)).toMatchObject([
      { reference: 'SBINR52026040212345678', narration: 'Fees of April Asha Patil RTGS INWARD PAY-2026-000123' },
    ]);
  });

  it('of a reversal goes the way it says', () => {
    expect(read(`${amt('5.00', 'CRDT')}<RvslInd>true</RvslInd>`)).toMatchObject([
      { creditPaise: 500n, debitPaise: 0n },
    ]);
  });
});

describe('OFX', () => {
  const read = (list: string, rest = '') =>
    readValue(
      readOfx(
        utf8(`<OFX><STMTRS><CURDEF>INR<BANKACCTFROM><ACCTID>0012345</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260401<DTEND>20260430${list}</BANKTRANLIST>${rest}</STMTRS></OFX>`),
      ),
    );
  const trn = (posted: string, amount: string, more = '') =>
    `<STMTTRN><DTPOSTED>${posted}<TRNAMT>${amount}<FITID>F1<NAME>A &amp; B${more}</STMTTRN>`;

  it('takes the day in India of an instant elsewhere, and the day as written without a zone', () => {
    const { entries } = read(
      ['20260402203000[0:GMT]', '20260402203000', '20260402203000.000[-5:EST]', '20260403001500[+5.30:IST]']
        .map((posted) => trn(posted, '5'))
        .join(''),
    );
    expect(entries.map(({ date }) => date)).toEqual(['2026-04-03', '2026-04-02', '2026-04-03', '2026-04-03']);
  });

  it('reads amounts with comma or point or both, and passes over what moves nothing', () => {
    const { entries } = read(['-1234,5', '+1,23,456.70', '0.00'].map((amount) => trn('20260402', amount)).join(''));
    expect(entries.map(({ debitPaise, creditPaise }) => creditPaise - debitPaise)).toEqual([-123_450n, 12_345_670n]);
  });

  it('takes the balance for the closing one only when it is of the time of the statement', () => {
    const balance = (date: string) => `<LEDGERBAL><BALAMT>105.00<DTASOF>${date}</LEDGERBAL>`;
    expect(read(trn('20260402', '5'), balance('20260430'))).toMatchObject({
      openingPaise: 10_000n,
      closingPaise: 10_500n,
    });
    expect(read(trn('20260402', '5'), balance('20260512'))).toMatchObject({ openingPaise: null, closingPaise: null });
  });

  it('of one account in two parts works out the balances that one of them does not state', () => {
    const part = (posted: string, rest = '') =>
      `<STMTRS><BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST><DTEND>${posted}${trn(posted, '5')}</BANKTRANLIST>${rest}</STMTRS>`;
    const balance = '<LEDGERBAL><BALAMT>105.00<DTASOF>20260402</LEDGERBAL>';
    const two = (first: string, second: string) => readValue(readOfx(utf8(`<OFX>${first}${second}</OFX>`)));
    const first = two(part('20260402', balance), part('20260403'));
    expect(first).toMatchObject({ openingPaise: 10_000n, closingPaise: 11_000n });
    expect(two(part('20260401'), part('20260402', balance))).toMatchObject({
      openingPaise: 9_500n,
      closingPaise: 10_500n,
    });
  });

  it('takes the UTR before the number of the bank, and values of inner elements for what they are', () => {
    const { accountNumber, entries } = read(
      trn(
        '20260402',
        '-5',
        '<REFNUM>HDFCN26092123456<BANKACCTTO><ACCTID>999</BANKACCTTO><CHECKNUM>000045<MEMO><![CDATA[a<b]]>',
      ),
    );
    expect(accountNumber).toBe('0012345');
    expect(entries).toMatchObject([{ reference: 'HDFCN26092123456', chequeNo: '000045', narration: 'A & B a<b' }]);
  });
});

describe('a sheet', () => {
  const header = ['Date', 'Narration', 'Chq/Ref No.', 'Debit', 'Credit', 'Balance'];
  const read = (...lines: readonly (readonly string[])[]) => readValue(readSheet(rowsOfGrid([header, ...lines])));

  it('keeps equal payments of one day apart', () => {
    const { entries } = read(
      ['01/04/26', 'FEES', '', '', '5.00', '5.00'],
      ['01/04/26', 'FEES', '', '', '5.00', '10.00'],
      ['01/04/26', 'FEES', '', '', '5.00', '15.00'],
    );
    expect(entries.map(({ balancePaise }) => balancePaise)).toEqual([500n, 1000n, 1500n]);
  });

  it('tells cheques from references in one column', () => {
    const column = [
      '000123',
      '0000000000000123',
      '0000603412345678',
      'HDFCN26092123456',
      '000000',
      '-',
      '="000042"',
      "'000043",
    ];
    const { entries } = read(...column.map((text, index) => ['01/04/26', 'X', text, '', '1.00', `${index + 1}.00`]));
    expect(entries.map(({ chequeNo, reference }) => chequeNo ?? reference)).toEqual([
      '000123',
      '000123',
      '0000603412345678',
      'HDFCN26092123456',
      null,
      null,
      '000042',
      '000043',
    ]);
    expect(entries.map(({ chequeNo }) => chequeNo !== null)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('reads reversals in their own column, overdrafts, and passes over balances brought forward', () => {
    const read2026 = read(
      ['01/04/26', 'OPENING BALANCE', '', '', '', '(100.00)'],
      ['01/04/26', 'CHARGES', '', '5.00', '0.00', '105.00 Dr'],
      ['02/04/26', 'CHARGES REVERSED', '', '-5.00', '0.00', '-100.00'],
      ['', 'TOTAL', '', '0.00', '0.00', ''],
    );
    expect(read2026).toMatchObject({ openingPaise: -10_000n, closingPaise: -10_000n });
    expect(read2026.entries.map(({ creditPaise, debitPaise }) => creditPaise - debitPaise)).toEqual([-500n, 500n]);
  });

  it('takes numbers and days of a workbook, and no number of a summary for a day', () => {
    const cell = (kind: 'text' | 'number' | 'date', text: string): RawCell => ({ kind, text });
    const result = readSheet([
      { number: 5, cells: header.map((text) => cell('text', text)) },
      {
        number: 6,
        cells: [
          cell('date', '2026-04-01'),
          cell('text', 'RENT'),
          cell('number', '123456'),
          cell('number', '1500.5'),
          { kind: 'empty', text: '' },
          cell('number', '8499.5'),
        ],
      },
      { number: 8, cells: [cell('text', 'Opening Balance')] },
      {
        number: 9,
        cells: [
          cell('number', '45000'),
          cell('text', '1'),
          cell('text', ''),
          cell('number', '1500.5'),
          cell('number', '3'),
          cell('number', '8499.5'),
        ],
      },
    ]);
    expect(readValue(result)).toMatchObject({
      from: '2026-04-01',
      to: '2026-04-01',
      entries: [{ chequeNo: '123456', debitPaise: 150_050n, balancePaise: 849_950n }],
    });
  });

  it('with months first says so by its days, and is not guessed when it contradicts itself', () => {
    const lines = (second: string) => [
      ['04/02/2026', 'A', '', '', '1.00', '1.00'],
      [second, 'B', '', '', '1.00', '2.00'],
    ];
    expect(read(...lines('04/13/2026')).entries.map(({ date }) => date)).toEqual(['2026-04-02', '2026-04-13']);
    const mixed = readSheet(rowsOfGrid([header, ...lines('04/13/2026'), ['14/04/2026', 'C', '', '', '1.00', '3.00']]));
    expect(mixed).toMatchObject({ ok: false, error: { code: 'STATEMENT_UNREADABLE', details: { line: 2 } } });
  });

  it('repeated headings and page totals between its pages are passed over', () => {
    const { entries } = read(
      ['01/04/26', 'A', '', '', '1.00', '1.00'],
      ['', 'Page Total', '', '0.00', '1.00', '1.00'],
      ['Account No : 11112222'],
      header,
      ['02/04/26', 'B', '', '', '1.00', '2.00'],
    );
    expect(entries).toHaveLength(2);
  });
});
