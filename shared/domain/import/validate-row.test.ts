import { describe, expect, it } from 'vitest';
import { limits } from '../../kernel/limits.ts';
import { nodeDigest } from '../../testing/node-digest.ts';
import type { ImportField } from './columns.ts';
import { importFields } from './columns.ts';
import { emptyCell, type RawCell, type RawRow } from './raw-cell.ts';
import { fieldWords, problemInWords, rowProblem, rowProblemWords } from './row-problems.ts';
import { againstBooks, type ImportSetup, RowReader } from './validate-row.ts';

const GSTIN = '27AAFFS4471K1ZT';
const mapping = Object.fromEntries(importFields.map((field, index) => [field, index]));
const setup: ImportSetup = {
  mapping,
  dateOrder: 'day_first',
  today: '2026-11-21',
  collegeStateCode: '27',
  categories: [
    { code: 'supplies', label: 'Office Supplies', labelHi: 'कार्यालय सामग्री', defaultAccountCode: '5200' },
    { code: 'rent', label: 'Rent', labelHi: 'किराया', defaultAccountCode: '5820' },
  ],
  accounts: [
    { code: '5200', name: 'Office Supplies', category: 'supplies' },
    { code: '5820', name: 'Rent', category: 'rent' },
    { code: '5950', name: 'Depreciation', category: null },
  ],
  itcEligible: false,
  hashing: nodeDigest,
};
type Cells = Readonly<Partial<Record<ImportField, string>>>;
const sound: Cells = {
  billDate: '05-04-2026',
  billNo: 'A/1',
  vendorName: 'Shree Traders',
  vendorGstin: GSTIN,
  category: 'supplies',
  description: 'Paper',
  taxable: '1,000.00',
  cgst: '90',
  sgst: '90',
  total: '1,180.00',
};
let rowNumber = 0;
const rowOf = (cells: Cells): RawRow => {
  rowNumber += 1;
  const read = (field: ImportField): RawCell =>
    cells[field] === undefined ? emptyCell : { kind: 'text', text: cells[field] };
  return { number: rowNumber, cells: importFields.map(read) };
};
const read = (cells: Cells, given: Partial<ImportSetup> = {}) =>
  new RowReader({ ...setup, ...given }).read(rowOf(cells));
const good = (cells: Cells, given: Partial<ImportSetup> = {}) => {
  const result = read(cells, given);
  if (!result.ok) throw new Error(result.error.map((problem) => problemInWords(problem, 'en')).join('; '));
  return result.value;
};
const codes = (cells: Cells, given: Partial<ImportSetup> = {}) => {
  const result = read(cells, given);
  return result.ok ? [] : result.error.map(({ field, code }) => `${field} ${code}`);
};

describe('a sound row', () => {
  it('becomes an expense', () => {
    expect(good(sound).row).toEqual({
      importKey: expect.stringMatching(/^v1:[0-9a-f]{40}$/),
      vendorName: 'Shree Traders',
      vendorGstin: GSTIN,
      vendorPan: 'AAFFS4471K',
      fields: {
        category: 'supplies',
        accountCode: '5200',
        billNo: 'A/1',
        billDate: '2026-04-05',
        description: 'Paper',
        department: null,
        taxablePaise: 1_000_00n,
        cgstPaise: 90_00n,
        sgstPaise: 90_00n,
        igstPaise: 0n,
        itcEligible: false,
        tdsPaise: 0n,
      },
    });
  });

  it('is called after its category without a description', () => {
    expect(good({ ...sound, description: ' ' }).row.fields.description).toBe('Office Supplies');
  });

  it('takes the category of its GL code, and a GL code that belongs to none with any category', () => {
    expect(good({ ...sound, category: '', accountCode: '5820' }).row.fields).toMatchObject({
      category: 'rent',
      accountCode: '5820',
    });
    expect(good({ ...sound, accountCode: '5950' }).row.fields).toMatchObject({
      category: 'supplies',
      accountCode: '5950',
    });
    expect(codes({ ...sound, category: '', accountCode: '5950' })).toEqual(['category IMPORT_ROW_REQUIRED']);
  });
});

