import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayBetween, validPan } from '../../testing/arbitraries.ts';
import { type EarlierSum, type TdsAnswer, type TdsQuestion, tdsOn } from './tds.ts';
import { tdsNatures } from './tds-rules.gen.ts';

const sums = fc.array(
  fc.record({ date: dayBetween('2026-04-01', 364), paise: fc.bigInt({ min: 1n, max: 10_00_000_00n }) }),
  { minLength: 1, maxLength: 12 },
);
const natures = fc.constantFrom(...tdsNatures);

interface Paid extends EarlierSum {
  readonly answer: TdsAnswer;
}

/** The payments of a year one after another, each with what the earlier ones came to. */
function paidInTurn(
  payments: readonly { readonly date: string; readonly paise: bigint }[],
  rest: Pick<TdsQuestion, 'nature' | 'pan' | 'certificate'>,
): readonly Paid[] {
  const paid: Paid[] = [];
  for (const { date, paise } of [...payments].sort((one, other) => (one.date < other.date ? -1 : 1))) {
    const found = tdsOn({ ...rest, date, paise, earlier: paid });
    if (!found.ok) throw new Error(found.error);
    const { caughtUpPaise, parts } = found.value;
    const basePaise = parts.reduce((sum, part) => sum + part.basePaise, 0n);
    // What is caught up has borne its tax from now on.
    if (caughtUpPaise > 0n)
      for (const [at, one] of paid.entries()) paid[at] = { ...one, chargedPaise: chargedOf(one, found.value) };
    paid.push({ date, paise, chargedPaise: basePaise - caughtUpPaise, answer: found.value });
  }
  return paid;
}

const chargedOf = (one: Paid, { exceeded }: TdsAnswer): bigint => (exceeded === 'year' ? one.paise : one.chargedPaise);

const pan = fc.option(validPan);

it('bears tax on every rupee of a year whose limit is exceeded, once each, and on none before', () => {
  fc.assert(
    fc.property(
      sums,
      pan,
      fc.constantFrom('professional', 'contract', 'commission', 'interest'),
      (payments, one, nature) => {
        const paid = paidInTurn(payments, { nature, pan: one, certificate: null });
        const total = paid.reduce((sum, { paise }) => sum + paise, 0n);
        const charged = paid.reduce(
          (sum, { answer }) => sum + answer.parts.reduce((of, { basePaise }) => of + basePaise, 0n),
          0n,
        );
        const limit = paid[0]?.answer.rule.perYear ?? 0n;
        if (total > limit) expect(charged).toBe(total);
        else if (nature !== 'contract') expect(charged).toBe(0n);
        expect(charged <= total).toBe(true);
      },
    ),
  );
});

it('comes to the same over a year in whatever order the payments of it are made, but for rounding', () => {
  fc.assert(
    fc.property(sums, validPan, (payments, one) => {
      const rest = { nature: 'professional', pan: one, certificate: null } as const;
      const taxOf = (dated: typeof payments): bigint =>
        paidInTurn(dated, rest).reduce((sum, { answer }) => sum + answer.taxPaise, 0n);
      const dates = payments.map(({ date }) => date);
      const turned = payments.map(({ paise }, at) => ({ paise, date: dates[dates.length - 1 - at] ?? '' }));
      const apart = taxOf(payments) - taxOf(turned);
      const most = BigInt(payments.length) * 100n;
      expect(apart <= most && apart >= -most).toBe(true);
    }),
  );
});

it('is in whole rupees, within half a rupee of rate times base in each part, and no more than what is paid with what is caught up', () => {
  fc.assert(
    fc.property(natures, sums, pan, (nature, payments, one) => {
      for (const { paise, answer } of paidInTurn(payments, { nature, pan: one, certificate: null })) {
        expect(answer.taxPaise % 100n).toBe(0n);
        for (const { basePaise, basisPoints, taxPaise } of answer.parts) {
          const exact = basePaise * basisPoints;
          expect(exact - taxPaise * 10_000n <= 50n * 10_000n && taxPaise * 10_000n - exact <= 50n * 10_000n).toBe(true);
          expect(basePaise <= paise + answer.caughtUpPaise).toBe(true);
        }
      }
    }),
  );
});

it('is never less without a PAN, and never more with a certificate', () => {
  const certificates = fc.record({
    number: fc.constant('1'),
    from: dayBetween('2026-04-01', 200),
    to: dayBetween('2026-10-01', 180),
    basisPoints: fc.bigInt({ min: 0n, max: 1_000n }),
    leftPaise: fc.bigInt({ min: 0n, max: 10_00_000_00n }),
  });
  fc.assert(
    fc.property(natures, sums, validPan, certificates, (nature, payments, one, certificate) => {
      const [last, ...others] = payments;
      if (last === undefined) return;
      const earlier = others.map((other) => ({ ...other, chargedPaise: 0n }));
      const taxOf = (more: Pick<TdsQuestion, 'pan' | 'certificate'>): bigint => {
        const answer = tdsOn({ nature, ...last, earlier, ...more });
        return answer.ok ? answer.value.taxPaise : -1n;
      };
      const plain = taxOf({ pan: one, certificate: null });
      expect(taxOf({ pan: null, certificate: null }) >= plain).toBe(true);
      // Two parts are rounded where there was one.
      expect(taxOf({ pan: one, certificate }) <= plain + 100n).toBe(true);
    }),
  );
});
