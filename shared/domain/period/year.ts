import { financialYearBounds, financialYearOf, istDate } from '../../kernel/dates.ts';
import { err, ok } from '../../kernel/result.ts';
import { neededReason } from '../approval/decide.ts';
import type { CommandArgs } from '../command/args.ts';
import type { BooksReader, CommandContext, CommandDefinition } from '../command/command.ts';
import { findPeriod, periodId } from './closed.ts';
import { closingFigures, figuresText, isNominal } from './figures.ts';
import { closedNow, periodRefusal } from './month.ts';

/**
 * Closes a financial year that is over, with the balances it ended with. Years are closed one after the other, and not while a bill of the
 * year waits for a decision: it would have to be posted elsewhere than the budget that holds it.
 */
export const closeYear: CommandDefinition<CommandArgs['year.close']> = {
  name: 'year.close',
  schemaVersion: 1,
  roles: ['principal', 'super_accountant'],
  documentId: (args, context) => periodId('year', args.financialYear, context),
  audit: 'rows',
  async decide({ financialYear }, context, books) {
    const { first, last } = financialYearBounds(financialYear);
    if (last >= istDate(context.occurredAt)) return err(periodRefusal(financialYear, 'not_over'));
    const before = await findPeriod('year', financialYear, context, books);
    if (before?.isClosed === true) return err(periodRefusal(financialYear, 'closed'));
    if (await isYearBeforeOpen(first, context, books)) return err(periodRefusal(financialYear, 'year_before'));
    if ((await books.waitingExpenses(financialYear)).length > 0) return err(periodRefusal(financialYear, 'waiting'));
    const figures = figuresText(await closingFigures(financialYear, books));
    return ok([{ table: 'periods', row: closedNow('year', financialYear, before, figures, context) }]);
  },
};

/** A year in which nothing but the opening balances stands need not be closed. */
async function isYearBeforeOpen(first: string, context: CommandContext, books: BooksReader): Promise<boolean> {
  const year = financialYearOf(`${Number(first.slice(0, 4)) - 1}-04-01`);
  if ((await findPeriod('year', year, context, books))?.isClosed === true) return false;
  const lastMonth = financialYearBounds(year).last.slice(0, 7);
  for (const { month, accountCode } of await books.totalsUpTo(lastMonth)) {
    if (month !== lastMonth) return true;
    const account = await books.accountByCode(accountCode);
    if (account !== undefined && isNominal(account.kind)) return true;
  }
  return false;
}

/** Asks to open a closed year. Somebody else opens it (year.reopen). */
export const askReopenYear: CommandDefinition<CommandArgs['year.askReopen']> = {
  name: 'year.askReopen',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'principal', 'super_accountant'],
  documentId: (args, context) => periodId('year', args.financialYear, context),
  audit: 'rows',
  async decide({ financialYear, reason: given }, context, books) {
    const reason = neededReason(given);
    if (!reason.ok) return reason;
    const period = await findPeriod('year', financialYear, context, books);
    if (period?.isClosed !== true) return err(periodRefusal(financialYear, 'open'));
    if (period.askedBy !== null) return err(periodRefusal(financialYear, 'asked'));
    const asked = { askedBy: context.actor.id, askedByName: context.actor.name, askedAt: context.occurredAt };
    const row = { ...period, ...asked, reason: reason.value, revision: period.revision + 1 };
    return ok([{ table: 'periods', row }]);
  },
};

/** Opens a closed year that another person asked to open. What it ended with when it was closed stays on record until it is closed anew. */
export const reopenYear: CommandDefinition<CommandArgs['year.reopen']> = {
  name: 'year.reopen',
  schemaVersion: 1,
  roles: ['principal', 'super_accountant'],
  documentId: (args, context) => periodId('year', args.financialYear, context),
  audit: 'rows',
  async decide({ financialYear }, context, books) {
    const period = await findPeriod('year', financialYear, context, books);
    if (period?.isClosed !== true) return err(periodRefusal(financialYear, 'open'));
    if (period.askedBy === null) return err(periodRefusal(financialYear, 'not_asked'));
    if (period.askedBy === context.actor.id) return err(periodRefusal(financialYear, 'same_person'));
    const next = await findPeriod(
      'year',
      financialYearOf(`${Number(financialYear.slice(0, 4)) + 1}-04-01`),
      context,
      books,
    );
    if (next?.isClosed === true) return err(periodRefusal(next.name, 'year_closed'));
    return ok([{ table: 'periods', row: { ...period, isClosed: false, revision: period.revision + 1 } }]);
  },
};
