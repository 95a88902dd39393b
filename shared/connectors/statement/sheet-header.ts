import { headingKey } from '../../domain/import/columns.ts';
import { isBlankCell, type RawRow } from '../../domain/import/raw-cell.ts';

/** What a column of a bank's export can be. `sign` says Dr or Cr of the one amount, `balanceSign` of the balance. */
export type SheetColumn =
  | 'date'
  | 'valueDate'
  | 'narration'
  | 'reference'
  | 'cheque'
  | 'chequeOrReference'
  | 'debit'
  | 'credit'
  | 'amount'
  | 'sign'
  | 'balance'
  | 'balanceSign';

export type SheetHeader = Readonly<Partial<Record<SheetColumn, number>>>;

/** Headings as banks write them, compared without case, signs and currency; the earlier in a list wins over the later. */
const NAMES: Readonly<Record<Exclude<SheetColumn, 'balanceSign'>, readonly string[]>> = {
  date: [
    'transaction date',
    'txn date',
    'tran date',
    'trans date',
    'txn posted date',
    'transaction posted date',
    'post date',
    'posting date',
    'booking date',
    'date',
    'txn dt',
    'tran dt',
    'दिनांक',
    'तारीख',
  ],
  valueDate: ['value date', 'value dt', 'value dat', 'val date', 'val dt', 'value'],
  narration: [
    'narration',
    'transaction remarks',
    'description',
    'particulars',
    'transaction particulars',
    'transaction description',
    'transaction details',
    'txn description',
    'remarks',
    'details',
    'विवरण',
  ],
  reference: [
    'utr',
    'utr no',
    'utr number',
    'transaction id',
    'tran id',
    'txn id',
    'reference',
    'reference no',
    'reference number',
    'ref no',
    'ref number',
    'transaction reference',
  ],
  cheque: [
    'cheque number',
    'cheque no',
    'chequeno',
    'cheque',
    'chq number',
    'chq no',
    'chqno',
    'chq',
    'check no',
    'instrument no',
    'instrument number',
    'instrument id',
    'inst no',
  ],
  chequeOrReference: [
    'chq ref number',
    'chq ref no',
    'cheque ref no',
    'cheque ref number',
    'ref no cheque no',
    'ref cheque no',
    'cheque no ref no',
    'chq no ref no',
    'cheque reference no',
    'cheque reference number',
    'cheque reference',
    'chq reference no',
    'ref chq no',
  ],
  debit: [
    'debit',
    'debit amount',
    'debit amt',
    'withdrawal amount',
    'withdrawal amt',
    'withdrawal',
    'withdrawals',
    'withdrawal dr',
    'withdrawals dr',
    'debit dr',
    'dr',
    'dr amount',
    'dr amt',
    'amount dr',
    'नामे',
  ],
  credit: [
    'credit',
    'credit amount',
    'credit amt',
    'deposit amount',
    'deposit amt',
    'deposit',
    'deposits',
    'deposit cr',
    'deposits cr',
    'credit cr',
    'cr',
    'cr amount',
    'cr amt',
    'amount cr',
    'जमा',
  ],
  amount: [
    'transaction amount',
    'txn amount',
    'tran amount',
    'amount',
    'amt',
    'withdrawal dr deposit cr',
    'debit credit amount',
    'amount dr cr',
  ],
  sign: [
    'dr cr',
    'cr dr',
    'debit credit',
    'credit debit',
    'dr cr indicator',
    'type',
    'transaction type',
    'txn type',
    'd c',
  ],
  balance: [
    'balance',
    'closing balance',
    'running balance',
    'available balance',
    'account balance',
    'balance amount',
    'balance amt',
    'closing bal',
    'bal',
    'शेष',
  ],
};

const byName = new Map<string, { readonly column: SheetColumn; readonly rank: number }>(
  Object.entries(NAMES).flatMap(([column, names]) =>
    names.map((name, rank) => [headingKey(name), { column: column as SheetColumn, rank }] as const),
  ),
);

/** A heading is short; a cell of the banner may hold an address. */
const HEADING_CHARS_MAX = 60;
const COLUMNS_MAX = 60;

/** The columns that a row names, when together they make a bank statement; else null. */
export function headerOf({ cells }: RawRow): SheetHeader | null {
  const found: Partial<Record<SheetColumn, number>> = {};
  const ranks: Partial<Record<SheetColumn, number>> = {};
  let before: SheetColumn | null = null;
  for (const [index, cell] of cells.slice(0, COLUMNS_MAX).entries()) {
    if (cell.kind !== 'text' || isBlankCell(cell) || cell.text.length > HEADING_CHARS_MAX) {
      if (cell.kind !== 'empty' && !isBlankCell(cell)) before = null;
      continue;
    }
    const known = byName.get(headingKey(cell.text));
    if (known === undefined) {
      before = null;
      continue;
    }
    const { rank } = known;
    const column: SheetColumn = known.column === 'sign' && before === 'balance' ? 'balanceSign' : known.column;
    before = column;
    if (found[column] !== undefined && rank >= (ranks[column] ?? 0)) continue;
    found[column] = index;
    ranks[column] = rank;
  }
  return completed(found);
}

function completed(found: Partial<Record<SheetColumn, number>>): SheetHeader | null {
  const { date, valueDate, amount, balanceSign, ...rest } = found;
  const day = date ?? valueDate;
  if (day === undefined || rest.narration === undefined) return null;
  const both = rest.debit !== undefined && rest.credit !== undefined;
  if (!both && amount === undefined) return null;
  // Of one amount it says which way it went, wherever it stands.
  const sign = rest.sign ?? (both ? undefined : balanceSign);
  return {
    ...rest,
    date: day,
    ...(date === undefined || valueDate === undefined ? {} : { valueDate }),
    ...(both || amount === undefined ? {} : { amount }),
    ...(sign === undefined ? {} : { sign }),
    ...(balanceSign === undefined || sign === balanceSign ? {} : { balanceSign }),
  };
}
