import type { ReportQuestion } from '../../../domain/report/names.ts';
import type { TrialFigures } from '../../../domain/report/trial-balance.ts';
import type { Db } from '../../tables.ts';
import { figuresOver } from './balances.ts';
import { chartOf } from './books-head.ts';

export async function trialFigures(db: Db, question: ReportQuestion): Promise<TrialFigures> {
  const chart = await chartOf(db, question.collegeId);
  return { chart, ...(await figuresOver(db, question.collegeId, question, chart)) };
}
