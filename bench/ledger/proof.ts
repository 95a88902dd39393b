import { trialFigures } from '../../shared/db/queries/reports/trial-balance.ts';
import type { Db } from '../../shared/db/tables.ts';
import { isNominal } from '../../shared/domain/period/figures.ts';
import { financialYearBounds, financialYearOf, type IsoDate } from '../../shared/kernel/dates.ts';
import { benchCollegeId } from '../data.mjs';
import type { JournalProgram } from './plain-text.ts';

/** Where the two differ: paise by account, debit positive; `earlier` is the surplus of the years before, which belongs to the funds. */
export interface Difference {
  readonly account: string;
  readonly ours: bigint;
  readonly theirs: bigint;
}

export interface Proof {
  readonly accounts: number;
  readonly differences: readonly Difference[];
}

/**
 * Holds the closing balances of our trial balance against those that another program adds up from the exported journal, to the paisa.
 * A journal has no financial years, so income and expenditure are asked for from 1 April, and what they had before is compared as one sum.
 */
export async function proveTrialBalance(
  db: Db,
  program: JournalProgram,
  journal: string,
  day: IsoDate,
): Promise<Proof> {
  const from = financialYearBounds(financialYearOf(day)).first;
  const figures = await trialFigures(db, {
    report: 'trial_balance',
    collegeId: benchCollegeId,
    from,
    to: day,
    language: 'en',
  });
  const nominal = new Set(figures.chart.accounts.flatMap(({ code, kind }) => (isNominal(kind) ? [code] : [])));
  const ever = program.balances((await program.run(journal, { ask: 'balances', to: day })).text);
  const year = program.balances(
    (await program.run(journal, { ask: 'balances', from, to: day, nominalOnly: true })).text,
  );
  const theirs = new Map([...ever].filter(([code]) => !nominal.has(code)));
  let earlier = 0n;
  for (const code of nominal) {
    theirs.set(code, year.get(code) ?? 0n);
    earlier += (ever.get(code) ?? 0n) - (year.get(code) ?? 0n);
  }
  theirs.set('earlier', earlier);
  const ours = new Map([...figures.accounts].map(([code, { closingPaise }]) => [code, closingPaise]));
  ours.set('earlier', -figures.earlierSurplusPaise);
  const differences = [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((account): readonly Difference[] => {
    const pair = { ours: ours.get(account) ?? 0n, theirs: theirs.get(account) ?? 0n };
    return pair.ours === pair.theirs ? [] : [{ account, ...pair }];
  });
  return { accounts: figures.accounts.size, differences };
}
