import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BankAccount } from '../bank-rows.ts';
import type { BooksReader } from '../command/command.ts';

/** A bank account of the college, also one that is no longer used: its last statements still come. Refusal: NOT_FOUND. */
export async function bankAccountOf(id: Id, books: BooksReader): Promise<Result<BankAccount, Refusal>> {
  const account = await books.get('bank_accounts', id);
  return account === undefined ? err(refusal('NOT_FOUND', { what: 'bank_account' })) : ok(account);
}
