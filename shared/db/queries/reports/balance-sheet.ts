import { isNominal } from '../../../domain/period/figures.ts';
import type { BalanceFigures, StandAt } from '../../../domain/report/balance-sheet.ts';
import { yearStart } from '../../../domain/report/frame.ts';
import type { ReportQuestion } from '../../../domain/report/names.ts';
import type { Chart } from '../../../domain/report/statement-rows.ts';
import { addDays, type IsoDate } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Db } from '../../tables.ts';
import { figuresOver } from './balances.ts';
import { chartOf } from './books-head.ts';

/** As at `to`, held against the end of the financial year before. */
export async function balanceFigures(db: Db, { collegeId, to }: ReportQuestion): Promise<BalanceFigures> {
  const chart = await chartOf(db, collegeId);
  const before = await standAt(db, collegeId, addDays(yearStart(to), -1), chart);
  return { chart, now: await standAt(db, collegeId, to, chart), before };
}

async function standAt(db: Db, collegeId: Id, date: IsoDate, chart: Chart): Promise<StandAt> {
  const { accounts, earlierSurplusPaise } = await figuresOver(
    db,
    collegeId,
    { from: yearStart(date), to: date },
    chart,
  );
  const nominal = new Set(chart.accounts.flatMap(({ code, kind }) => (isNominal(kind) ? [code] : [])));
  let currentSurplusPaise = 0n;
  for (const [code, { closingPaise }] of accounts) if (nominal.has(code)) currentSurplusPaise -= closingPaise;
  const balances = new Map([...accounts].map(([code, { closingPaise }]) => [code, closingPaise]));
  return { date, balances, earlierSurplusPaise, currentSurplusPaise };
}
