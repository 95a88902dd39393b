import type { IsoDate } from '../../../kernel/dates.ts';
import { type Paise, sumPaise } from '../../../kernel/money.ts';
import { isHsnSplit } from '../gst-rules.ts';
import type { PortalValue } from '../portal-json.ts';
import type { OutwardDocument, OutwardLine } from './documents.ts';

interface Summed extends OutwardLine {
  readonly sign: bigint;
}

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
  const lines = documents.flatMap(({ kind, lines: of }): readonly Summed[] =>
    of.map((line) => ({ ...line, sign: kind === 'credit_note' ? -1n : 1n })),
  );
  const keyOf = ({ code, unit, basisPoints }: Summed): string =>
    [code, unitOf(code, unit), String(basisPoints).padStart(6, '0')].join(' ');
  return [...Map.groupBy(lines, keyOf)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, same], at) => {
      const [first] = same;
      if (first === undefined) return [];
      const { code, description, unit, basisPoints } = first;
      const sum = (of: (line: Summed) => Paise): Paise => sumPaise(same.map((line) => line.sign * of(line)));
      return {
        num: at + 1,
        hsn_sc: code,
        user_desc: description === '' ? undefined : description,
        uqc: unitOf(code, unit),
        qty: isService(code) ? 0n : sum(({ quantity }) => quantity),
        rt: basisPoints,
        txval: sum(({ taxablePaise }) => taxablePaise),
        iamt: sum(({ taxes }) => taxes.igstPaise),
        samt: sum(({ taxes }) => taxes.sgstPaise),
        camt: sum(({ taxes }) => taxes.cgstPaise),
        csamt: sum(({ taxes }) => taxes.cessPaise),
      };
    });
}

const isService = (code: string): boolean => code.startsWith('99');
const unitOf = (code: string, unit: string | null): string => (isService(code) ? 'NA' : (unit ?? 'OTH'));
