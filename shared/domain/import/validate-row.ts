import { formatDate } from '../../kernel/dates.ts';
import { limits } from '../../kernel/limits.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { ImportedRow } from '../command/args.ts';
import type { Hashing } from '../command/hashing.ts';
import { dateReason } from '../expense/fields.ts';
import { checkGstin } from '../identity/gstin.ts';
import { checkPan } from '../identity/pan.ts';
import { openDays } from '../period/open-days.ts';
import type { Account, Category } from '../rows.ts';
import type { Mapping } from './columns.ts';
import { HeadLookup } from './expense-head.ts';
import { billKeys, ImportKeys } from './import-key.ts';
import type { DateOrder } from './parse-date.ts';
import type { RawRow } from './raw-cell.ts';
import { readAmounts } from './row-amounts.ts';
import { RowCells, shortened } from './row-cells.ts';
import { type RowProblem, rowProblem } from './row-problems.ts';

/** What a file is read against. Days and rules are those of the books; nothing is looked up elsewhere. */
export interface ImportSetup {
  readonly mapping: Mapping;
  /** From the whole date column, see `withDateCell` and `dateOrder`. */
  readonly dateOrder: DateOrder;
  /** Today in India. */
  readonly today: string;
  /** GST state code of the college, to tell CGST/SGST from IGST where only a rate is given. */
  readonly collegeStateCode: string;
  /** The categories and expense accounts in use. */
  readonly categories: readonly Pick<Category, 'code' | 'label' | 'labelHi' | 'defaultAccountCode'>[];
  readonly accounts: readonly Pick<Account, 'code' | 'name' | 'category'>[];
  readonly itcEligible: boolean;
  readonly hashing: Hashing;
}

export interface GoodRow {
  readonly rowNumber: number;
  readonly row: ImportedRow;
  /** Under which names the books may know this bill already, see `billKeys`. */
  readonly billKeys: readonly string[];
  /** What was understood and should be said: a rounded amount, an assumed order of day and month. */
  readonly notes: readonly RowProblem[];
}

/** Reads the rows of one file, in order; it remembers the bills it has seen, so use a new one for each pass. */
export class RowReader {
  readonly #setup: ImportSetup;
  readonly #heads: HeadLookup;
  readonly #keys: ImportKeys;
  readonly #bills = new Map<string, number>();

  constructor(setup: ImportSetup) {
    this.#setup = setup;
    this.#heads = new HeadLookup(setup.categories, setup.accounts);
    this.#keys = new ImportKeys(setup.hashing);
  }

