import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BankAccount } from '../bank-rows.ts';
import type { BooksReader } from '../command/command.ts';
import { line } from '../command/line.ts';
import { type AccountNumberProblem, checkAccountNumber } from '../identity/account-number.ts';
import { checkIfsc, type IfscProblem } from '../identity/ifsc.ts';
import type { BankAccountEditable } from '../payment-order/args.ts';

/** Reasons in BANK_ACCOUNT_INVALID. account: the GL code is of no bank account in use; limits: one payment may be more than all of a day. */
export type BankAccountReason = IfscProblem | AccountNumberProblem | 'empty' | 'account' | 'limits';

/** The account as the books keep it. Refusals: BANK_ACCOUNT_INVALID, BANK_ACCOUNT_DUPLICATE. */
export async function readBankAccount(row: BankAccount, books: BooksReader): Promise<Result<BankAccount, Refusal>> {
  const name = line(row.name);
  if (name === null) return invalidBankAccount('name', 'empty');
  const bankName = line(row.bankName);
  if (bankName === null) return invalidBankAccount('bankName', 'empty');
  const accountNumber = checkAccountNumber(row.accountNumber);
  if (!accountNumber.ok) return invalidBankAccount('accountNumber', accountNumber.error);
  const ifsc = checkIfsc(row.ifsc);
  if (!ifsc.ok) return invalidBankAccount('ifsc', ifsc.error);
  const account = await books.accountByCode(row.accountCode);
  if (account?.role !== 'bank' || !account.isActive) return invalidBankAccount('accountCode', 'account');
  const other = await books.bankAccountOf(row.accountCode);
  if (other !== undefined && other.id !== row.id) {
    return err(refusal('BANK_ACCOUNT_DUPLICATE', { glCode: row.accountCode, name: other.name }));
  }
  return ok({ ...row, name, bankName, accountNumber: accountNumber.value, ifsc: ifsc.value });
}

export const invalidBankAccount = (field: keyof BankAccountEditable | 'paymentLimitPaise', reason: BankAccountReason) =>
  err(refusal('BANK_ACCOUNT_INVALID', { field, reason }));
