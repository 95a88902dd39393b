import { periodBefore } from '../../../domain/report/frame.ts';
import type { IncomeFigures, Moved } from '../../../domain/report/income-expenditure.ts';
import type { ReportQuestion } from '../../../domain/report/names.ts';
import type { Db } from '../../tables.ts';
import { figuresOver, type PeriodFigures } from './balances.ts';
import { chartOf } from './books-head.ts';

export async function incomeFigures(db: Db, question: ReportQuestion): Promise<IncomeFigures> {
  const { collegeId } = question;
  const chart = await chartOf(db, collegeId);
  const earlier = periodBefore(question);
  const moved = movedIn(await figuresOver(db, collegeId, question, chart));
  return { chart, moved, before: { ...earlier, moved: movedIn(await figuresOver(db, collegeId, earlier, chart)) } };
}

const movedIn = ({ accounts }: PeriodFigures): Moved =>
  new Map([...accounts].map(([code, { debitPaise, creditPaise }]) => [code, debitPaise - creditPaise]));
