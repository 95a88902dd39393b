import { z } from 'zod';
import { zId, zMonth, zPaise, zYear } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';

const zClosed = z.strictObject({ byName: z.string(), at: z.int() });

export const zMonthView = z.strictObject({
  month: zMonth,
  /** Posted lines and what they moved. */
  lineCount: z.int(),
  debitPaise: zPaise,
  closed: zClosed.nullable(),
  /** Closed before and opened again: by whom, when and why. */
  reopened: z.strictObject({ byName: z.string(), at: z.int(), reason: z.string() }).nullable(),
  actions: z.array(z.enum(['close', 'reopen'])),
});
export interface MonthView extends Readonly<z.infer<typeof zMonthView>> {}

export const zYearView = z.strictObject({
  financialYear: zYear,
  months: z.array(zMonthView),
  closed: zClosed.nullable(),
  /** Who asks to open a closed year, and why. */
  asked: z.strictObject({ byName: z.string(), at: z.int(), reason: z.string() }).nullable(),
  /** Income less expenditure as posted now. */
  surplusPaise: zPaise,
  /** Whether the books still say what they said when the year was closed; null while it is open. */
  agrees: z.boolean().nullable(),
  /** Bills of the year that wait for a decision. */
  waiting: z.int(),
  actions: z.array(z.enum(['close', 'ask', 'reopen'])),
});
export interface YearView extends Readonly<z.infer<typeof zYearView>> {}

export const periodChannels = {
  /** The financial years of a college that have postings or were closed, and the present one; newest first. */
  'periods.list': channel(z.strictObject({ collegeId: zId }), z.strictObject({ years: z.array(zYearView) })),
} as const;
