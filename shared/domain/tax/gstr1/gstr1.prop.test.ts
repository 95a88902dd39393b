import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalTax } from '../gst.ts';
import { type PortalValue, readPortalJson, writePortalJson } from '../portal-json.ts';
import { buildGstr1, documentValue } from './build-gstr1.ts';
import { checkGstr1 } from './check-gstr1.ts';
import type { OutwardDocument, OutwardPeriod } from './documents.ts';
import { anyPeriod, ownGstin } from './testing.ts';

type Found = { readonly [key: string]: PortalValue | undefined };
const isMembers = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object below a value that has all of these keys. */
function objectsWith(value: PortalValue | undefined, ...keys: readonly string[]): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap((one) => objectsWith(one, ...keys));
  if (!isMembers(value)) return [];
  const own = keys.every((key) => key in value) ? [value] : [];
  return [...own, ...Object.values(value).flatMap((one) => objectsWith(one, ...keys))];
}

const sum = (objects: readonly Found[], ...keys: readonly string[]): bigint =>
  objects
    .flatMap((one) => keys.map((key) => one[key]))
    .reduce((total: bigint, one) => total + (typeof one === 'bigint' ? one : 0n), 0n);

const section = (built: PortalValue, name: string): PortalValue | undefined =>
  isMembers(built) ? built[name] : undefined;
const taxes = ['iamt', 'camt', 'samt', 'csamt'] as const;
const signOf = ({ kind }: OutwardDocument): bigint => (kind === 'credit_note' ? -1n : 1n);

describe('GSTR-1 of a month in which nothing is wrong', () => {
  it('is not objected to', () => {
    fc.assert(fc.property(anyPeriod, (period) => void expect(checkGstr1(period)).toEqual([])));
  });

  it('has all that was taxed, each document in one table, notes with their sign', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const built = buildGstr1(period);
        const own = period.documents.filter(({ amends }) => amends === null);
        const lines = own.flatMap((one) =>
          one.lines.filter(({ treatment }) => treatment === 'taxed').map((line) => ({ sign: signOf(one), line })),
        );
        const plain = ['b2b', 'b2cl', 'b2cs', 'exp'].map((name) => section(built, name));
        const notes = ['cdnr', 'cdnur'].flatMap((name) => objectsWith(section(built, name), 'ntty'));
        const noteSum = (...keys: readonly string[]): bigint =>
          notes.reduce(
            (total, note) => total + (note.ntty === 'C' ? -1n : 1n) * sum(objectsWith(note.itms, 'txval'), ...keys),
            0n,
          );
        const rows = plain.flatMap((one) => objectsWith(one, 'txval'));
        expect(sum(rows, 'txval') + noteSum('txval')).toBe(
          lines.reduce((total, { sign, line }) => total + sign * line.taxablePaise, 0n),
        );
        expect(sum(rows, ...taxes) + noteSum(...taxes)).toBe(
          lines.reduce((total, { sign, line }) => total + sign * totalTax(line.taxes), 0n),
        );
        const numbers = [...plain, section(built, 'cdnr'), section(built, 'cdnur')].flatMap((one) =>
          [...objectsWith(one, 'inum'), ...objectsWith(one, 'nt_num')].map((each) => each.inum ?? each.nt_num),
        );
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
    );
  });

  it('has the same in its table of HSN codes as in its tables of documents', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const rows = objectsWith(section(buildGstr1(period), 'hsn'), 'hsn_sc');
        const own = period.documents.filter(({ amends }) => amends === null);
        const lines = own.flatMap((one) => one.lines.map((line) => ({ sign: signOf(one), line })));
        expect(sum(rows, 'txval')).toBe(lines.reduce((total, { sign, line }) => total + sign * line.taxablePaise, 0n));
        expect(sum(rows, ...taxes)).toBe(
          lines.reduce((total, { sign, line }) => total + sign * totalTax(line.taxes), 0n),
        );
        const taxable = own
          .flatMap((one) => one.lines.map((line) => ({ sign: signOf(one), line })))
          .filter(({ line }) => line.treatment !== 'taxed');
        const nil = objectsWith(section(buildGstr1(period), 'nil'), 'sply_ty');
        expect(sum(nil, 'expt_amt', 'nil_amt', 'ngsup_amt')).toBe(
          taxable.reduce((total, { sign, line }) => total + sign * line.taxablePaise, 0n),
        );
      }),
    );
  });

  it('has halves that are equal, and never the integrated tax beside them', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        for (const row of objectsWith(buildGstr1(period), 'txval')) {
          if ('hsn_sc' in row) continue;
          expect(row.camt).toBe(row.samt);
          expect('camt' in row).toBe(!('iamt' in row));
        }
      }),
    );
  });

  it('names the taxes of the place of supply, also where there are none', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const built = buildGstr1(period);
        const documents = ['b2b', 'b2ba', 'cdnr', 'cdnra'].flatMap((name) =>
          objectsWith(section(built, name), 'inv_typ'),
        );
        for (const document of documents) {
          const isWithin =
            document.pos === ownGstin.slice(0, 2) && (document.inv_typ === 'R' || document.inv_typ === 'DE');
          for (const item of objectsWith(document.itms, 'txval')) expect('camt' in item).toBe(isWithin);
        }
      }),
    );
  });

  it('does not depend on the order in which the documents come', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const turned = { ...period, documents: period.documents.toReversed() };
        expect(writePortalJson(buildGstr1(turned))).toBe(writePortalJson(buildGstr1(period)));
      }),
    );
  });

  it('loses nothing on the way to the portal and back', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const text = writePortalJson(buildGstr1(period));
        const read = readPortalJson(text);
        if (!read.ok) throw new Error(read.error);
        expect(writePortalJson(read.value)).toBe(text);
        expect(JSON.parse(text)).toMatchObject({ gstin: ownGstin, fp: '102026', version: 'GST3.2.4', hash: 'hash' });
      }),
    );
  });

  it('of a quarterly taxpayer in the middle of a quarter has only what registered recipients need', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const [whole, furnished] = [buildGstr1(period), buildGstr1({ ...period, isInvoiceFurnishing: true })];
        if (!isMembers(furnished)) throw new Error('no return');
        for (const key of Object.keys(furnished)) {
          expect(['gstin', 'fp', 'version', 'hash', 'b2b', 'b2ba', 'cdnr', 'cdnra']).toContain(key);
          expect(furnished[key]).toEqual(section(whole, key));
        }
      }),
    );
  });

  it('has the tables in the order in which the offline tool writes them', () => {
    const order = [
      ...['gstin', 'fp', 'version', 'hash', 'b2b', 'b2ba', 'b2cl', 'b2cla', 'b2cs', 'nil', 'exp', 'expa'],
      ...['cdnra', 'at', 'cdnr', 'cdnur', 'cdnura', 'doc_issue', 'hsn', 'txpd'],
    ];
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const keys = Object.keys(buildGstr1(period) as object);
        expect(keys).toEqual(order.filter((key) => keys.includes(key)));
      }),
    );
  });
});

