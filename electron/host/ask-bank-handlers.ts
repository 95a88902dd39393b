import { MunimError } from '../../shared/kernel/errors.ts';
import type { PaymentRunner } from '../services/payment-runner.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';

/** What a person asks a bank himself, without waiting for the desk to do so. */
export function askBankHandlers(context: DeskContext, payments: Pick<PaymentRunner, 'askNow'>) {
  return {
    'payments.askBank': async ({ collegeId, bankAccountId, orderId }) => {
      const { role } = context.requireCollege(collegeId);
      if (role !== 'college_accounts_admin') throw new MunimError('AUTH_FORBIDDEN', { role });
      return { state: await payments.askNow({ collegeId, bankAccountId }, orderId) };
    },
  } satisfies HandlerMap;
}
