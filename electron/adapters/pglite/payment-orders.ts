import { and, asc, eq, gte, inArray, isNull, or } from 'drizzle-orm';
import { bankAccounts, paymentOrders } from '../../../shared/db/bank-schema.ts';
import { people } from '../../../shared/db/schema.ts';
import type { Db } from '../../../shared/db/tables.ts';
import { atBank } from '../../../shared/domain/payment-order/status.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { BankReach } from '../../../shared/ports/bank-link.ts';
import type { DeskOrder } from '../../../shared/ports/payment-books.ts';

/**
 * What there is to do for the runner of payments: orders that go out or are out, and those released since this day that were paid without a UTR, the
 * oldest first.
 */
export async function ordersToSend(
  db: Db,
  accounts: readonly Pick<BankReach, 'collegeId' | 'bankAccountId'>[],
  utrSince: IsoDate,
): Promise<readonly DeskOrder[]> {
  if (accounts.length === 0) return [];
  const { collegeId, bankAccountId, status, utr, releasedOn } = paymentOrders;
  const rows = await db
    .select({ order: paymentOrders, account: bankAccounts })
    .from(paymentOrders)
    .innerJoin(
      bankAccounts,
      and(eq(bankAccounts.collegeId, paymentOrders.collegeId), eq(bankAccounts.id, paymentOrders.bankAccountId)),
    )
    .where(
      and(
        inArray(collegeId, [...new Set(accounts.map((one) => one.collegeId))]),
        inArray(
          bankAccountId,
          accounts.map((one) => one.bankAccountId),
        ),
        or(inArray(status, ['released', ...atBank]), and(eq(status, 'paid'), isNull(utr), gte(releasedOn, utrSince))),
      ),
    )
    .orderBy(asc(paymentOrders.releasedAt), asc(paymentOrders.id));
  return rows.map(({ order, account }) => {
    const { version, ...row } = order;
    const { version: _, ...of } = account;
    // A row that this desk predicts has the version 0 until the server has written it.
    return { order: row, account: of, isConfirmed: version > 0 };
  });
}

/** The colleges of these in which the person is an accountant. */
export async function accountantIn(db: Db, personId: Id, collegeIds: readonly Id[]): Promise<readonly Id[]> {
  if (collegeIds.length === 0) return [];
  const rows = await db
    .select({ collegeId: people.collegeId })
    .from(people)
    .where(
      and(
        eq(people.id, personId),
        inArray(people.collegeId, [...collegeIds]),
        eq(people.role, 'college_accounts_admin'),
        eq(people.isActive, true),
      ),
    );
  return rows.map(({ collegeId }) => collegeId);
}

/** The accounts of all colleges of this desk, to find the connections that go to them. */
export const bankAccountsOf = (db: Db) =>
  db
    .select({
      ...{ collegeId: bankAccounts.collegeId, id: bankAccounts.id, isActive: bankAccounts.isActive },
      ...{ accountCode: bankAccounts.accountCode, accountNumber: bankAccounts.accountNumber },
      connector: bankAccounts.connector,
    })
    .from(bankAccounts);