describe('amounts', () => {
  const amounts = (cells: Cells) => {
    const { taxablePaise, cgstPaise, sgstPaise, igstPaise } = good({
      ...sound,
      taxable: '',
      cgst: '',
      sgst: '',
      total: '',
      ...cells,
    }).row.fields;
    return [taxablePaise, cgstPaise, sgstPaise, igstPaise];
  };

  it('are worked out from what is there', () => {
    expect(amounts({ total: '1180' })).toEqual([1_180_00n, 0n, 0n, 0n]);
    expect(amounts({ taxable: '1000', cgst: '90', sgst: '90' })).toEqual([1_000_00n, 90_00n, 90_00n, 0n]);
    expect(amounts({ total: '1180', cgst: '90', sgst: '90' })).toEqual([1_000_00n, 90_00n, 90_00n, 0n]);
    expect(amounts({ taxable: '1000', gstRate: '18' })).toEqual([1_000_00n, 90_00n, 90_00n, 0n]);
    expect(amounts({ total: '1180', gstRate: '18%' })).toEqual([1_000_00n, 90_00n, 90_00n, 0n]);
    expect(amounts({ total: '1000', gstRate: '18' })).toEqual([847_46n, 76_27n, 76_27n, 0n]);
  });

  it('put the tax of another state into IGST', () => {
    const { row } = good({ ...sound, cgst: '', sgst: '', gstRate: '18' }, { collegeStateCode: '29' });
    expect(row.fields).toMatchObject({ cgstPaise: 0n, sgstPaise: 0n, igstPaise: 180_00n });
  });

  it('give a round-off of up to a rupee to the taxable value, so that the bill is what it says', () => {
    expect(amounts({ taxable: '1000.40', cgst: '90.04', sgst: '90.04', total: '1180' })).toEqual([
      999_92n,
      90_04n,
      90_04n,
      0n,
    ]);
    expect(good({ ...sound, total: '1181' }).notes.map(({ code }) => code)).toEqual(['IMPORT_ROW_NOTE_ROUND_OFF']);
    expect(codes({ ...sound, total: '1181.01' })).toEqual(['total IMPORT_ROW_TOTAL_MISMATCH']);
    expect(codes({ ...sound, total: '1178.99' })).toEqual(['total IMPORT_ROW_TOTAL_MISMATCH']);
  });

  it('let CGST and SGST be a paisa apart and no more', () => {
    expect(good({ ...sound, sgst: '90.01', total: '1180.01' }).row.fields.sgstPaise).toBe(90_01n);
    expect(codes({ ...sound, sgst: '90.02', total: '1180.02' })).toEqual(['cgst IMPORT_ROW_CGST_SGST_DIFFER']);
  });
});

describe('all problems of a row', () => {
  it('are found at once', () => {
    const bad: Cells = {
      billDate: '31-02-2026',
      vendorGstin: '27AAFFS4471K1ZX',
      vendorPan: 'X',
      category: 'nothing',
      total: 'much',
      billNo: 'x'.repeat(41),
    };
    expect(codes(bad)).toEqual([
      'billDate IMPORT_ROW_DATE_UNREADABLE',
      'vendorName IMPORT_ROW_REQUIRED',
      'vendorGstin IMPORT_ROW_GSTIN_CHECK_DIGIT',
      'vendorPan IMPORT_ROW_PAN_FORM',
      'billNo IMPORT_ROW_TEXT_TOO_LONG',
      'category IMPORT_ROW_CATEGORY_UNKNOWN',
      'total IMPORT_ROW_AMOUNT_UNREADABLE',
    ]);
  });

  it('have the limits of the books', () => {
    expect(codes({ ...sound, vendorName: 'x'.repeat(limits.text.nameMax) })).toEqual([]);
    expect(codes({ ...sound, vendorName: 'x'.repeat(limits.text.nameMax + 1) })).toEqual([
      'vendorName IMPORT_ROW_TEXT_TOO_LONG',
    ]);
    expect(codes({ ...sound, billDate: '21-11-2026' })).toEqual([]);
    expect(codes({ ...sound, billDate: '22-11-2026' })).toEqual(['billDate IMPORT_ROW_DATE_FUTURE']);
    expect(codes({ ...sound, billDate: '01-04-2025' })).toEqual([]);
    expect(codes({ ...sound, billDate: '31-03-2025' })).toEqual(['billDate IMPORT_ROW_DATE_TOO_OLD']);
  });
});

