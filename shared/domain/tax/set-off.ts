import { largerOf, type Paise, smallerOf, sumPaise } from '../../kernel/money.ts';

/** The heads of GST under which tax is owed, credit is held and cash is paid. */
export type GstHead = 'igst' | 'cgst' | 'sgst' | 'cess';
export const gstHeads: readonly GstHead[] = ['igst', 'cgst', 'sgst', 'cess'];
export type ByHead = Readonly<Record<GstHead, Paise>>;

/** Credit of one head that pays tax of another or the same. */
export interface SetOff {
  readonly credit: GstHead;
  readonly liability: GstHead;
  readonly paise: Paise;
}

export interface Settlement {
  /** In the order in which credit is used. */
  readonly setOffs: readonly SetOff[];
  /** What is left to be paid in cash. */
  readonly cash: ByHead;
  readonly creditLeft: ByHead;
}

/**
 * Pays tax with credit in the order of the law, with as little cash as it allows: first all integrated credit, for the integrated tax and then
 * for the other two in any order; then central credit for the central and the integrated tax, and last state credit for the state tax and, where
 * no central credit is left, for the integrated (CGST Act s. 49(5), 49A, 49B, rule 88A). Central credit never pays state tax, nor the other way
 * round. Tax under reverse charge, interest and fees are cash only and no part of this.
 */
export function setOff(liability: ByHead, credit: ByHead): Settlement {
  const ledger = new Ledger(liability, credit);
  ledger.use('igst', 'igst');
  // What the heads cannot pay by themselves comes first; the integrated credit has to be used up before theirs.
  ledger.use('igst', 'cgst', ledger.short('cgst'));
  ledger.use('igst', 'sgst', ledger.short('sgst'));
  ledger.use('igst', 'cgst');
  ledger.use('igst', 'sgst');
  ledger.use('cgst', 'cgst');
  ledger.use('cgst', 'igst');
  ledger.use('sgst', 'sgst');
  ledger.use('sgst', 'igst');
  ledger.use('cess', 'cess');
  return ledger.settlement();
}

class Ledger {
  readonly #owed: Record<GstHead, Paise>;
  readonly #held: Record<GstHead, Paise>;
  readonly #setOffs: SetOff[] = [];

  constructor(liability: ByHead, credit: ByHead) {
    this.#owed = { ...liability };
    this.#held = { ...credit };
  }

  /** What a head owes beyond its own credit. */
  short(head: GstHead): Paise {
    return largerOf(this.#owed[head] - this.#held[head], 0n);
  }

  use(credit: GstHead, liability: GstHead, most = this.#owed[liability]): void {
    const paise = smallerOf(smallerOf(this.#held[credit], this.#owed[liability]), most);
    if (paise <= 0n) return;
    this.#held[credit] -= paise;
    this.#owed[liability] -= paise;
    this.#setOffs.push({ credit, liability, paise });
  }

  settlement(): Settlement {
    return { setOffs: joined(this.#setOffs), cash: this.#owed, creditLeft: this.#held };
  }
}

/** One line for each pair of heads, where it came first. */
function joined(setOffs: readonly SetOff[]): readonly SetOff[] {
  return [...Map.groupBy(setOffs, ({ credit, liability }) => `${credit} ${liability}`).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : { ...first, paise: sumPaise(same.map(({ paise }) => paise)) };
  });
}

/** The turnovers of a period, exempt with nil-rated and non-GST ones. */
export interface Turnover {
  readonly exemptPaise: Paise;
  readonly totalPaise: Paise;
}

/**
 * What of the credit on things that serve taxable and exempt supplies alike has to be given back, for each head by itself (CGST rule 42, D1);
 * a paisa begun is a paisa. Without any turnover in the period nothing can be divided, and the college takes that of the last period that had one.
 * @throws RangeError where the turnover is none
 */
export function commonCreditReversed(common: ByHead, { exemptPaise, totalPaise }: Turnover): ByHead {
  if (totalPaise <= 0n || exemptPaise < 0n || exemptPaise > totalPaise) throw new RangeError('no such turnover');
  const part = (paise: Paise): Paise => (paise * exemptPaise + totalPaise - 1n) / totalPaise;
  return { igst: part(common.igst), cgst: part(common.cgst), sgst: part(common.sgst), cess: part(common.cess) };
}
