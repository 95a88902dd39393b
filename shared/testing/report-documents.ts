import fc from 'fast-check';
import type { ReportColumn, ReportDocument, ReportLine, ReportRow, RowRange } from '../domain/report/document.ts';

const head = {
  title: 'Statement',
  collegeName: 'College',
  collegeAddress: 'Pune',
  period: '2026-27',
  notes: [],
  signatures: ['Accountant'],
  language: 'en',
} as const;
const paise = fc.option(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { freq: 4 });
const name = fc.string({ unit: fc.constantFrom(...'abc श्रीक्ष=+-@",\t12'), minLength: 1, maxLength: 30 });
const statementColumns: readonly ReportColumn[] = [
  { key: 'name', header: 'Particulars', kind: 'text', wide: true },
  { key: 'day', header: 'Day', kind: 'date' },
  { key: 'now', header: 'This year', kind: 'money' },
  { key: 'net', header: 'Net', kind: 'balance' },
];
type Amounts = { readonly now: bigint; readonly net: bigint };

const sumOf = (all: readonly { readonly now: bigint | null; readonly net: bigint | null }[]): Amounts => ({
  now: all.reduce((sum, { now }) => sum + (now ?? 0n), 0n),
  net: all.reduce((sum, { net }) => sum + (net ?? 0n), 0n),
});

/** Statements of sections with subtotals, and a last total that adds some of them and subtracts the others. */
export const anyStatement: fc.Arbitrary<ReportDocument> = fc
  .array(
    fc.record({
      label: name,
      subtracted: fc.boolean(),
      lines: fc.array(
        fc.record({ name, day: fc.constantFrom(null, '2026-04-01', '2027-03-31'), now: paise, net: paise }),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((sections) => {
    const rows: ReportRow[] = [];
    const [added, subtracted]: [RowRange[], RowRange[]] = [[], []];
    let [now, net] = [0n, 0n];
    for (const section of sections) {
      rows.push({ kind: 'heading', depth: 0, label: section.label });
      const from = rows.length;
      rows.push(...section.lines.map((cells): ReportLine => ({ kind: 'line', depth: 1, cells })));
      const total = sumOf(section.lines);
      rows.push({
        kind: 'total',
        depth: 1,
        label: `Total ${section.label}`,
        cells: total,
        adds: [[from, rows.length - 1]],
      });
      (section.subtracted ? subtracted : added).push([rows.length - 1, rows.length - 1]);
      const sign = section.subtracted ? -1n : 1n;
      now += sign * total.now;
      net += sign * total.net;
    }
    const last = {
      kind: 'total',
      depth: 0,
      label: 'Left over',
      cells: { now, net },
      adds: added,
      strong: true,
    } as const;
    rows.push(subtracted.length === 0 ? last : { ...last, subtracts: subtracted });
    return { ...head, columns: statementColumns, rows };
  });

const movement = fc.record({ debit: fc.boolean(), amount: fc.bigInt({ min: 1n, max: 10n ** 11n }) });

/** Ledgers of several accounts, each with its opening balance, running balances and closing total. */
export const anyLedger: fc.Arbitrary<ReportDocument> = fc
  .array(
    fc.record({
      opening: fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }),
      moves: fc.array(movement, { maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((accounts) => {
    const rows: ReportRow[] = [];
    for (const [index, { opening, moves }] of accounts.entries()) {
      rows.push({ kind: 'heading', depth: 0, label: `Account ${index + 1}` });
      const from = rows.length;
      let balance = opening;
      let [debits, credits] = [0n, 0n];
      rows.push({ kind: 'line', depth: 1, cells: { name: 'Opening balance', balance } });
      for (const { debit, amount } of moves) {
        balance += debit ? amount : -amount;
        debits += debit ? amount : 0n;
        credits += debit ? 0n : amount;
        const cells = { name: 'Voucher', debit: debit ? amount : null, credit: debit ? null : amount, balance };
        rows.push({ kind: 'line', depth: 1, cells });
      }
      const cells = { debit: debits, credit: credits, balance };
      rows.push({
        kind: 'total',
        depth: 1,
        label: 'Closing balance',
        cells,
        adds: [[from, rows.length - 1]],
        strong: true,
      });
    }
    const columns: ReportColumn[] = [
      { key: 'name', header: 'Particulars', kind: 'text', wide: true },
      { key: 'debit', header: 'Debit', kind: 'money' },
      { key: 'credit', header: 'Credit', kind: 'money' },
      { key: 'balance', header: 'Balance', kind: 'balance' },
    ];
    return { ...head, columns, rows, running: { debit: 'debit', credit: 'credit', balance: 'balance' } };
  });
