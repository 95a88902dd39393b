import { refusal } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { err } from '../../../shared/kernel/result.ts';
import type { BankAnswer, BankLink, BankReach } from '../../../shared/ports/bank-link.ts';

/** As much of an account in the books as tells which connection goes to it. */
export interface BookAccount {
  readonly collegeId: Id;
  readonly id: Id;
  readonly accountCode: string;
  readonly accountNumber: string;
  /** Over which the college wants it to go; null where all goes by file. */
  readonly connector: string | null;
  readonly isActive: boolean;
}

/**
 * The banks as the books name their accounts. The main side knows connections and no books; which account one goes to is told by GL code, account
 * number and connector together, so that a connection to another number or bank than the books have is not used.
 */
export function bookBanks(link: BankLink, accounts: () => Promise<readonly BookAccount[]>): BankLink {
  const reached = new Map<Id, Id>();
  const over = (bankAccountId: Id): Id | undefined => reached.get(bankAccountId);
  const notHere = refusal('BANK_NOT_SET_UP');
  const doubts = (named: readonly { readonly orderId: Id; readonly fence: number }[]): readonly BankAnswer[] =>
    named.map(({ orderId, fence }) => ({ orderId, fence, kind: 'in_doubt', refusal: notHere }));
  return {
    accounts: async () => {
      const [reaches, rows] = [await link.accounts(), await accounts()];
      reached.clear();
      return reaches.flatMap((reach): readonly BankReach[] => {
        const row = rows.find((one) => one.isActive && isSame(one, reach));
        if (row === undefined || reached.has(row.id)) return [];
        reached.set(row.id, reach.bankAccountId);
        return [{ ...reach, bankAccountId: row.id }];
      });
    },
    send: async (id, sendings) => {
      const connection = over(id);
      return connection === undefined ? doubts(sendings) : await link.send(connection, sendings);
    },
    enquire: async (id, questions) => {
      const connection = over(id);
      return connection === undefined ? doubts(questions) : await link.enquire(connection, questions);
    },
    balance: async (id) => {
      const connection = over(id);
      return connection === undefined ? err(notHere) : await link.balance(connection);
    },
    statement: async (id, period) => {
      const connection = over(id);
      return connection === undefined ? err(notHere) : await link.statement(connection, period);
    },
  };
}

const isSame = (row: BookAccount, reach: BankReach): boolean =>
  row.collegeId === reach.collegeId &&
  row.accountCode === reach.accountCode &&
  row.accountNumber === reach.accountNumber &&
  row.connector === reach.connector;
