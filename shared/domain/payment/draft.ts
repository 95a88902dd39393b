import type { IsoDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BooksReader } from '../command/command.ts';
import { paymentLines } from '../ledger/posting.ts';
import type { VoucherDraft } from '../ledger/voucher.ts';
import type { Expense } from '../rows.ts';

/** The entry of a payment: vendor payable to the account that paid. Refusal: GL_CODE_UNKNOWN where nothing is kept of what vendors are owed. */
export async function paymentDraft(
  expense: Expense,
  paid: { readonly on: IsoDate; readonly reference: string; readonly accountCode: string },
  books: Pick<BooksReader, 'accountByRole'>,
): Promise<Result<VoucherDraft, Refusal>> {
  const payable = await books.accountByRole('vendor_payable');
  if (payable === undefined) return err(refusal('GL_CODE_UNKNOWN', { glCode: 'vendor_payable' }));
  return ok({
    kind: 'payment',
    date: paid.on,
    narration: `${expense.vendorName}, ${paid.reference}`,
    reference: paid.reference,
    referenceDate: null,
    expenseId: expense.id,
    reversesId: null,
    lines: paymentLines(expense, payable.code, paid.accountCode),
  });
}
