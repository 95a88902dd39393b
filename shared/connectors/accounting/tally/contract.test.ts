import { describe, expect, it } from 'vitest';
import type { ExchangeLedger } from '../../../domain/exchange/model.ts';
import { contractLedgersText, readContractVoucher, zTallyLedgersResponse } from './contract.ts';

/** As contract 001 shows it in section 2.5. */
const shown = {
  voucher_type: 'payment',
  voucher_number: 'PAY-2024-000123',
  date: '2024-01-15',
  ledger_entries: [
    { ledger: 'Tech Supplies Ltd', amount: -50000, narration: 'Payment for Invoice INV-2024-001' },
    { ledger: 'ICICI Bank', amount: 50000, narration: 'NEFT payment' },
  ],
};

describe('POST /api/v1/tally/vouchers', () => {
  it('is a payment: the vendor to debit, the bank to credit, in rupees', () => {
    expect(readContractVoucher(shown)).toEqual({
      ok: true,
      value: {
        ...{ kind: 'payment', number: 'PAY-2024-000123', date: '2024-01-15' },
        narration: 'Payment for Invoice INV-2024-001; NEFT payment',
        lines: [
          { ledger: 'Tech Supplies Ltd', debitPaise: 5_000_000n, creditPaise: 0n },
          { ledger: 'ICICI Bank', debitPaise: 0n, creditPaise: 5_000_000n },
        ],
      },
    });
  });

  it.each([0.29, 1234.57, 90_071_992_547_40.99])('takes %d to the paisa', (amount) => {
    const read = readContractVoucher({
      ...shown,
      ledger_entries: [
        { ledger: 'A', amount },
        { ledger: 'B', amount: -amount },
      ],
    });
    expect(read.ok && String(read.value.lines[0]?.creditPaise)).toBe(
      String(amount).replace('.', '').replace(/^0+/, ''),
    );
  });

  it.each([
    [
      'ledger_entries.0.amount',
      {
        ledger_entries: [
          { ledger: 'A', amount: 1.005 },
          { ledger: 'B', amount: -1.005 },
        ],
      },
    ],
    [
      'ledger_entries.1.amount',
      {
        ledger_entries: [
          { ledger: 'A', amount: 1 },
          { ledger: 'B', amount: 0 },
        ],
      },
    ],
    [
      'ledger_entries.0.amount',
      {
        ledger_entries: [
          { ledger: 'A', amount: 1e20 },
          { ledger: 'B', amount: -1e20 },
        ],
      },
    ],
    ['ledger_entries', { ledger_entries: [] }],
    ['date', { date: '2024-02-30' }],
    ['voucher_type', { voucher_type: 'payroll' }],
  ])('is refused for its %s', (where, change) => {
    expect(readContractVoucher({ ...shown, ...change })).toEqual({
      ok: false,
      error: { code: 'INPUT_INVALID', details: { where } },
    });
  });
});

it('GET /api/v1/tally/ledgers has the balances below zero for debit, digit by digit', () => {
  const ledger = (name: string, more: Partial<ExchangeLedger>): ExchangeLedger => ({
    ...{ name, parent: null, kind: 'liability', role: null, isParty: false, hasCostCentres: false },
    ...{ openingDebitPaise: 0n, openingCreditPaise: 0n, openingBills: [], gstin: null, pan: null },
    ...more,
  });
  const ledgers = [
    ledger('Tech "Supplies" Ltd', { isParty: true }),
    ledger('ICICI Bank', { kind: 'asset', role: 'bank', openingDebitPaise: 99_999_999_999_999_999n }),
    ledger('Om', { kind: 'asset', isParty: true, openingCreditPaise: 5n }),
    ledger('Rent', { kind: 'expense' }),
  ];
  const text = contractLedgersText(ledgers, new Map([['Tech "Supplies" Ltd', 5_000_000n]]));
  expect(text).toContain('"opening_balance":-999999999999999.99,');
  expect(
    zTallyLedgersResponse
      .parse(JSON.parse(text))
      .ledgers.map(({ name, type, current_balance }) => [name, type, current_balance]),
  ).toEqual([
    ['Tech "Supplies" Ltd', 'creditor', -50000],
    ['ICICI Bank', 'bank', 0],
    ['Om', 'debtor', 0],
    ['Rent', 'expense', 0],
  ]);
});
