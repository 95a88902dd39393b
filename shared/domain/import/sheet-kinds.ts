import { foldText } from './clean-text.ts';

/** What a workbook can bring. Bills become expenses; the others go into the books as they stand. */
export const importKinds = ['expenses', 'vouchers', 'openings', 'budgets', 'accounts'] as const;
export type ImportKind = (typeof importKinds)[number];
export type SheetKind = Exclude<ImportKind, 'expenses'>;

/** What a column of such a sheet can mean, besides what columns of bills mean. */
export const sheetFields = [
  'voucherNo',
  'voucherDate',
  'voucherKind',
  'account',
  'party',
  'debit',
  'credit',
  'amount',
  'side',
  'narration',
  'reference',
  'fund',
  'billRef',
  'year',
  'code',
  'name',
  'accountKind',
  'group',
] as const;
export type SheetField = (typeof sheetFields)[number] | 'category' | 'department';

/** Columns of each kind of sheet, and of each the headings as people write them; the earlier in a list, the surer. */
export const sheetColumns: Readonly<Record<SheetKind, Readonly<Partial<Record<SheetField, readonly string[]>>>>> = {
  vouchers: {
    voucherNo: ['voucher no', 'voucher number', 'vch no', 'entry no', 'jv no', 'वाउचर संख्या', 'वाउचर नं'],
    voucherDate: ['date', 'voucher date', 'entry date', 'dt', 'दिनांक', 'तारीख', 'तिथि'],
    voucherKind: ['voucher type', 'vch type', 'type', 'kind', 'वाउचर प्रकार', 'प्रकार'],
    account: ['account', 'ledger', 'gl code', 'account code', 'ledger name', 'account name', 'particulars', 'खाता'],
    party: ['party', 'vendor', 'party name', 'vendor name', 'supplier', 'विक्रेता', 'पार्टी'],
    debit: ['debit', 'dr', 'debit amount', 'dr amount', 'नामे', 'डेबिट'],
    credit: ['credit', 'cr', 'credit amount', 'cr amount', 'जमा', 'क्रेडिट'],
    amount: ['amount', 'amt', 'value', 'राशि'],
    side: ['dr cr', 'dr or cr', 'debit credit', 'd c', 'side', 'नामे जमा'],
    narration: ['narration', 'description', 'remarks', 'details', 'विवरण'],
    reference: ['reference', 'ref', 'ref no', 'reference no', 'cheque no', 'utr', 'संदर्भ'],
    department: ['department', 'dept', 'cost centre', 'cost center', 'विभाग'],
    fund: ['fund', 'grant', 'fund or grant', 'निधि', 'अनुदान'],
    billRef: ['bill', 'bill no', 'bill ref', 'against bill', 'बिल संख्या', 'बिल'],
  },
  openings: {
    account: ['account', 'ledger', 'gl code', 'account code', 'ledger name', 'account name', 'particulars', 'खाता'],
    party: ['party', 'vendor', 'party name', 'vendor name', 'supplier', 'विक्रेता', 'पार्टी'],
    debit: ['debit', 'dr', 'debit balance', 'opening debit', 'dr amount', 'नामे', 'डेबिट'],
    credit: ['credit', 'cr', 'credit balance', 'opening credit', 'cr amount', 'जमा', 'क्रेडिट'],
    amount: ['opening balance', 'balance', 'amount', 'amt', 'प्रारंभिक शेष', 'शेष', 'राशि'],
    side: ['dr cr', 'dr or cr', 'debit credit', 'd c', 'side', 'नामे जमा'],
    billRef: ['bill', 'bill no', 'bill ref', 'बिल संख्या', 'बिल'],
  },
  budgets: {
    category: ['category', 'budget head', 'head', 'expense category', 'श्रेणी', 'मद', 'बजट मद'],
    amount: ['budget', 'allocated', 'amount', 'allocation', 'budget amount', 'amt', 'बजट', 'राशि', 'आवंटन'],
    year: ['financial year', 'fy', 'year', 'वित्त वर्ष', 'वर्ष'],
  },
  accounts: {
    code: ['gl code', 'code', 'account code', 'ledger code', 'खाता कोड', 'कोड'],
    name: ['account name', 'name', 'ledger', 'ledger name', 'account', 'खाते का नाम', 'नाम'],
    accountKind: ['kind', 'type', 'account type', 'nature', 'प्रकार'],
    group: ['group', 'group code', 'under', 'parent', 'समूह'],
    category: ['category', 'expense category', 'budget head', 'श्रेणी', 'मद'],
  },
};

/** What must be mapped; of several together one is enough. */
const needed: Readonly<Record<SheetKind, readonly (readonly SheetField[])[]>> = {
  vouchers: [
    ['voucherDate'],
    ['voucherNo', 'reference'],
    ['account', 'party'],
    ['debit', 'amount'],
    ['credit', 'side'],
  ],
  openings: [
    ['account', 'party'],
    ['debit', 'amount'],
    ['credit', 'side'],
  ],
  budgets: [['category'], ['amount']],
  accounts: [['code'], ['name'], ['accountKind']],
};

export const missingSheetFields = (kind: SheetKind, has: (field: SheetField) => boolean): readonly SheetField[] =>
  needed[kind].flatMap((choices) => (choices.some(has) ? [] : choices.slice(0, 1)));

/** The field a heading of such a sheet names, with how sure that is. Only whole headings count: one word of many says too little. */
export function sheetFieldOf(
  kind: SheetKind,
  heading: string,
): { readonly field: SheetField; readonly confidence: number } | undefined {
  const key = foldText(heading)
    .replace(/(?:₹|\brs\b|\binr\b)/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  for (const [field, names] of Object.entries(sheetColumns[kind]) as [SheetField, readonly string[]][]) {
    const at = names.findIndex((name) => foldText(name) === key);
    if (at >= 0) return { field, confidence: Math.max(0.8, 1 - at * 0.01) };
  }
  return undefined;
}
