import type { IsoDate } from '../../../kernel/dates.ts';
import { sumPaise } from '../../../kernel/money.ts';
import { sumTaxes } from '../gst.ts';
import { isHsnSplit } from '../gst-rules.ts';
import type { PortalValue } from '../portal-json.ts';
import { type OutwardDocument, type SignedLine, signedLines } from './documents.ts';

/**
 * Table 12: supplies by their code, unit and rate, those that are not taxed at a rate of nothing. Since May 2025 it has a part for
 * registered recipients and one for all others. Services have no unit and no quantity.
 */
export function hsnSummary(
  documents: readonly OutwardDocument[],
  date: IsoDate,
): { readonly [key: string]: PortalValue } {
  const own = documents.filter(({ amends }) => amends === null);
  if (!isHsnSplit(date)) return { data: rowsOf(own) };
  return {
    hsn_b2b: rowsOf(own.filter(({ recipientGstin }) => recipientGstin !== null)),
    hsn_b2c: rowsOf(own.filter(({ recipientGstin }) => recipientGstin === null)),
  };
}

function rowsOf(documents: readonly OutwardDocument[]): PortalValue {
  const lines = signedLines(documents);
  const keyOf = ({ code, unit, basisPoints }: SignedLine): string =>
    [code, unitOf(code, unit), String(basisPoints).padStart(6, '0')].join(' ');
  return [...Map.groupBy(lines, keyOf)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, same], at) => {
      const [first] = same;
      if (first === undefined) return [];
      const { code, description, unit, basisPoints } = first;
      const taxes = sumTaxes(same.map((line) => line.taxes));
      return {
        num: at + 1,
        hsn_sc: code,
        user_desc: description === '' ? undefined : description,
        uqc: unitOf(code, unit),
        qty: isService(code) ? 0n : sumPaise(same.map(({ quantity }) => quantity)),
        rt: basisPoints,
        txval: sumPaise(same.map(({ taxablePaise }) => taxablePaise)),
        iamt: taxes.igstPaise,
        samt: taxes.sgstPaise,
        camt: taxes.cgstPaise,
        csamt: taxes.cessPaise,
      };
    });
}

const isService = (code: string): boolean => code.startsWith('99');
const unitOf = (code: string, unit: string | null): string => (isService(code) ? 'NA' : (unit ?? 'OTH'));
