import { describe, expect, it } from 'vitest';
import type { ExchangeLedger, ExchangeMasters, ExchangeVoucher } from '../../../domain/exchange/model.ts';
import { CollegeWorld } from '../../../testing/college-world.ts';
import { mastersFrom } from '../../../testing/exchange-world.ts';
import { exportMasters, exportVouchers, importVouchers, listCompanies } from './operations.ts';
import { mastersXml } from './write-masters.ts';
import { voucherXml } from './write-voucher.ts';

const payment: ExchangeVoucher = {
  ...{ id: '018f0000-0000-7000-8000-0000000000a1', kind: 'payment', number: 'PAY-2026-27-000001', date: '2026-11-20' },
  ...{ narration: 'Paid', reference: 'UTR1', referenceDate: null, partyLedger: 'Tech Supplies Ltd' },
  lines: [
    {
      ...{ ledger: 'Tech Supplies Ltd', debitPaise: 5_000_000n, creditPaise: 0n, costShares: [] },
      bills: [{ kind: 'against', name: 'INV-1', amountPaise: 5_000_000n, dueOn: null }],
    },
    { ledger: 'ICICI Bank', debitPaise: 0n, creditPaise: 5_000_000n, bills: [], costShares: [] },
  ],
};

const valuesOf = (xml: string, tag: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value = '']) => value);

describe('a voucher on the wire', () => {
  it('has debit below zero and deemed positive, credit above zero and not, and sums to nothing', () => {
    const xml = voucherXml(payment);
    expect(xml).toMatch(/^<VOUCHER REMOTEID="018f0000-0000-7000-8000-0000000000a1" VCHTYPE="Payment" ACTION="Create"/);
    expect(valuesOf(xml, 'LEDGERNAME')).toEqual(['Tech Supplies Ltd', 'ICICI Bank']);
    expect(valuesOf(xml, 'ISDEEMEDPOSITIVE')).toEqual(['Yes', 'No']);
    expect(valuesOf(xml, 'AMOUNT')).toEqual(['-50000.00', '-50000.00', '50000.00']);
    expect(valuesOf(xml, 'BILLTYPE')).toEqual(['Agst Ref']);
    expect(valuesOf(xml, 'DATE')).toEqual(['20261120']);
  });
});

describe('requests', () => {
  const textOf = (body: Uint8Array): string => new TextDecoder('utf-16le').decode(body);

  it('are in UTF-16 and say so, with every sign of a name escaped', () => {
    const request = importVouchers.request({ company: 'A & <B> "C"', vouchers: [payment] });
    expect(request.headers['content-type']).toBe('text/xml; charset=utf-16');
    expect([...request.body.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    const text = textOf(request.body);
    expect(text).toContain('<SVCURRENTCOMPANY>A &amp; &lt;B&gt; &quot;C&quot;</SVCURRENTCOMPANY>');
    expect(text).toMatch(/<TALLYREQUEST>Import<\/TALLYREQUEST><TYPE>Data<\/TYPE><ID>Vouchers<\/ID>/);
    expect(importVouchers.request({ company: 'A', vouchers: [], encoding: 'utf-8' }).headers['content-type']).toMatch(
      /utf-8$/,
    );
  });

  it('ask for what they are called', () => {
    expect(textOf(listCompanies.request({}).body)).toMatch(/<TYPE>Collection<\/TYPE><ID>List of Companies<\/ID>/);
    expect(textOf(exportMasters.request({ company: 'A' }).body)).toContain('<ACCOUNTTYPE>All Masters</ACCOUNTTYPE>');
    const period = { first: '2026-04-01', last: '2026-04-30' };
    const asked = textOf(exportVouchers.request({ company: 'A', period, voucherTypes: new Map() }).body);
    expect(asked).toContain('<SVFROMDATE TYPE="Date">20260401</SVFROMDATE><SVTODATE TYPE="Date">20260430</SVTODATE>');
  });
});

describe('the chart of a college in Tally', () => {
  const parents = (masters: ExchangeMasters): ReadonlyMap<string, string> =>
    new Map(
      mastersXml(masters).flatMap((xml) => {
        const [, kind = '', name = ''] = /^<(\w+) NAME="([^"]*)"/.exec(xml) ?? [];
        const [parent] = valuesOf(xml, 'PARENT');
        return parent === undefined ? [] : [[`${kind} ${name}`, parent] as const];
      }),
    );

  it('stands under the groups of Tally where Tally has them, and is told bank, cash, tax and parties by them', async () => {
    const world = await CollegeWorld.create();
    await world.vendor({ name: 'Om Stores' });
    const places = parents(mastersFrom(world));
    expect(Object.fromEntries([...places].filter(([name]) => name.startsWith('GROUP')))).toEqual({
      'GROUP Receivables': 'Current Assets',
      'GROUP Input tax': 'Current Assets',
      'GROUP Loans, advances and deposits given': 'Current Assets',
      'GROUP Duties, taxes and staff dues': 'Current Liabilities',
      'GROUP Deposits and advances taken': 'Current Liabilities',
      'GROUP Corpus fund (group)': 'Capital Account',
      'GROUP General fund (group)': 'Capital Account',
      'GROUP Earmarked funds': 'Capital Account',
      'GROUP Fees': 'Indirect Incomes',
      'GROUP Grants and donations': 'Indirect Incomes',
      'GROUP Other income (group)': 'Indirect Incomes',
      'GROUP Establishment': 'Indirect Expenses',
      'GROUP Academic': 'Indirect Expenses',
      'GROUP Administrative': 'Indirect Expenses',
      'GROUP Repairs and campus': 'Indirect Expenses',
      'GROUP Depreciation (group)': 'Indirect Expenses',
    });
    const of = (name: string) => places.get(`LEDGER ${name}`);
    expect(of('Cash in hand')).toBe('Cash-in-Hand');
    expect(of('Bank: current account')).toBe('Bank Accounts');
    expect(of('TDS payable')).toBe('Duties &amp; Taxes');
    expect(of('Input CGST')).toBe('Input tax');
    expect(of('Om Stores')).toBe('Sundry Creditors');
    // Tally would not take a ledger of the name of one of its groups.
    expect(of('Sundry creditors A/c')).toBe('Sundry Creditors');
    expect(of('Bank loans')).toBe('Loans (Liability)');
    expect(of('Land')).toBe('Fixed Assets');
    expect(of('Fixed deposits')).toBe('Investments');
  });

  it('has a bank that the chart keeps elsewhere among the banks', () => {
    const bank: ExchangeLedger = {
      ...{ name: 'SBI', parent: 'Trust', kind: 'asset', role: 'bank', isParty: false, hasCostCentres: false },
      ...{ openingDebitPaise: 5n, openingCreditPaise: 0n, openingBills: [], gstin: null, pan: null },
    };
    const group = { name: 'Trust', kind: 'asset', parent: null } as const;
    expect(parents({ groups: [group], ledgers: [bank], costCentres: [] }).get('LEDGER SBI')).toBe('Bank Accounts');
    const inside = { ...group, parent: 'Bank Accounts' };
    expect(parents({ groups: [inside], ledgers: [bank], costCentres: [] }).get('LEDGER SBI')).toBe('Trust');
    const [, written = ''] = mastersXml({ groups: [group], ledgers: [bank], costCentres: [] });
    expect(valuesOf(written, 'OPENINGBALANCE')).toEqual(['-0.05']);
  });
});
