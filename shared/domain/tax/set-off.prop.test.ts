import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByHead, commonCreditReversed, gstHeads, setOff } from './set-off.ts';

const amounts = (most: bigint): fc.Arbitrary<ByHead> => {
  const paise = fc.bigInt({ min: 0n, max: most });
  return fc.record({ igst: paise, cgst: paise, sgst: paise, cess: paise });
};
const sum = (by: ByHead): bigint => gstHeads.reduce((total, head) => total + by[head], 0n);

describe('credit that pays tax', () => {
  it('and cash together are the tax, and no credit is used that is not there', () => {
    fc.assert(
      fc.property(amounts(1_00_000_00n), amounts(1_00_000_00n), (liability, credit) => {
        const { setOffs, cash, creditLeft } = setOff(liability, credit);
        for (const head of gstHeads) {
          const paid = setOffs.filter((one) => one.liability === head).reduce((total, { paise }) => total + paise, 0n);
          const used = setOffs.filter((one) => one.credit === head).reduce((total, { paise }) => total + paise, 0n);
          expect([paid + cash[head], used + creditLeft[head]]).toEqual([liability[head], credit[head]]);
          expect(cash[head] >= 0n && creditLeft[head] >= 0n).toBe(true);
        }
      }),
    );
  });

  it('goes where the law lets it and in its order', () => {
    fc.assert(
      fc.property(amounts(100n), amounts(100n), (liability, credit) => {
        const { setOffs, cash, creditLeft } = setOff(liability, credit);
        const pairs = setOffs.map(({ credit: from, liability: to }) => `${from} ${to}`);
        expect(new Set(pairs).size).toBe(pairs.length);
        expect(pairs).not.toContain('cgst sgst');
        expect(pairs).not.toContain('sgst cgst');
        for (const pair of pairs) expect(pair.startsWith('cess') === pair.endsWith('cess')).toBe(true);
        const first = setOffs.findLastIndex((one) => one.credit === 'igst');
        const other = setOffs.findIndex((one) => one.credit === 'cgst' || one.credit === 'sgst');
        if (other !== -1) expect(first).toBeLessThan(other);
        // Integrated credit that is left means that nothing else had to be used.
        if (creditLeft.igst > 0n) expect(cash.igst + cash.cgst + cash.sgst + BigInt(other + 1)).toBe(0n);
        if (pairs.includes('sgst igst')) expect(creditLeft.cgst).toBe(0n);
      }),
    );
  });

  it('leaves as little cash as any way the law allows', () => {
    const few = amounts(4n);
    fc.assert(
      fc.property(few, few, (liability, credit) => {
        const { cash } = setOff({ ...liability, cess: 0n }, { ...credit, cess: 0n });
        expect(sum(cash)).toBe(leastCash(liability, credit));
      }),
      { numRuns: 500 },
    );
  });

  it('of an example by hand', () => {
    const liability = { igst: 1_000n, cgst: 300n, sgst: 300n, cess: 0n };
    const credit = { igst: 1_300n, cgst: 200n, sgst: 200n, cess: 0n };
    expect(setOff(liability, credit)).toEqual({
      setOffs: [
        { credit: 'igst', liability: 'igst', paise: 1_000n },
        { credit: 'igst', liability: 'cgst', paise: 200n },
        { credit: 'igst', liability: 'sgst', paise: 100n },
        { credit: 'cgst', liability: 'cgst', paise: 100n },
        { credit: 'sgst', liability: 'sgst', paise: 200n },
      ],
      cash: { igst: 0n, cgst: 0n, sgst: 0n, cess: 0n },
      creditLeft: { igst: 0n, cgst: 100n, sgst: 0n, cess: 0n },
    });
  });
});

/** Tries every way to divide the integrated credit, and then what the other two may pay. */
function leastCash(liability: ByHead, credit: ByHead): bigint {
  const [toOwn, left] = part(credit.igst, liability.igst);
  let least = -1n;
  for (let central = 0n; central <= left && central <= liability.cgst; central += 1n) {
    for (let state = 0n; central + state <= left && state <= liability.sgst; state += 1n) {
      const used = toOwn + central + state;
      // All of it has to be used before the others, as far as there is tax for it.
      const isUsedUp = used === credit.igst || (central === liability.cgst && state === liability.sgst);
      if (!isUsedUp) continue;
      const [ownCentral, centralLeft] = part(credit.cgst, liability.cgst - central);
      const [ownState, stateLeft] = part(credit.sgst, liability.sgst - state);
      const [byOthers] = part(centralLeft + stateLeft, liability.igst - toOwn);
      const cash = liability.igst + liability.cgst + liability.sgst - used - ownCentral - ownState - byOthers;
      if (least < 0n || cash < least) least = cash;
    }
  }
  return least;
}

const part = (held: bigint, owed: bigint): readonly [bigint, bigint] =>
  held < owed ? [held, 0n] : [owed, held - owed];

describe('common credit', () => {
  it('is given back by the share of exempt turnover, never less than it and never more than there is', () => {
    const turnover = fc
      .tuple(fc.bigInt({ min: 0n, max: 10_00_00_000_00n }), fc.bigInt({ min: 1n, max: 10_00_00_000_00n }))
      .map(([exemptPaise, more]) => ({ exemptPaise, totalPaise: exemptPaise + more - 1n }))
      .filter(({ totalPaise }) => totalPaise > 0n);
    fc.assert(
      fc.property(amounts(10_00_000_00n), turnover, (common, of) => {
        const reversed = commonCreditReversed(common, of);
        for (const head of gstHeads) {
          expect(reversed[head] <= common[head]).toBe(true);
          const exact = common[head] * of.exemptPaise;
          expect(reversed[head] * of.totalPaise >= exact && (reversed[head] - 1n) * of.totalPaise < exact).toBe(true);
        }
      }),
    );
  });

  it('of a college that only teaches is given back whole, and of none without turnover is it known', () => {
    const common = { igst: 7n, cgst: 5n, sgst: 5n, cess: 0n };
    expect(commonCreditReversed(common, { exemptPaise: 3n, totalPaise: 3n })).toEqual(common);
    expect(() => commonCreditReversed(common, { exemptPaise: 0n, totalPaise: 0n })).toThrow(RangeError);
  });
});
