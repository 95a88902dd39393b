import { addDays, istDate } from '../../shared/kernel/dates.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { bookBanks } from '../adapters/bank/book-banks.ts';
import { accountantIn, bankAccountsOf, ordersToSend } from '../adapters/pglite/payment-orders.ts';
import type { DeskContext } from '../host/desk-context.ts';
import { PaymentRunner } from '../services/payment-runner.ts';
import type { LedgerCore } from './ledger-core.ts';
import type { LedgerDeskOptions } from './ledger-options.ts';

/** The runner of payments over the books of this desk. */
export function paymentRunner(
  core: Pick<LedgerCore, 'session' | 'sync' | 'attention' | 'runCommand'>,
  { db, clock, device, log }: DeskContext,
  { bank }: Pick<LedgerDeskOptions, 'bank'>,
): PaymentRunner {
  return new PaymentRunner({
    link: bookBanks(bank, () => bankAccountsOf(db)),
    clock,
    deviceId: () => device()?.id ?? null,
    colleges: async () => {
      const person = core.session.current();
      if (person === null || !core.sync.isLevel) return [];
      return await accountantIn(db, person.personId, person.collegeIds);
    },
    orders: (accounts) => ordersToSend(db, accounts, addDays(istDate(clock.now()), -limits.payment.utrDays)),
    run: async (command) => {
      await core.runCommand(command);
    },
    letGoRefusedTakes: async (collegeIds) => {
      for (const { seq, name, ways } of await core.attention.list(collegeIds)) {
        const isOurs = name === 'order.take' && ways.includes('take_theirs');
        if (isOurs) await core.attention.settle(seq, 'take_theirs', collegeIds);
      }
    },
    onFault: (problem) => log('a payment could not be gone on with', { problem: String(problem) }),
  });
}
