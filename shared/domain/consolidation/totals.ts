import { financialYearOf, monthOf } from '../../kernel/dates.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import type { Change, ConsolidationTotal, VoucherLine } from '../rows.ts';

/** The cell a line counts in; lines without a category count under the empty one. */
export const cellOf = (line: VoucherLine) => ({
  month: monthOf(line.date),
  financialYear: financialYearOf(line.date),
  category: line.category ?? '',
  accountCode: line.accountCode,
});

/** The new totals after these new lines, one change per month, category and GL code. */
export async function totalsAfter(
  lines: readonly VoucherLine[],
  context: Pick<CommandContext, 'collegeId' | 'namedId'>,
  books: Pick<BooksReader, 'get'>,
): Promise<readonly Change[]> {
  const totals = new Map<string, ConsolidationTotal>();
  for (const line of lines) {
    const cell = cellOf(line);
    const id = context.namedId(nameOf('total', cell.month, cell.category, cell.accountCode));
    const before = totals.get(id) ??
      (await books.get('consolidation_totals', id)) ?? {
        ...cell,
        collegeId: context.collegeId,
        id,
        debitPaise: 0n,
        creditPaise: 0n,
        lineCount: 0,
      };
    totals.set(id, {
      ...before,
      debitPaise: before.debitPaise + line.debitPaise,
      creditPaise: before.creditPaise + line.creditPaise,
      lineCount: before.lineCount + 1,
    });
  }
  return [...totals.values()].map((row) => ({ table: 'consolidation_totals', row }));
}
