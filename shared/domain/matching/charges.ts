import { type Paise, shareOf } from '../../kernel/money.ts';
import type { MatchRule } from './model.ts';

/** The tax on what gateways and banks charge, in basis points. */
const taxBasisPoints = 1_800n;
/** Gateways agree on rates such as 1.95 or 2.00 percent. */
const rateStep = 5n;

/** What a gateway kept of a settlement. */
export interface Charge {
  readonly paise: Paise;
  readonly taxPaise: Paise;
  /** The rate that gives exactly this; null where none does. */
  readonly basisPoints: bigint | null;
}

/**
 * Reads what is missing of a settlement as a fee and the tax on it. The rate is known only if it gives the difference to the paisa, rounded
 * payment by payment or once over all, as gateways do: a receipt that is missing in the books would hardly do the same.
 * @returns null where it is more than a gateway may keep, or nothing
 */
export function readCharge(gross: readonly Paise[], kept: Paise, mostBasisPoints: bigint): Charge | null {
  let total = 0n;
  for (const paise of gross) total += paise;
  const most = shareOf(total, mostBasisPoints);
  if (kept <= 0n || total <= 0n || kept > most + shareOf(most, taxBasisPoints) + BigInt(gross.length)) return null;
  const fee = (kept * 10_000n + (10_000n + taxBasisPoints) / 2n) / (10_000n + taxBasisPoints);
  const nearest = ((fee * 10_000n) / total / rateStep) * rateStep;
  for (const rate of [nearest, nearest + rateStep]) {
    if (rate <= 0n) continue;
    const once = shareOf(total, rate);
    if (once + shareOf(once, taxBasisPoints) === kept) {
      return { paise: once, taxPaise: kept - once, basisPoints: rate };
    }
    let [fees, taxes] = [0n, 0n];
    for (const paise of gross) {
      const each = shareOf(paise, rate);
      fees += each;
      taxes += shareOf(each, taxBasisPoints);
    }
    if (fees + taxes === kept) return { paise: fees, taxPaise: taxes, basisPoints: rate };
  }
  return { paise: fee, taxPaise: kept - fee, basisPoints: null };
}

/** Rules by the words they ask for. */
export class RuleBook {
  readonly #rules: readonly { readonly rule: MatchRule; readonly words: readonly string[] }[];

  constructor(rules: readonly MatchRule[]) {
    this.#rules = rules
      .map((rule) => ({ rule, words: ruleWords(rule.words) }))
      .filter(({ words }) => words.length > 0)
      // The more words a rule asks for the better it knows what it means.
      .sort((a, b) => b.words.length - a.words.length || (a.rule.id < b.rule.id ? -1 : 1));
  }

  /** Rules of a direction all of whose words stand in the narration, those that ask for most, which may be several. */
  fitting(narration: string, direction: MatchRule['direction']): readonly MatchRule[] {
    if (this.#rules.length === 0) return [];
    const words = new Set(ruleWords(narration));
    let asked = 0;
    const found: MatchRule[] = [];
    for (const { rule, words: wanted } of this.#rules) {
      if (rule.direction !== direction || wanted.length < asked || !wanted.every((word) => words.has(word))) continue;
      asked = wanted.length;
      found.push(rule);
    }
    return found;
  }
}

const ruleWords = (text: string): readonly string[] => text.toUpperCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
