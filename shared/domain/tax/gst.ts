import { type Paise, sumPaise, wholeRupees } from '../../kernel/money.ts';
import type { SupplyKind } from './place-of-supply.ts';

/** The taxes of GST on one amount. Of CGST and SGST, which is UTGST in some places, one is as much as the other. */
export interface GstTaxes {
  readonly cgstPaise: Paise;
  readonly sgstPaise: Paise;
  readonly igstPaise: Paise;
  readonly cessPaise: Paise;
}

/** A line of an invoice: what of one thing costs, and at which rates it is taxed. */
export interface GstLine {
  /** Without tax, or with all of it where `isInclusive`. */
  readonly paise: Paise;
  readonly isInclusive: boolean;
  readonly basisPoints: bigint;
  readonly cessBasisPoints: bigint;
}

export interface TaxedLine extends GstTaxes {
  readonly taxablePaise: Paise;
  readonly basisPoints: bigint;
}

export interface TaxedInvoice {
  /** In the order of the lines that were asked about. */
  readonly lines: readonly TaxedLine[];
  /** Line by line of one rate together, as returns show an invoice; the lowest rate first. */
  readonly byRate: readonly TaxedLine[];
  readonly taxablePaise: Paise;
  readonly taxes: GstTaxes;
  readonly totalPaise: Paise;
}

const noTaxes: GstTaxes = { cgstPaise: 0n, sgstPaise: 0n, igstPaise: 0n, cessPaise: 0n };
const wholeInBasisPoints = 10_000n;

/**
 * The tax on an invoice. Tax is counted for all lines of one rate together, to the paisa, half up, and then shared out among them, so that
 * the table by invoices and the table by HSN codes of a return cannot differ by a paisa. Amounts that hold their tax are taken apart so
 * that taxable value and tax give the amount again; where CGST and SGST cannot be halves of the rest, a paisa stays with the taxable value.
 * @param lines amounts of zero or more; a credit note is counted as what it takes back
 */
export function gstOnInvoice(lines: readonly GstLine[], kind: SupplyKind): TaxedInvoice {
  const taxed: TaxedLine[] = [];
  for (const rate of Map.groupBy(lines.keys(), (at) => rateKey(lines[at])).values()) {
    for (const [at, line] of taxedOfRate(rate, lines, kind)) taxed[at] = line;
  }
  const byRate = [...Map.groupBy(taxed, ({ basisPoints }) => basisPoints)]
    .sort(([one], [other]) => Number(one - other))
    .map(([basisPoints, of]): TaxedLine => ({ basisPoints, taxablePaise: taxableOf(of), ...sumTaxes(of) }));
  const [taxablePaise, taxes] = [taxableOf(taxed), sumTaxes(taxed)];
  return { lines: taxed, byRate, taxablePaise, taxes, totalPaise: taxablePaise + totalTax(taxes) };
}

export const totalTax = ({ cgstPaise, sgstPaise, igstPaise, cessPaise }: GstTaxes): Paise =>
  cgstPaise + sgstPaise + igstPaise + cessPaise;

/** Head by head. */
export const sumTaxes = (all: readonly GstTaxes[]): GstTaxes => ({
  cgstPaise: sumPaise(all.map(({ cgstPaise }) => cgstPaise)),
  sgstPaise: sumPaise(all.map(({ sgstPaise }) => sgstPaise)),
  igstPaise: sumPaise(all.map(({ igstPaise }) => igstPaise)),
  cessPaise: sumPaise(all.map(({ cessPaise }) => cessPaise)),
});

/** Tax, interest and fees are paid in whole rupees, fifty paise up (CGST Act s. 170). */
export const payableRupees = (paise: Paise): Paise => wholeRupees(paise, 1n);

const rateKey = (line: GstLine | undefined): string =>
  `${line?.basisPoints} ${line?.cessBasisPoints} ${line?.isInclusive}`;

