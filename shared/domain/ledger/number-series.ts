import type { FinancialYear } from '../../kernel/dates.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import type { Change } from '../rows.ts';

/**
 * EXP: expenses, OB: opening balances, JV: journal and reversal vouchers, PAY: payments, REC: receipts, CON: contra, PUR: bills of suppliers, SAL: invoices,
 * DBN and CRN: debit and credit notes, PO: orders to pay through a bank.
 */
export type Series = 'EXP' | 'OB' | 'JV' | 'PAY' | 'REC' | 'CON' | 'PUR' | 'SAL' | 'DBN' | 'CRN' | 'PO';

/** Numbers that stand on a tax invoice or on a note to one: at most 16 characters, with - and / as the only signs (CGST Rules 46 and 53). */
const onInvoices: readonly Series[] = ['SAL', 'DBN', 'CRN'];

/**
 * Takes the next number of a gapless series, such as `EXP-2026-27-000123`; every financial year starts again at 1. Only the server gives
 * numbers: a desk gets null and no change. Call once per series in a command, unless the reader sees the
 * change (CollectedBooks).
 */
export async function takeNumber(
  series: Series,
  financialYear: FinancialYear,
  context: CommandContext,
  books: Pick<BooksReader, 'get'>,
): Promise<{ readonly number: string | null; readonly changes: readonly Change[] }> {
  if (context.authority === 'desk') return { number: null, changes: [] };
  const id = context.namedId(nameOf('series', series, financialYear));
  const next = (await books.get('number_series', id))?.next ?? 1;
  const row = { collegeId: context.collegeId, id, series, financialYear, next: next + 1 };
  return { number: formatNumber(series, financialYear, next), changes: [{ table: 'number_series', row }] };
}

/** `JV-2026-27-000123`, or `SAL/26-27/000123` where only 16 characters fit. */
export function formatNumber(series: Series, financialYear: FinancialYear, count: number): string {
  const serial = String(count).padStart(6, '0');
  return onInvoices.includes(series)
    ? `${series}/${financialYear.slice(2)}/${serial}`
    : `${series}-${financialYear}-${serial}`;
}
