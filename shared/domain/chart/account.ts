import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { AccountFields, CommandArgs } from '../command/args.ts';
import type { BooksReader, CommandDefinition } from '../command/command.ts';
import { line } from '../command/line.ts';
import { mergeEdits } from '../command/merge-edits.ts';
import type { Account } from '../rows.ts';
import { isChartCode } from './code.ts';

/** Reasons in ACCOUNT_INVALID. kind: the group, or the role, is of another kind; needed: postings look this account up by its role. */
export type AccountReason = 'empty' | 'format' | 'unknown' | 'kind' | 'needed';

/** Adds a GL code, also from the middle of an entry. */
export const createAccount: CommandDefinition<CommandArgs['account.create']> = {
  name: 'account.create',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'super_accountant'],
  documentId: (args) => args.accountId,
  audit: 'rows',
  async decide({ accountId, fields }, { collegeId }, books) {
    if ((await books.get('accounts', accountId)) !== undefined) {
      return err(refusal('INPUT_INVALID', { where: 'accountId: in use' }));
    }
    if (!isChartCode(fields.code)) return invalid('code', 'format');
    if (fields.role !== null && fields.kind !== 'asset') return invalid('role', 'kind');
    const row = { ...fields, collegeId, id: accountId, isActive: true };
    const read = await readAccount(row, books);
    return read.ok ? ok([{ table: 'accounts', row: read.value }]) : read;
  },
};

/** Renames a GL code, moves it to another group or takes it out of use. */
export const editAccount: CommandDefinition<CommandArgs['account.edit']> = {
  name: 'account.edit',
  schemaVersion: 1,
  roles: createAccount.roles,
  documentId: (args) => args.accountId,
  audit: 'rows',
  async decide({ accountId, edits }, _context, books) {
    const account = await books.get('accounts', accountId);
    if (account === undefined) return err(refusal('NOT_FOUND', { what: 'account' }));
    const { name, groupCode, category, isActive } = account;
    const merged = mergeEdits({ name, groupCode, category, isActive }, edits);
    if (!merged.ok) return merged;
    const isNeeded = account.role !== null && account.role !== 'bank' && account.role !== 'cash';
    if (isNeeded && account.isActive && !merged.value.isActive) return invalid('isActive', 'needed');
    const read = await readAccount({ ...account, ...merged.value }, books);
    return read.ok ? ok([{ table: 'accounts', row: read.value }]) : read;
  },
};

/** The account as the books keep it. Refusals: ACCOUNT_INVALID with `field` and `reason` (an `AccountReason`), ACCOUNT_DUPLICATE. */
async function readAccount(account: Account, books: BooksReader): Promise<Result<Account, Refusal>> {
  const name = line(account.name);
  if (name === null) return invalid('name', 'empty');
  for (const other of [await books.accountByCode(account.code), await books.accountByName(name)]) {
    if (other === undefined || other.id === account.id) continue;
    return err(refusal('ACCOUNT_DUPLICATE', { code: other.code, name: other.name }));
  }
  if (account.groupCode !== null) {
    const group = await books.groupByCode(account.groupCode);
    if (group === undefined) return invalid('groupCode', 'unknown');
    if (group.kind !== account.kind) return invalid('groupCode', 'kind');
  }
  if (account.category !== null) {
    if (account.kind !== 'expense') return invalid('category', 'kind');
    if ((await books.categoryByCode(account.category)) === undefined) return invalid('category', 'unknown');
  }
  return ok({ ...account, name });
}

const invalid = (field: keyof AccountFields | 'isActive', reason: AccountReason) =>
  err(refusal('ACCOUNT_INVALID', { field, reason }));