function taxedOfRate(
  places: readonly number[],
  lines: readonly GstLine[],
  kind: SupplyKind,
): readonly (readonly [number, TaxedLine])[] {
  const of = places.flatMap((at) => lines[at] ?? []);
  const [first] = of;
  if (first === undefined) return [];
  const { isInclusive } = first;
  const taxed = isInclusive ? of.map(({ paise }) => taxedWithin(paise, first, kind)) : taxedTogether(of, first, kind);
  return places.map((at, place) => [at, { basisPoints: first.basisPoints, ...(taxed[place] ?? nothing) }]);
}

interface Taxed extends GstTaxes {
  readonly taxablePaise: Paise;
}
const nothing: Taxed = { taxablePaise: 0n, ...noTaxes };

/** Each half of CGST and SGST by itself, so that they are equal. */
function taxesOn(taxable: Paise, { basisPoints, cessBasisPoints }: GstLine, kind: SupplyKind): GstTaxes {
  const cessPaise = rounded(taxable * cessBasisPoints, wholeInBasisPoints);
  if (kind === 'inter') return { ...noTaxes, igstPaise: rounded(taxable * basisPoints, wholeInBasisPoints), cessPaise };
  const half = rounded(taxable * basisPoints, 2n * wholeInBasisPoints);
  return { ...noTaxes, cgstPaise: half, sgstPaise: half, cessPaise };
}

const rounded = (product: bigint, of: bigint): bigint => (2n * product + of) / (2n * of);

/** Shares the taxes of all lines out among them: each has what its own share comes to rounded down, and the paise left go to those who lost most. */
function taxedTogether(lines: readonly GstLine[], rate: GstLine, kind: SupplyKind): readonly Taxed[] {
  const taxable = lines.map(({ paise }) => paise);
  const whole = taxesOn(sumPaise(taxable), rate, kind);
  const share = (total: Paise, basisPoints: bigint, of: bigint): readonly Paise[] => {
    const exact = taxable.map((paise) => paise * basisPoints);
    const down = exact.map((product) => product / of);
    let left = total - sumPaise(down);
    const order = [...exact.keys()].sort((a, b) => Number(((exact[b] ?? 0n) % of) - ((exact[a] ?? 0n) % of)) || a - b);
    const shares = [...down];
    for (const at of order) {
      if (left <= 0n) break;
      shares[at] = (shares[at] ?? 0n) + 1n;
      left -= 1n;
    }
    return shares;
  };
  const cess = share(whole.cessPaise, rate.cessBasisPoints, wholeInBasisPoints);
  const isInter = kind === 'inter';
  const main = isInter
    ? share(whole.igstPaise, rate.basisPoints, wholeInBasisPoints)
    : share(whole.cgstPaise, rate.basisPoints, 2n * wholeInBasisPoints);
  return taxable.map((taxablePaise, at) => {
    const [paise, cessPaise] = [main[at] ?? 0n, cess[at] ?? 0n];
    const half = isInter ? 0n : paise;
    return { taxablePaise, cgstPaise: half, sgstPaise: half, igstPaise: isInter ? paise : 0n, cessPaise };
  });
}

/** An amount taken apart; where no taxable value gives it exactly the paisa left over stays with the taxable value. */
function taxedWithin(amount: Paise, rate: GstLine, kind: SupplyKind): Taxed {
  const nearest = rounded(amount * wholeInBasisPoints, wholeInBasisPoints + rate.basisPoints + rate.cessBasisPoints);
  for (const taxablePaise of [nearest, nearest + 1n, nearest - 1n]) {
    const taxes = taxesOn(taxablePaise, rate, kind);
    if (taxablePaise + totalTax(taxes) === amount) return { taxablePaise, ...taxes };
  }
  const taxes = taxesOn(nearest, rate, kind);
  return { taxablePaise: amount - totalTax(taxes), ...taxes };
}

const taxableOf = (lines: readonly TaxedLine[]): Paise => sumPaise(lines.map(({ taxablePaise }) => taxablePaise));
