import { formatPaise, type Paise, shareOf } from '../../kernel/money.ts';
import type { ExpenseFields } from '../command/args.ts';
import { amountsRefusal, type TaxReason } from '../expense/fields.ts';
import type { RowCells } from './row-cells.ts';

export type RowAmounts = Pick<ExpenseFields, 'taxablePaise' | 'cgstPaise' | 'sgstPaise' | 'igstPaise' | 'tdsPaise'>;

/** Bills are rounded to the rupee: a total may differ from its parts by at most this much. */
const ROUND_OFF_MAX: Paise = 100n;

interface Given {
  readonly taxable: Paise | undefined;
  readonly total: Paise | undefined;
  readonly rate: number | undefined;
  readonly tds: Paise;
  /** Undefined when the row gives no tax amount at all. */
  readonly tax: Tax | undefined;
}
interface Tax {
  readonly cgst: Paise;
  readonly sgst: Paise;
  readonly igst: Paise;
}

/**
 * The amounts of a bill from whatever of taxable value, GST rate, tax amounts and total the row gives, or undefined when something was
 * refused. What is missing is worked out; what is given twice must agree within one rupee. A round-off goes to the taxable value, so
 * that the expense is exactly what the bill asks for and the tax exactly what it charges.
 * @param sameState whether vendor and college are in one state; undefined when the row has no GSTIN
 */
export function readAmounts(
  cells: RowCells,
  sameState: boolean | undefined,
  itcEligible: boolean,
): RowAmounts | undefined {
  const before = cells.problems.length;
  const given = readGiven(cells);
  if (cells.problems.length > before || !signsAreRight(cells, given)) return undefined;
  const { taxable, total } = given;
  if (taxable === undefined && total === undefined) {
    cells.refuse('total', 'IMPORT_ROW_REQUIRED');
    return undefined;
  }
  const tax = given.tax ?? taxFromRate(cells, given, sameState);
  if (tax === undefined) return undefined;
  const sum = tax.cgst + tax.sgst + tax.igst;
  const base = taxable ?? (total ?? 0n) - sum;
  const roundOff = total === undefined ? 0n : total - (base + sum);
  if (roundOff > ROUND_OFF_MAX || roundOff < -ROUND_OFF_MAX) {
    cells.refuse('total', 'IMPORT_ROW_TOTAL_MISMATCH', {
      total: formatPaise(total ?? 0n),
      expected: formatPaise(base + sum),
    });
    return undefined;
  }
  if (given.tax !== undefined && given.rate !== undefined && !rateFits(cells, base, sum, given.rate)) return undefined;
  if (roundOff !== 0n) cells.note('total', 'IMPORT_ROW_NOTE_ROUND_OFF', { amount: formatPaise(roundOff) });
  const amounts: RowAmounts = {
    taxablePaise: base + roundOff,
    cgstPaise: tax.cgst,
    sgstPaise: tax.sgst,
    igstPaise: tax.igst,
    tdsPaise: given.tds,
  };
  return booksAccept(cells, amounts, itcEligible) ? amounts : undefined;
}

function readGiven(cells: RowCells): Given {
  const [cgst, sgst, igst] = [cells.amount('cgst'), cells.amount('sgst'), cells.amount('igst')];
  const none = cgst === undefined && sgst === undefined && igst === undefined;
  return {
    taxable: cells.amount('taxable'),
    total: cells.amount('total'),
    rate: cells.rate('gstRate'),
    tds: cells.amount('tds') ?? 0n,
    tax: none ? undefined : { cgst: cgst ?? 0n, sgst: sgst ?? 0n, igst: igst ?? 0n },
  };
}

function signsAreRight(cells: RowCells, given: Given): boolean {
  const before = cells.problems.length;
  for (const field of ['total', 'taxable'] as const) {
    const amount = given[field];
    if (amount !== undefined && amount <= 0n) {
      cells.refuse(field, 'IMPORT_ROW_AMOUNT_NOT_POSITIVE', { amount: formatPaise(amount) });
    }
  }
  for (const field of ['cgst', 'sgst', 'igst'] as const) {
    const amount = given.tax?.[field] ?? 0n;
    if (amount < 0n) cells.refuse(field, 'IMPORT_ROW_TAX_NEGATIVE', { amount: formatPaise(amount) });
  }
  if (given.tds < 0n) cells.refuse('tds', 'IMPORT_ROW_TAX_NEGATIVE', { amount: formatPaise(given.tds) });
  return cells.problems.length === before;
}

function taxFromRate(cells: RowCells, given: Given, sameState: boolean | undefined): Tax | undefined {
  const { rate = 0, taxable, total } = given;
  if (rate === 0) return { cgst: 0n, sgst: 0n, igst: 0n };
  if (sameState === undefined) {
    cells.refuse('gstRate', 'IMPORT_ROW_TAX_SPLIT_UNKNOWN');
    return undefined;
  }
  const sum = taxable === undefined ? (total ?? 0n) - withoutTax(total ?? 0n, rate) : shareOf(taxable, BigInt(rate));
  const half = sum / 2n;
  return sameState ? { cgst: half, sgst: sum - half, igst: 0n } : { cgst: 0n, sgst: 0n, igst: sum };
}

/** The taxable value inside a total, rounded half up to the paisa. */
function withoutTax(total: Paise, rateBasisPoints: number): Paise {
  const whole = 10_000n + BigInt(rateBasisPoints);
  return (total * 10_000n * 2n + whole) / (whole * 2n);
}

function rateFits(cells: RowCells, taxable: Paise, tax: Paise, rate: number): boolean {
  const expected = shareOf(taxable, BigInt(rate));
  const apart = tax - expected;
  if (apart <= ROUND_OFF_MAX && apart >= -ROUND_OFF_MAX) return true;
  cells.refuse('gstRate', 'IMPORT_ROW_RATE_MISMATCH', {
    rate: String(rate / 100),
    expected: formatPaise(expected),
    tax: formatPaise(tax),
  });
  return false;
}

/** The books' own rule has the last word, so that nothing is called good here and refused there. */
function booksAccept(cells: RowCells, amounts: RowAmounts, itcEligible: boolean): boolean {
  const refused = amountsRefusal({ ...amounts, itcEligible });
  if (refused === undefined) return true;
  if (refused.code === 'EXPENSE_TAX_MISMATCH') {
    const reason = refused.details.reason as TaxReason;
    if (reason === 'igst_with_cgst_sgst') cells.refuse('igst', 'IMPORT_ROW_IGST_WITH_CGST');
    else
      cells.refuse('cgst', 'IMPORT_ROW_CGST_SGST_DIFFER', {
        cgst: formatPaise(amounts.cgstPaise),
        sgst: formatPaise(amounts.sgstPaise),
      });
  } else if (refused.code === 'EXPENSE_TDS_INVALID') {
    cells.refuse('tds', 'IMPORT_ROW_TDS_TOO_LARGE', {
      tds: formatPaise(amounts.tdsPaise),
      taxable: formatPaise(amounts.taxablePaise),
    });
  } else if (amounts.taxablePaise <= 0n) {
    cells.refuse('total', 'IMPORT_ROW_AMOUNT_NOT_POSITIVE', { amount: formatPaise(amounts.taxablePaise) });
  } else cells.refuse('total', 'IMPORT_ROW_AMOUNT_TOO_LARGE', { text: formatPaise(amounts.taxablePaise) });
  return false;
}