describe('the same bill again', () => {
  it('is refused within the file by name and by GSTIN, however the number is spaced', () => {
    const reader = new RowReader(setup);
    const first = rowOf(sound);
    expect(reader.read(first).ok).toBe(true);
    for (const again of [{ billNo: 'a / 1' }, { vendorName: 'Shri Traders' }, { vendorGstin: '', total: '1,180.00' }]) {
      expect(reader.read(rowOf({ ...sound, ...again }))).toEqual({
        ok: false,
        error: [{ field: 'billNo', code: 'IMPORT_ROW_DUPLICATE_IN_FILE', details: { row: first.number } }],
      });
    }
  });

  it('is another bill in another financial year, of another vendor or without a number', () => {
    const reader = new RowReader(setup);
    for (const other of [
      {},
      { billDate: '31-03-2026' },
      { vendorName: 'Om Traders', vendorGstin: '' },
      { billNo: '' },
      { billNo: '-' },
    ]) {
      expect(reader.read(rowOf({ ...sound, ...other })).ok).toBe(true);
    }
  });

  it('does not stand in the way when the first one was refused', () => {
    const reader = new RowReader(setup);
    expect(reader.read(rowOf({ ...sound, total: '1' })).ok).toBe(false);
    expect(reader.read(rowOf(sound)).ok).toBe(true);
  });

  it('is known to the books by its key, and refused when they have it from elsewhere', () => {
    const row = good(sound);
    expect(againstBooks(row, new Set([row.row.importKey]), 'EXP-2026-27-000001')).toBe('known');
    expect(againstBooks(row, new Set(), undefined)).toBe('new');
    expect(againstBooks(row, new Set(), 'EXP-2026-27-000001')).toMatchObject({ code: 'IMPORT_ROW_DUPLICATE_IN_BOOKS' });
  });
});

describe('import keys', () => {
  const keys = (rows: readonly Cells[]) => {
    const reader = new RowReader(setup);
    return rows.map((cells) => {
      const result = reader.read(rowOf(cells));
      return result.ok ? result.value.row.importKey : 'refused';
    });
  };
  const fare: Cells = { ...sound, billNo: '', description: 'Auto fare' };

  it('are the same for the same file, in any order, and for a longer one', () => {
    const rows = [sound, { ...sound, billNo: 'A/2' }, fare, fare];
    expect(keys(rows)).toEqual(keys(rows));
    expect([...keys([...rows].reverse())].sort()).toEqual([...keys(rows)].sort());
    expect(keys([...rows, { ...sound, billNo: 'A/3' }]).slice(0, 4)).toEqual(keys(rows));
  });

  it('tell equal rows without a bill number apart', () => {
    expect(new Set(keys([fare, fare, fare])).size).toBe(3);
  });

  it('follow what makes the bill, not how it was typed', () => {
    const [key] = keys([sound]);
    expect(
      keys([{ ...sound, vendorName: 'SHREE  TRADERS', billNo: ' a/1', total: '₹ 1,180/-', billDate: '5 Apr 2026' }]),
    ).toEqual([key]);
    for (const other of [{ billNo: 'A/2' }, { billDate: '06-04-2026' }, { taxable: '1001', total: '1181' }]) {
      expect(keys([{ ...sound, ...other }])).not.toEqual([key]);
    }
  });
});

describe('the words of a problem', () => {
  it('exist in both languages with the same blanks to fill', () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [code, { en, hi }] of Object.entries(rowProblemWords)) {
      expect([code, blanks(hi)]).toEqual([code, blanks(en)]);
      expect(hi).toMatch(/[\u0900-\u097f]/);
    }
    expect(Object.keys(fieldWords).sort()).toEqual([...importFields].sort());
  });

  it('name the field and what stands there', () => {
    const problem = rowProblem('billDate', 'IMPORT_ROW_DATE_UNREADABLE', { text: '31/02/2026' });
    expect(problemInWords(problem, 'en')).toBe('Bill date: "31/02/2026" is not a date.');
    expect(problemInWords(problem, 'hi')).toBe('बिल दिनांक: "31/02/2026" कोई तारीख नहीं है।');
  });

  it('leave no blank unfilled for any refusal that a row can get', () => {
    const rows: readonly Cells[] = [
      { ...sound, total: '0' },
      { ...sound, total: '9' },
      { ...sound, gstRate: '5' },
      { ...sound, tds: '5000' },
      { ...sound, billDate: '01-01-2015', vendorGstin: '27', vendorPan: 'AAFFS4471K', accountCode: '5820' },
      { ...sound, vendorPan: 'ABKPM8812D', billNo: '1.2E+10', accountCode: '1' },
      { ...sound, billDate: '01-01-2030', vendorName: '12', sgst: '80', total: '1170' },
    ];
    for (const cells of rows) {
      const result = read(cells);
      expect(result.ok).toBe(false);
      for (const problem of result.ok ? [] : result.error) expect(problemInWords(problem, 'en')).not.toMatch(/\{\w+\}/);
    }
  });
});
