import { reconciledAccounts } from '../../shared/db/queries/reconciliation/accounts.ts';
import type { StatementEntry } from '../../shared/domain/statement/model.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { bookBanks } from '../adapters/bank/book-banks.ts';
import { accountantIn, bankAccountsOf } from '../adapters/pglite/payment-orders.ts';
import type { DeskContext } from '../host/desk-context.ts';
import { pause } from '../host/read-handlers.ts';
import { statementBooks } from '../host/reconciliation-handlers.ts';
import { stopHere } from '../services/jobs.ts';
import { type FetchedAccount, StatementFetch, type StatementFetchOptions } from '../services/statement-fetch.ts';
import type { LedgerCore } from './ledger-core.ts';
import type { LedgerDeskOptions } from './ledger-options.ts';

/** Asks the banks of this desk for statements, while an accountant is signed in. */
export function statementFetch(
  { session }: Pick<LedgerCore, 'session'>,
  context: DeskContext,
  { bank }: Pick<LedgerDeskOptions, 'bank'>,
): StatementFetch {
  const { db, clock, log } = context;
  const link = bookBanks(bank, () => bankAccountsOf(db));
  const accounts = async (): Promise<readonly FetchedAccount[]> => {
    const person = session.current();
    if (person === null) return [];
    const colleges = await accountantIn(db, person.personId, person.collegeIds);
    const found: FetchedAccount[] = [];
    for (const { collegeId, bankAccountId, connector, canState } of await link.accounts()) {
      if (!canState || !colleges.includes(collegeId)) continue;
      const rows = await reconciledAccounts(db, collegeId);
      const statementTo = rows.find(({ id }) => id === bankAccountId)?.statementTo ?? null;
      found.push({ collegeId, bankAccountId, connector, statementTo });
    }
    return found;
  };
  const fetchStatement: StatementFetchOptions['fetchStatement'] = async ({ bankAccountId }, from, to, job) => {
    const entries: StatementEntry[] = [];
    let [openingPaise, closingPaise, page]: [bigint | null, bigint | null, string | null] = [null, null, null];
    do {
      stopHere(job.signal);
      const answer = await link.statement(bankAccountId, { from, to, page });
      if (!answer.ok) throw new MunimError(answer.error.code, answer.error.details);
      if (page === null) openingPaise = answer.value.openingPaise;
      entries.push(...answer.value.entries);
      if (entries.length > limits.statement.linesMax) {
        throw new MunimError('STATEMENT_TOO_MANY_LINES', { limit: limits.statement.linesMax });
      }
      job.progress(entries.length, null);
      closingPaise = answer.value.closingPaise;
      page = answer.value.nextPage;
    } while (page !== null);
    return { format: 'api', accountNumber: null, from, to, openingPaise, closingPaise, entries };
  };
  return new StatementFetch({
    ...{ clock, accounts, fetchStatement, books: statementBooks(context), pause: () => pause(context) },
    onFault: ({ connector }, problem) =>
      log('a statement could not be fetched', { connector, problem: String(problem) }),
    // Of no table: what is told of the fetching is of this desk alone.
    onAsked: () => context.emit('changed', { tables: ['statement_fetch'] }),
  });
}
