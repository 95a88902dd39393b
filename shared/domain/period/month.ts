import { financialYearOf, istDate, monthOf } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import { neededReason } from '../approval/decide.ts';
import type { CommandArgs } from '../command/args.ts';
import type { CommandContext, CommandDefinition } from '../command/command.ts';
import type { Period } from '../ledger-rows.ts';
import { findPeriod, periodId } from './closed.ts';

/**
 * Why a period cannot be closed or opened. not_over: it still runs; closed, open: it is so already; year_closed: its year is closed;
 * waiting: bills of it wait for a decision; year_before: the year before it is open; asked: somebody asks already; not_asked: nobody does;
 * same_person: who asks does not open.
 */
export type PeriodReason =
  | 'not_over'
  | 'closed'
  | 'open'
  | 'year_closed'
  | 'waiting'
  | 'year_before'
  | 'asked'
  | 'not_asked'
  | 'same_person';

export const periodRefusal = (period: string, reason: PeriodReason): Refusal =>
  refusal('PERIOD_INVALID', { period, reason });

/** The row of a period that is closed now. */
export const closedNow = (
  kind: Period['kind'],
  name: string,
  before: Period | undefined,
  figures: string | null,
  context: CommandContext,
): Period => ({
  collegeId: context.collegeId,
  id: periodId(kind, name, context),
  kind,
  name,
  isClosed: true,
  closedBy: context.actor.id,
  closedByName: context.actor.name,
  closedAt: context.occurredAt,
  figures,
  askedBy: null,
  askedByName: null,
  askedAt: null,
  reason: null,
  revision: (before?.revision ?? 0) + 1,
});

/** Closes a month that is over: nothing more is posted to it until it is opened again. */
export const closeMonth: CommandDefinition<CommandArgs['period.close']> = {
  name: 'period.close',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'principal'],
  documentId: (args, context) => periodId('month', args.month, context),
  audit: 'rows',
  async decide({ month }, context, books) {
    if (month >= monthOf(istDate(context.occurredAt))) return err(periodRefusal(month, 'not_over'));
    const before = await findPeriod('month', month, context, books);
    if (before?.isClosed === true) return err(periodRefusal(month, 'closed'));
    return ok([{ table: 'periods', row: closedNow('month', month, before, null, context) }]);
  },
};

/** Opens a closed month for late entries. A principal does, with a reason that stays on record. */
export const reopenMonth: CommandDefinition<CommandArgs['period.reopen']> = {
  name: 'period.reopen',
  schemaVersion: 1,
  roles: ['principal', 'super_accountant'],
  documentId: (args, context) => periodId('month', args.month, context),
  audit: 'rows',
  async decide({ month, reason: given }, context, books) {
    const reason = neededReason(given);
    if (!reason.ok) return reason;
    const before = await findPeriod('month', month, context, books);
    if (before?.isClosed !== true) return err(periodRefusal(month, 'open'));
    const year = await findPeriod('year', financialYearOf(`${month}-01`), context, books);
    if (year?.isClosed === true) return err(periodRefusal(month, 'year_closed'));
    const row: Period = {
      ...before,
      isClosed: false,
      askedBy: context.actor.id,
      askedByName: context.actor.name,
      askedAt: context.occurredAt,
      reason: reason.value,
      revision: before.revision + 1,
    };
    return ok([{ table: 'periods', row }]);
  },
};
