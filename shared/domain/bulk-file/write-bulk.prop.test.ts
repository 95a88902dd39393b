import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRupees, sumPaise } from '../../kernel/money.ts';
import { billPaise } from '../../testing/arbitraries.ts';
import type { BulkLayout } from './layout.ts';
import { bulkPresets } from './presets.ts';
import { type BulkOrder, type BulkPayment, writeBulkFile } from './write-bulk.ts';

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
const ifsc = fc.tuple(fc.constantFrom('HDFC', 'ICIC', 'SBIN'), digits(6, 6)).map(([bank, rest]) => `${bank}0${rest}`);
const payment: fc.Arbitrary<BulkPayment> = fc.record({
  beneficiaryName: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  beneficiaryAccount: digits(9, 17),
  beneficiaryIfsc: ifsc,
  amountPaise: billPaise,
  mode: fc.constantFrom('neft', 'rtgs'),
  reference: fc.string({ unit: fc.constantFrom(...'ABCDEFGHJKMNPQRSTUVWXYZ23456789'), minLength: 16, maxLength: 16 }),
  purpose: fc.string({ unit: 'grapheme', maxLength: 80 }),
});
const order: fc.Arbitrary<BulkOrder> = fc.record({
  debitAccount: digits(11, 12),
  debitIfsc: ifsc,
  client: fc.constant('NEEMRA'),
  date: fc.constant('2026-11-03'),
  serial: fc.integer({ min: 1, max: 999 }),
  payments: fc.array(payment, { minLength: 1, maxLength: 30 }),
});
const layouts = Object.entries(bulkPresets);

const written = (layout: BulkLayout, given: BulkOrder) => {
  const file = writeBulkFile(layout, given);
  if (!file.ok) throw new Error(JSON.stringify(file.error));
  return file.value;
};
const at = (layout: BulkLayout, value: string): number =>
  layout.row.findIndex((cell) => cell.kind === 'value' && cell.value === value);

describe.each(layouts)('a bulk file for %s', (_name, layout) => {
  it('says of each payment what was ordered, whatever its words, and sums to the total', () => {
    fc.assert(
      fc.property(order, (given) => {
        const { text, totalPaise } = written(layout, given);
        const lines = text.split('\r\n').slice(0, -1);
        const rows = (layout.head === null ? lines : lines.slice(1)).map((line) => line.split(layout.delimiter));
        expect(rows.length).toBe(given.payments.length);
        const read = rows.map((cells) => {
          expect(cells.length).toBe(layout.row.length);
          const amount = parseRupees(cells[at(layout, 'amount')] ?? '');
          return {
            beneficiaryAccount: cells[at(layout, 'beneficiaryAccount')],
            beneficiaryIfsc: cells[at(layout, 'beneficiaryIfsc')],
            reference: cells[at(layout, 'reference')],
            amountPaise: amount.ok ? amount.value : null,
            mode: cells[at(layout, 'mode')],
          };
        });
        expect(read).toEqual(
          given.payments.map(({ beneficiaryAccount, beneficiaryIfsc, reference, amountPaise, mode }) => ({
            ...{ beneficiaryAccount, beneficiaryIfsc, reference, amountPaise },
            mode: beneficiaryIfsc.startsWith(given.debitIfsc.slice(0, 4)) ? layout.modes.own : layout.modes[mode],
          })),
        );
        expect(totalPaise).toBe(sumPaise(given.payments.map(({ amountPaise }) => amountPaise)));
        expect(text).not.toMatch(/(?:^|[\r\n])[=+@]/);
        expect(text).not.toContain('"');
      }),
    );
  });

  it('refuses what would have to be cut, and cuts only names and words', () => {
    const [one] = fc.sample(payment, 1);
    const [frame] = fc.sample(order, 1);
    if (one === undefined || frame === undefined) throw new Error('no sample');
    const long = writeBulkFile(layout, { ...frame, payments: [{ ...one, beneficiaryAccount: '1'.repeat(40) }] });
    expect(long).toMatchObject({
      ok: false,
      error: { code: 'BULK_VALUE_TOO_LONG', details: { row: 1, value: 'beneficiaryAccount', length: 40 } },
    });
    const name = 'Shri Venkateshwara Scientific Instruments and Laboratory Works';
    const cut = written(layout, { ...frame, payments: [{ ...one, beneficiaryName: name }] });
    const shown = cut.rows[0]?.[at(layout, 'beneficiaryName')] ?? '';
    expect(name.startsWith(shown) && shown.length >= 30).toBe(true);
  });
});

it('names the file after client, day and serial, and heads it with number and sum where the bank wants them', () => {
  const [given] = fc.sample(order, 1);
  if (given === undefined) throw new Error('no sample');
  const fixed = { ...given, serial: 7 };
  expect(written(bulkPresets.hdfc_enet, fixed).fileName).toBe('NEEMRA0311.007');
  const { text, totalPaise } = written(bulkPresets.icici_cib, fixed);
  const head = text.split('\r\n')[0]?.split('|') ?? [];
  const total = parseRupees(head[2] ?? '');
  expect([head[0], head[1], total.ok && total.value]).toEqual(['FHR', String(given.payments.length), totalPaise]);
});
