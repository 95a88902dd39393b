import { refusal } from '../../../shared/kernel/errors.ts';
import { err } from '../../../shared/kernel/result.ts';
import type { BankLink } from '../../../shared/ports/bank-link.ts';

const notSetUp = refusal('BANK_NOT_SET_UP');

/** A desk on which no bank account is set up: everything goes by file, and nothing is ever sent from here. */
export const noBanks: BankLink = {
  accounts: async () => [],
  send: async (_account, sendings) =>
    sendings.map(({ orderId, fence }) => ({ orderId, fence, kind: 'in_doubt', refusal: notSetUp })),
  enquire: async (_account, questions) =>
    questions.map(({ orderId, fence }) => ({ orderId, fence, kind: 'in_doubt', refusal: notSetUp })),
  balance: async () => err(notSetUp),
  statement: async () => err(notSetUp),
};