it('puts a large sale between states by itself, by the limit of its day', () => {
  const line = {
    ...{ code: '9983', description: '', unit: null, quantity: 0n, treatment: 'taxed' as const },
    ...{ basisPoints: 1_800n, taxablePaise: 1_50_000_00n },
    taxes: { cgstPaise: 0n, sgstPaise: 0n, igstPaise: 27_000_00n, cessPaise: 0n },
  };
  const document: OutwardDocument = {
    ...{ kind: 'invoice', number: 'A/1', recipientGstin: null, supply: 'regular', place: '29', isReverseCharge: false },
    ...{ lines: [line], isOfLargeInvoice: false, shippingBill: null, amends: null, date: '2024-08-01' },
  };
  const period: OutwardPeriod = {
    ...{
      gstin: ownGstin,
      month: '2024-08',
      isInvoiceFurnishing: false,
      documents: [document],
      advances: [],
      ranges: [],
    },
  };
  expect(documentValue(document)).toBe(1_77_000_00n);
  expect(JSON.parse(writePortalJson(buildGstr1(period)))).toEqual({
    ...{ gstin: ownGstin, fp: '082024', version: 'GST3.2.4', hash: 'hash' },
    b2cl: [
      {
        pos: '29',
        inv: [
          {
            ...{ inum: 'A/1', idt: '01-08-2024', val: 177_000 },
            itms: [{ num: 1_801, itm_det: { txval: 150_000, rt: 18, iamt: 27_000, csamt: 0 } }],
          },
        ],
      },
    ],
    hsn: {
      data: [
        {
          ...{ num: 1, hsn_sc: '9983', uqc: 'NA', qty: 0, rt: 18 },
          ...{ txval: 150_000, iamt: 27_000, samt: 0, camt: 0, csamt: 0 },
        },
      ],
    },
  });
  const before = { ...period, month: '2024-07', documents: [{ ...document, date: '2024-07-31' }] };
  expect(JSON.parse(writePortalJson(buildGstr1(before)))).toMatchObject({
    b2cs: [{ sply_ty: 'INTER', rt: 18, typ: 'OE', pos: '29', txval: 150_000, iamt: 27_000, csamt: 0 }],
  });
});
