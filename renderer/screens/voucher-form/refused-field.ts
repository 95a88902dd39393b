import type { EntryKind } from '../../../shared/domain/rows.ts';
import type { MunimError } from '../../../shared/kernel/errors.ts';
import { billField, billsOf, type EntryBooks, type FieldName, lineField } from './read-entry.ts';
import { isEmptyLine, type VoucherValues } from './voucher-values.ts';

/** The names that the rules give to fields, as they stand on the page. */
const ofLine: Readonly<Record<string, string>> = {
  accountCode: 'account',
  amount: 'amount',
  debitPaise: 'amount',
  creditPaise: 'amount',
  vendorId: 'vendorId',
  departmentCode: 'departmentCode',
  fundCode: 'fundCode',
  bills: 'bills',
};

/** Where on the page a refusal belongs; null for the voucher as a whole. */
export function refusedField(
  { code, details }: Pick<MunimError, 'code' | 'details'>,
  kind: EntryKind,
  values: VoucherValues,
  books: EntryBooks,
): FieldName | null {
  const lines = values.lines.filter((line) => !isEmptyLine(line));
  switch (code) {
    case 'VOUCHER_DATE_INVALID':
    case 'PERIOD_CLOSED':
      return 'date';
    case 'VOUCHER_UNBALANCED':
      return 'lines';
    case 'VOUCHER_INVALID': {
      const line = lines[Number(details.line) - 1];
      const name = ofLine[String(details.field)];
      if (line !== undefined && name !== undefined) return lineField(line.key, name);
      return details.field === 'reference' ? 'reference' : details.field === 'lines' ? 'lines' : null;
    }
    case 'BILL_UNKNOWN':
    case 'BILL_DUPLICATE':
    case 'BILL_OVERPAID':
      for (const line of lines) {
        const index = billsOf(kind, line, values.reference, books).findIndex(({ name }) => name === details.name);
        if (index >= 0) return billField(line.key, index, code === 'BILL_OVERPAID' ? 'amount' : 'name');
      }
      return null;
    default:
      return null;
  }
}
