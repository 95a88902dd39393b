import type { Refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { CommandArgs, ImportedRow } from '../command/args.ts';
import type { BooksReader, CommandContext, CommandDefinition } from '../command/command.ts';
import type { Change, Vendor } from '../rows.ts';
import { VendorsOfImport } from '../vendor/import-vendors.ts';
import { checkBill, cleanFields } from './fields.ts';
import { lifeCycle } from './life-cycle.ts';
import { newExpense, provisionalRef } from './new-expense.ts';

/**
 * Enters the good rows of a file as drafts. Rows whose import key the books know are left out, so that the same file twice adds nothing;
 * all other rows go in or, if one of them is refused, none. Refusals name the row by `importKey`.
 */
export const importExpenses: CommandDefinition<CommandArgs['expense.import']> = {
  name: 'expense.import',
  schemaVersion: 1,
  roles: lifeCycle.edit.roles,
  documentId: (args) => args.batchId,
  audit: 'ids',
  async decide(args, context, books) {
    const known = new Set(await books.knownImportKeys(args.rows.map((row) => row.importKey)));
    const vendors = new VendorsOfImport(context, books);
    const expenses: Change[] = [];
    for (const [index, row] of args.rows.entries()) {
      if (known.has(row.importKey)) continue;
      known.add(row.importKey);
      const vendor = await checkRow(row, vendors, context, books);
      if (!vendor.ok) return vendor;
      const fields = cleanFields({ ...row.fields, vendorId: vendor.value.id });
      const origin = { provisionalRef: provisionalRef(context, index + 1), importKey: row.importKey };
      // A bill keeps the vendor's name as it is in the books, so that lists and search show one name.
      const id = context.derivedId(`row ${index}`);
      expenses.push({ table: 'expenses', row: newExpense(id, fields, vendor.value, origin, context) });
    }
    return ok([...vendors.changes(), ...expenses]);
  },
};

async function checkRow(
  row: ImportedRow,
  vendors: VendorsOfImport,
  context: CommandContext,
  books: BooksReader,
): Promise<Result<Vendor, Refusal>> {
  const bill = await checkBill(row.fields, context, books);
  const vendor = bill.ok ? await vendors.find(row) : bill;
  if (vendor.ok) return vendor;
  return err({ ...vendor.error, details: { ...vendor.error.details, importKey: row.importKey } });
}
