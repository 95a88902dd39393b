import { isFinancialYear } from '../../kernel/dates.ts';
import { limits } from '../../kernel/limits.ts';
import { isChartCode } from '../chart/code.ts';
import { nameOf } from '../command/context.ts';
import { exchangeKey } from '../exchange/names.ts';
import type { Mapping } from './columns.ts';
import type { RawRow } from './raw-cell.ts';
import { RowCells, shortened } from './row-cells.ts';
import { accountKindOf, SheetLookups } from './sheet-lookups.ts';
import type { RefusedSheetRow, SheetBooks, SheetEntry, SheetRead, SheetSetup } from './sheet-result.ts';

type ReadOne = (cells: RowCells, row: RawRow) => SheetEntry | undefined;

/** Each row by itself; undefined, or any problem, refuses it. */
function eachRow(rows: readonly RawRow[], mapping: Mapping, readOne: ReadOne): SheetRead {
  const entries: SheetEntry[] = [];
  const refused: RefusedSheetRow[] = [];
  for (const row of rows) {
    const cells = new RowCells(row, mapping);
    const entry = readOne(cells, row);
    if (entry === undefined || cells.problems.length > 0) refused.push({ row, problems: cells.problems });
    else entries.push(entry);
  }
  return { entries, refused };
}

/** A category and what it may use in a year: the present one where none is given. */
export function readBudgets(rows: readonly RawRow[], mapping: Mapping, setup: SheetSetup): SheetRead {
  const categories = categoriesByName(setup);
  const seen = new Map<string, number>();
  return eachRow(rows, mapping, (cells, row) => {
    const text = cells.text('category', limits.text.nameMax);
    const category = text === null ? undefined : categories.get(exchangeKey(text));
    if (text === null) cells.refuse('category', 'IMPORT_ROW_REQUIRED');
    else if (category === undefined) cells.refuse('category', 'IMPORT_ROW_CATEGORY_UNKNOWN', { text: shortened(text) });
    const to = cells.amount('amount');
    if (to === undefined && cells.cell('amount').kind === 'empty') cells.refuse('amount', 'IMPORT_ROW_REQUIRED');
    if (to !== undefined && to < 0n) cells.refuse('amount', 'IMPORT_ROW_ONE_SIDE');
    const financialYear = readYear(cells, setup.financialYear);
    if (category === undefined || to === undefined || financialYear === undefined) return undefined;
    const key = nameOf(financialYear, category);
    const twin = seen.get(key);
    if (twin !== undefined) cells.refuse('category', 'IMPORT_ROW_TWICE', { row: twin });
    seen.set(key, row.number);
    const known = setup.budgets.find((one) => one.financialYear === financialYear && one.category === category);
    if (known?.allocatedPaise === to) return { rows: [row], order: null };
    const args = { financialYear, category, allocated: { from: known?.allocatedPaise ?? 0n, to } };
    return { rows: [row], order: { name: 'budget.set', args } };
  });
}

function readYear(cells: RowCells, otherwise: string): string | undefined {
  const text = cells.text('year', limits.text.nameMax);
  if (text === null) return otherwise;
  const bare = text.replace(/^FY\s*/i, '').replace(/[–/]/g, '-');
  const year = /^\d{4}-\d{4}$/.test(bare) ? `${bare.slice(0, 5)}${bare.slice(7)}` : bare;
  if (isFinancialYear(year)) return year;
  cells.refuse('year', 'IMPORT_ROW_YEAR_UNREADABLE', { text: shortened(text) });
  return undefined;
}

/** GL codes with their kind, and the group and category they stand under. */
export function readAccounts(rows: readonly RawRow[], mapping: Mapping, setup: SheetSetup): SheetRead {
  const lookups = new SheetLookups(setup.rows);
  const categories = categoriesByName(setup);
  const seen = new Map<string, number>();
  return eachRow(rows, mapping, (cells, row) => {
    const code = cells.text('code', limits.text.nameMax)?.toUpperCase() ?? null;
    const name = cells.text('name', limits.text.nameMax);
    const kindText = cells.text('accountKind', limits.text.nameMax);
    const kind = kindText === null ? undefined : accountKindOf(kindText);
    if (code === null) cells.refuse('code', 'IMPORT_ROW_REQUIRED');
    else if (!isChartCode(code)) cells.refuse('code', 'IMPORT_ROW_CODE_FORM', { text: shortened(code) });
    if (name === null) cells.refuse('name', 'IMPORT_ROW_REQUIRED');
    if (kindText === null) cells.refuse('accountKind', 'IMPORT_ROW_REQUIRED');
    else if (kind === undefined) cells.refuse('accountKind', 'IMPORT_ROW_KIND_UNKNOWN', { text: shortened(kindText) });
    const groupText = cells.text('group', limits.text.nameMax);
    const group = groupText === null ? null : lookups.group(groupText);
    if (group === undefined || (group !== null && kind !== undefined && group.kind !== kind)) {
      cells.refuse('group', 'IMPORT_ROW_GROUP_UNKNOWN', { text: shortened(groupText ?? '') });
    }
    const categoryText = cells.text('category', limits.text.nameMax);
    const category = categoryText === null ? null : categories.get(exchangeKey(categoryText));
    if (category === undefined || (category !== null && kind !== undefined && kind !== 'expense')) {
      cells.refuse('category', 'IMPORT_ROW_CATEGORY_UNKNOWN', { text: shortened(categoryText ?? '') });
    }
    if (code === null || name === null || kind === undefined || group === undefined || category === undefined) {
      return undefined;
    }
    for (const key of [`code ${code}`, `name ${exchangeKey(name)}`]) {
      const twin = seen.get(key);
      if (twin !== undefined) cells.refuse('code', 'IMPORT_ROW_TWICE', { row: twin });
      seen.set(key, row.number);
    }
    const there = setup.rows.accounts.find((one) => one.code === code || exchangeKey(one.name) === exchangeKey(name));
    if (there !== undefined) {
      const isSame = there.code === code && exchangeKey(there.name) === exchangeKey(name) && there.kind === kind;
      if (!isSame) cells.refuse('code', 'IMPORT_ROW_CODE_TAKEN', { code: there.code, name: there.name });
      return { rows: [row], order: null };
    }
    const accountId = setup.idFor(nameOf('sheet', 'account', code, exchangeKey(name)));
    const fields = { code, name, kind, groupCode: group?.code ?? null, category, role: null };
    return { rows: [row], order: { name: 'account.create', args: { accountId, fields } } };
  });
}

function categoriesByName({ categories }: SheetBooks): ReadonlyMap<string, string> {
  return new Map(
    categories.flatMap(({ code, label, labelHi }) =>
      [label, labelHi, code].map((name): [string, string] => [exchangeKey(name), code]),
    ),
  );
}
