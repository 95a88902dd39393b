import { createReadStream, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ExchangeVoucher } from '../../../domain/exchange/model.ts';
import { readTallyFile } from './files.ts';
import { exportMasters, exportVouchers } from './operations.ts';

const fixture = (name: string): URL => new URL(`./fixtures/${name}`, import.meta.url);
const party = 'श्री गणेश स्टेशनर्स "पुणे"';
const sbi = 'State Bank of India - 4521';

describe.each(['utf-8', 'utf-16'])('an export of Tally in %s', (encoding) => {
  it('of masters', async () => {
    const { masters } = await readTallyFile(
      createReadStream(fixture(`masters.${encoding}.xml`), { highWaterMark: 333 }),
    );
    expect(masters.groups).toEqual([
      { name: 'Current Assets', parent: null, kind: 'asset' },
      { name: 'Hostel creditors', parent: 'Sundry Creditors', kind: 'liability' },
      { name: "Students' Union", parent: null, kind: 'expense' },
    ]);
    expect(masters.costCentres).toEqual([
      { name: 'Mechanical Engg.', kind: null },
      { name: 'DST FIST 2024', kind: 'grant' },
    ]);
    expect(masters.voucherTypes).toEqual(new Map([['bank payment', 'Payment']]));
    const none = {
      role: null,
      isParty: false,
      hasCostCentres: false,
      openingDebitPaise: 0n,
      openingCreditPaise: 0n,
      openingBills: [],
      gstin: null,
      pan: null,
    };
    expect(masters.ledgers).toEqual([
      {
        ...none,
        name: 'Profit & Loss A/c',
        parent: null,
        kind: 'fund',
        role: 'surplus',
        openingCreditPaise: 125_000_050n,
      },
      { ...none, name: sbi, parent: 'Bank Accounts', kind: 'asset', role: 'bank', openingDebitPaise: 127_500_075n },
      {
        ...{ ...none, name: party, parent: 'Hostel creditors', kind: 'liability', isParty: true },
        openingBills: [{ name: 'B/204', billDate: '2026-03-31', dueOn: null, debitPaise: 0n, creditPaise: 2_500_025n }],
        ...{ openingCreditPaise: 2_500_025n, gstin: '27AAPFU0939F1ZV', pan: 'AAPFU0939F' },
      },
      { ...none, name: "Freshers' party", parent: "Students' Union", kind: 'expense', hasCostCentres: true },
    ]);
    expect(masters.skipped.map(({ record, name, reason }) => [record, name, reason])).toEqual([
      ['LEDGER', 'Lost', 'parent'],
      ['LEDGER', 'Boston press', 'amount'],
    ]);
    const lines = readFileSync(fixture('masters.utf-8.xml'), 'utf8').split('\n');
    for (const { line, name } of masters.skipped) expect(lines[line - 1]).toContain(`NAME="${name}"`);
  });

  it('of vouchers, by the types of their company', async () => {
    const types = new Map([['bank payment', 'Payment']]);
    const { vouchers } = await readTallyFile(createReadStream(fixture(`vouchers.${encoding}.xml`)), types);
    const bare = { bills: [], costShares: [] };
    expect(vouchers.vouchers).toEqual([
      {
        ...{
          id: 'p1',
          kind: 'payment',
          number: 'P1',
          date: '2026-11-20',
          narration: 'Cheque 000123\nsecond line <urgent>',
        },
        ...{ reference: '000123', referenceDate: '2026-11-19', partyLedger: party },
        lines: [
          {
            ...{ ledger: party, debitPaise: 2_500_025n, creditPaise: 0n, costShares: [] },
            bills: [
              { kind: 'against', name: 'B/204', amountPaise: 2_000_000n, dueOn: null },
              { kind: 'advance', name: 'ADV/1', amountPaise: 500_025n, dueOn: '2026-12-20' },
            ],
          },
          { ...bare, ledger: sbi, debitPaise: 0n, creditPaise: 2_500_025n },
        ],
      },
      {
        ...{ id: 'a1', kind: 'journal', number: 'A1', date: '2026-11-20', narration: '' },
        ...{ reference: null, referenceDate: null, partyLedger: null },
        lines: [
          {
            ...{ ledger: "Freshers' party", debitPaise: 10_000n, creditPaise: 0n, bills: [] },
            costShares: [
              { name: 'Mechanical Engg.', kind: 'department', amountPaise: 6_000n },
              { name: 'Civil Engg.', kind: 'department', amountPaise: 4_000n },
              { name: 'DST FIST 2024', kind: 'grant', amountPaise: 10_000n },
            ],
          },
          { ...bare, ledger: sbi, debitPaise: 0n, creditPaise: 10_000n },
        ],
      },
    ] satisfies ExchangeVoucher[]);
    expect(vouchers.skipped.map(({ name, reason }) => [name, reason])).toEqual([
      ['C1', 'cancelled'],
      ['C2', 'cancelled'],
      ['O1', 'optional'],
      ['D1', 'deleted'],
      ['M1', 'kind'],
      ['S1', 'sign'],
      ['U1', 'unbalanced'],
      ['L1', 'lines'],
      ['X1', 'amount'],
      ['T1', 'date'],
    ]);
  });

  it('is the same as an answer of its port, kept to the period that was asked for', () => {
    const body = new Uint8Array(readFileSync(fixture(`vouchers.${encoding}.xml`)));
    const voucherTypes = new Map<string, string>();
    const ask = (first: string, last: string) =>
      exportVouchers.response({ status: 200, body }, { company: 'S', voucherTypes, period: { first, last } });
    const asked = ask('2026-11-20', '2026-11-20');
    // Nobody said here what a Bank Payment is.
    expect(asked.ok && asked.value.vouchers.map(({ id }) => id)).toEqual(['a1']);
    expect(asked.ok && asked.value.skipped[0]).toMatchObject({ name: 'P1', reason: 'kind' });
    const other = ask('2026-11-21', '2026-11-30');
    expect(other.ok && other.value.vouchers).toEqual([]);
    const masters = new Uint8Array(readFileSync(fixture(`masters.${encoding}.xml`)));
    const read = exportMasters.response({ status: 200, body: masters }, { company: 'S' });
    expect(read.ok && read.value.ledgers.length).toBe(4);
  });
});

it('an invoice with items has its ledgers under them', async () => {
  const ledger = (tag: string, name: string, amount: string) =>
    `<${tag}><LEDGERNAME>${name}</LEDGERNAME><AMOUNT>${amount}</AMOUNT></${tag}>`;
  const item = `<ALLINVENTORYENTRIES.LIST><STOCKITEMNAME>Chalk</STOCKITEMNAME><AMOUNT>-90</AMOUNT>${ledger('ACCOUNTINGALLOCATIONS.LIST', 'Stationery', '-90')}</ALLINVENTORYENTRIES.LIST>`;
  const lists = `${ledger('LEDGERENTRIES.LIST', 'Om', '100')}${ledger('LEDGERENTRIES.LIST', 'CGST', '-10')}`;
  const xml = `<ENVELOPE><VOUCHER><GUID>g</GUID><DATE>20261120</DATE><VOUCHERTYPENAME>Purchase</VOUCHERTYPENAME>${lists}${item}</VOUCHER></ENVELOPE>`;
  const read = await readTallyFile(ReadableStream.from([new TextEncoder().encode(xml)]));
  expect(read.vouchers.vouchers[0]?.lines.map((line) => [line.ledger, line.debitPaise, line.creditPaise])).toEqual([
    ['Om', 0n, 10_000n],
    ['CGST', 1_000n, 0n],
    ['Stationery', 9_000n, 0n],
  ]);
});
