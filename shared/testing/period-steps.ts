import type { Person } from '../domain/rows.ts';
import { addDays, financialYearOf } from '../kernel/dates.ts';
import type { CollegeWorld, Outcome } from './college-world.ts';
import { pickOf } from './pick-of.ts';

export interface PeriodStep {
  readonly pick: number;
  readonly daysBack: number;
}

/** Closes a month or a year, or opens one again; often one with which that cannot be done. */
export function changePeriod(one: PeriodStep, world: CollegeWorld, maker: Person, decider: Person): Promise<Outcome> {
  const { pick } = one;
  const day = addDays(world.today, -Math.abs(one.daysBack));
  const closed = (kind: 'month' | 'year') =>
    pickOf(
      world.books.rows('periods').filter((period) => period.kind === kind && period.isClosed),
      pick,
    )?.name;
  const financialYear = closed('year') ?? financialYearOf(day);
  switch (pick % 7) {
    case 0:
      return world.run('period.close', { month: day.slice(0, 7) }, maker);
    case 1:
    case 2:
      return world.run('period.reopen', { month: closed('month') ?? day.slice(0, 7), reason: 'A late bill' }, decider);
    case 3:
      return world.run('year.close', { financialYear: financialYearOf(day) }, decider);
    case 4:
      return world.run('year.askReopen', { financialYear, reason: 'The auditor found a bill' }, maker);
    case 5:
      return world.run('year.askReopen', { financialYear, reason: 'The auditor found a bill' }, decider);
    default:
      return world.run('year.reopen', { financialYear }, decider);
  }
}
