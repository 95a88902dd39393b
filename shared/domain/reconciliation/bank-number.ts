import type { BankLine } from '../bank-rows.ts';
import type { BooksReader } from '../command/command.ts';
import { isBankNumber, referencesOf } from '../matching/references.ts';
import { parseReference } from '../payment-order/reference.ts';
import type { Change, Expense } from '../rows.ts';
import type { MatchFields } from './args.ts';
import type { FoundRows } from './find-match.ts';

/**
 * The UTR of a line: what stands in the field for it, or the one number of that form in its narration. NEFT and RTGS number with letters and
 * figures, so that an account or a mobile number is not taken for one. Null where there is none, or more than one.
 */
export function utrOfLine({ reference, narration }: Pick<BankLine, 'reference' | 'narration'>): string | null {
  const own = numbersIn('', reference === null ? [] : [reference]);
  const found = own.length > 0 ? own : numbersIn(narration, []);
  return found.length === 1 ? (found[0] ?? null) : null;
}

const numbersIn = (text: string, fields: readonly string[]): readonly string[] =>
  referencesOf(text, fields)
    .map((one) => one.text)
    .filter((one) => /[A-Z]/.test(one) && isBankNumber(one) && parseReference(one) === null);

/**
 * A payment that was made without its UTR being told gets it from the statement in which it is found. Of a payment that is alone with its line, since
 * one line of several has the number of the transfer as a whole.
 * @param reconciled the bills whose payments have met the bank by these matches
 */
export async function withBankNumbers(
  reconciled: readonly Expense[],
  matches: readonly MatchFields[],
  found: FoundRows,
  books: BooksReader,
): Promise<readonly Change[]> {
  const numbers = new Map(matches.flatMap((match) => numberOfPayment(match, found)));
  const changes: Change[] = [];
  for (const expense of reconciled) {
    const utr = numbers.get(expense.paymentVoucherId ?? '');
    // A payment whose number is known is called by it; only one that is called by our own reference lacks it.
    const isUnnamed = utr !== undefined && parseReference(expense.paymentReference ?? '') !== null;
    changes.push({ table: 'expenses', row: isUnnamed ? { ...expense, paymentReference: utr } : expense });
    if (!isUnnamed) continue;
    for (const order of await books.ordersOfExpense(expense.id)) {
      if (order.status !== 'paid' || order.utr !== null || order.paymentVoucherId !== expense.paymentVoucherId)
        continue;
      changes.push({ table: 'payment_orders', row: { ...order, utr, revision: order.revision + 1 } });
    }
  }
  return changes;
}

function numberOfPayment({ lineIds, entryIds }: MatchFields, found: FoundRows): (readonly [string, string])[] {
  const [line, ...moreLines] = lineIds.flatMap((id) => found.lines.get(id) ?? []);
  const [entry, ...moreEntries] = entryIds.flatMap((id) => found.entries.get(id) ?? []);
  if (line === undefined || entry === undefined || moreLines.length + moreEntries.length > 0) return [];
  const utr = utrOfLine(line);
  return utr === null ? [] : [[entry.voucher.id, utr]];
}
