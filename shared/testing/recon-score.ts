import type { Proposal } from '../domain/matching/model.ts';
import type { ReconHistory, TrueMatch } from './recon-truth.ts';

export interface ReconScore {
  readonly automatic: number;
  /** Automatic ones that are not what really was. */
  readonly wrong: readonly Proposal[];
  /** What speaks for itself and could therefore be found, and how much of it was found without anybody. */
  readonly matchable: number;
  readonly found: number;
  readonly missed: readonly TrueMatch[];
  /** All true matches, and how many of them were at least suggested. */
  readonly all: number;
  readonly proposed: number;
}

const nameOf = (lineIds: readonly string[], voucherLineIds: readonly string[]): string =>
  `${[...lineIds].sort().join(' ')} = ${[...voucherLineIds].sort().join(' ')}`;

/** Holds what was proposed against what is known. */
export function scoreProposals(history: ReconHistory, proposals: readonly Proposal[]): ReconScore {
  const trueOnes = new Map(history.matches.map((match) => [nameOf(match.lineIds, match.voucherLineIds), match]));
  const rules = history.ruleLineIds.map((id) => nameOf([id], []));
  const right = new Set([...trueOnes.keys(), ...rules]);
  const named = proposals.map((proposal) => ({ proposal, name: nameOf(proposal.lineIds, proposal.voucherLineIds) }));
  const automatic = named.filter(({ proposal }) => proposal.isAutomatic);
  const accepted = new Set(automatic.map(({ name }) => name));
  const matchable = history.matches.filter((match) => isMatchable(history, match));
  const missed = matchable.filter(({ lineIds, voucherLineIds }) => !accepted.has(nameOf(lineIds, voucherLineIds)));
  const proposed = new Set(named.map(({ name }) => name));
  return {
    automatic: automatic.length,
    wrong: automatic.filter(({ name }) => !right.has(name)).map(({ proposal }) => proposal),
    matchable: matchable.length + rules.length,
    found: matchable.length - missed.length + rules.filter((name) => accepted.has(name)).length,
    missed,
    all: history.matches.length + rules.length,
    proposed: [...right].filter((name) => proposed.has(name)).length,
  };
}

const dayMs = 86_400_000;
/** Nobody could tell by a name alone which of equal amounts within these days is meant. */
const twinDays = 7;
/** Everything on both sides by its amount, and the lines by their ids. */
interface Around {
  readonly amounts: ReadonlyMap<bigint, readonly { readonly id: string; readonly day: number }[]>;
  readonly lines: ReadonlyMap<string, { readonly paise: bigint; readonly day: number }>;
}
const amountsOf = new WeakMap<ReconHistory, Around>();

function isMatchable(history: ReconHistory, { evidence, lineIds, voucherLineIds }: TrueMatch): boolean {
  if (evidence !== 'party') return evidence !== 'none';
  const own = new Set([...lineIds, ...voucherLineIds]);
  const around = amountsOf.get(history) ?? byAmount(history);
  amountsOf.set(history, around);
  return lineIds.every((line) => {
    const { paise, day: ours } = around.lines.get(line) ?? { paise: 0n, day: 0 };
    return (around.amounts.get(paise) ?? []).every(({ id, day }) => own.has(id) || Math.abs(day - ours) > twinDays);
  });
}

function byAmount(history: ReconHistory): Around {
  const amounts = new Map<bigint, { readonly id: string; readonly day: number }[]>();
  const add = (id: string, date: string, paise: bigint): void => {
    const one = { id, day: Date.parse(date) / dayMs };
    const list = amounts.get(paise);
    if (list === undefined) amounts.set(paise, [one]);
    else list.push(one);
  };
  const lines = new Map<string, { readonly paise: bigint; readonly day: number }>();
  for (const { id, date, debitPaise, creditPaise } of history.lines) {
    add(id, date, creditPaise - debitPaise);
    lines.set(id, { paise: creditPaise - debitPaise, day: Date.parse(date) / dayMs });
  }
  for (const { voucherLineId, date, debitPaise, creditPaise } of history.entries) {
    add(voucherLineId, date, debitPaise - creditPaise);
  }
  return { amounts, lines };
}
