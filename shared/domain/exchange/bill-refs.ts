import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Voucher, VoucherLine } from '../rows.ts';
import type { BillRef } from './model.ts';

export interface PostedVoucher {
  readonly voucher: Voucher;
  /** In their order. */
  readonly lines: readonly VoucherLine[];
}

/** What a voucher has to do with bills: those of other vouchers are looked up by their expense and by what they take back. */
export class BillFinder {
  readonly #byId = new Map<Id, Voucher>();
  /** The bill that was entered for an expense. */
  readonly #billOfExpense = new Map<Id, string>();

  constructor(vouchers: Iterable<Voucher>) {
    for (const voucher of vouchers) {
      this.#byId.set(voucher.id, voucher);
      const { kind, expenseId, reference } = voucher;
      const isBill = kind === 'journal' || kind === 'purchase';
      if (isBill && expenseId !== null && reference !== null) this.#billOfExpense.set(expenseId, reference);
    }
  }

  /**
   * The bill of a line on a vendor: a new one where the bill itself is entered, the same one where it is paid or taken back. What no
   * document of ours connects with a bill is on account; guessing by the amount would settle the wrong one.
   */
  refOf(voucher: Voucher, { debitPaise, creditPaise }: VoucherLine): BillRef {
    const amountPaise: Paise = debitPaise + creditPaise;
    const isCredit = creditPaise > 0n;
    const { kind, reference } = voucher;
    if ((kind === 'purchase' || kind === 'journal') && isCredit && reference !== null) {
      return { kind: 'new', name: reference, amountPaise, dueOn: null };
    }
    const settled = this.#settledBy(voucher);
    if (settled !== undefined) return { kind: 'against', name: settled, amountPaise, dueOn: null };
    return { kind: 'on_account', name: null, amountPaise, dueOn: null };
  }

  #settledBy({ kind, expenseId, reversesId }: Voucher): string | undefined {
    const takenBack = reversesId === null ? undefined : this.#byId.get(reversesId);
    if (takenBack !== undefined) {
      const isBill = takenBack.kind === 'purchase' || takenBack.kind === 'journal';
      return isBill ? (takenBack.reference ?? undefined) : this.#settledBy(takenBack);
    }
    return kind === 'payment' && expenseId !== null ? this.#billOfExpense.get(expenseId) : undefined;
  }
}