  /** All problems of the row at once, so that it has to be mended only once. */
  read(row: RawRow): Result<GoodRow, readonly RowProblem[]> {
    const setup = this.#setup;
    const cells = new RowCells(row, setup.mapping);
    const billDate = readBillDate(cells, setup);
    const vendor = readVendor(cells);
    const billNo = readBillNo(cells);
    const head = this.#heads.read(cells);
    const description = cells.text('description', limits.text.descriptionMax);
    const department = cells.text('department', limits.text.nameMax);
    const sameState = vendor.stateCode === undefined ? undefined : vendor.stateCode === setup.collegeStateCode;
    const amounts = readAmounts(cells, sameState, setup.itcEligible);
    if (cells.problems.length > 0 || billDate === undefined || vendor.name === null || !head || !amounts) {
      return err(cells.problems);
    }
    const bill = { vendorName: vendor.name, vendorGstin: vendor.gstin, billNo, billDate };
    const keys = billKeys(bill);
    const twin = keys.map((key) => this.#bills.get(key)).find((number) => number !== undefined);
    if (twin !== undefined) return err([rowProblem('billNo', 'IMPORT_ROW_DUPLICATE_IN_FILE', { row: twin })]);
    for (const key of keys) this.#bills.set(key, row.number);
    const totalPaise = amounts.taxablePaise + amounts.cgstPaise + amounts.sgstPaise + amounts.igstPaise;
    // A bill without a description is called after its category: the books want one, and the category is what is known.
    const named = description ?? head.categoryLabel;
    return ok({
      rowNumber: row.number,
      billKeys: keys,
      notes: cells.notes,
      row: {
        importKey: this.#keys.next({ ...bill, totalPaise, description: named }),
        vendorName: vendor.name,
        vendorGstin: vendor.gstin,
        vendorPan: vendor.pan,
        fields: {
          category: head.category,
          accountCode: head.accountCode,
          billNo,
          billDate,
          description: named,
          department,
          ...amounts,
          itcEligible: setup.itcEligible,
        },
      },
    });
  }
}

/** What the books say about a good row. `reference` is how the books call the bill they already have under one of the row's bill keys. */
export function againstBooks(
  good: GoodRow,
  knownKeys: ReadonlySet<string>,
  reference: string | undefined,
): 'new' | 'known' | RowProblem {
  if (knownKeys.has(good.row.importKey)) return 'known';
  return reference === undefined ? 'new' : rowProblem('billNo', 'IMPORT_ROW_DUPLICATE_IN_BOOKS', { reference });
}

function readBillDate(cells: RowCells, setup: ImportSetup): string | undefined {
  const read = cells.date('billDate', setup.dateOrder);
  if (read === undefined) return undefined;
  const date = formatDate(read.date);
  const reason = dateReason(read.date, setup.today);
  if (reason === undefined) return read.date;
  if (reason === 'future') cells.refuse('billDate', 'IMPORT_ROW_DATE_FUTURE', { date });
  else cells.refuse('billDate', 'IMPORT_ROW_DATE_TOO_OLD', { date, first: formatDate(openDays(setup.today).first) });
  return undefined;
}

interface RowVendor {
  readonly name: string | null;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly stateCode: string | undefined;
}

function readVendor(cells: RowCells): RowVendor {
  const before = cells.problems.length;
  const name = cells.text('vendorName', limits.text.nameMax);
  if (name === null && cells.problems.length === before) cells.refuse('vendorName', 'IMPORT_ROW_REQUIRED');
  if (name !== null && !/\p{L}/u.test(name)) cells.refuse('vendorName', 'IMPORT_ROW_VENDOR_NOT_A_NAME', { text: name });
  const gstinText = givenCode(cells, 'vendorGstin');
  const gstin = gstinText === null ? undefined : checkGstin(gstinText);
  if (gstin?.ok === false) {
    const code = gstin.error === 'check_digit' ? 'IMPORT_ROW_GSTIN_CHECK_DIGIT' : 'IMPORT_ROW_GSTIN_FORM';
    cells.refuse('vendorGstin', code, { text: shortened(gstinText ?? '') });
  }
  const panText = givenCode(cells, 'vendorPan');
  const pan = panText === null ? undefined : checkPan(panText);
  if (pan?.ok === false) cells.refuse('vendorPan', 'IMPORT_ROW_PAN_FORM', { text: shortened(panText ?? '') });
  const inside = gstin?.ok === true ? gstin.value.pan : null;
  if (pan?.ok === true && inside !== null && pan.value !== inside) {
    cells.refuse('vendorPan', 'IMPORT_ROW_PAN_NOT_OF_GSTIN', { pan: pan.value, gstin: gstinText ?? '' });
  }
  return {
    name,
    gstin: gstin?.ok === true ? gstin.value.text : null,
    pan: pan?.ok === true ? pan.value : inside,
    stateCode: gstin?.ok === true ? gstin.value.stateCode : undefined,
  };
}

/** Unregistered vendors are marked by a dash, `URD`, `NA` or the like. */
function givenCode(cells: RowCells, field: 'vendorGstin' | 'vendorPan'): string | null {
  const text = cells.text(field, limits.text.nameMax);
  return text === null ||
    /^(?:-+|n\.?\/?a\.?|nil|urd|urp|unregistered|not (?:applicable|available|registered)|composition)$/i.test(text)
    ? null
    : text;
}

/** Excel turns `12-3` into a day and long numbers into `1.23E+11`; what was printed on the bill is then gone. */
function readBillNo(cells: RowCells): string | null {
  const cell = cells.cell('billNo');
  const text = cells.text('billNo', limits.text.billNoMax);
  if (text === null || /^(?:-+|nil|na|n\/a)$/i.test(text)) return null;
  if (cell.kind === 'date' || cell.kind === 'boolean' || /^\d(?:\.\d+)?e\+\d+$/i.test(text)) {
    cells.refuse('billNo', 'IMPORT_ROW_BILL_NO_DAMAGED', { text });
    return null;
  }
  return text;
}
