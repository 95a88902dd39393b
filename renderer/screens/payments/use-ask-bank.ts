import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

/** Asks the bank after one payment and says what it answered; the list itself changes by what the books got to know. */
export function useAskBank(collegeId: Id) {
  const desk = useDesk();
  const text = useText();
  const { busy, error, run } = useCall();
  const ask = async ({ id, number, bankAccountId }: PaymentOrderRow): Promise<void> => {
    await run(async () => {
      const { state } = await desk.call('payments.askBank', { collegeId, bankAccountId, orderId: id });
      announce(text(`ask.said.${state}`, { number: number ?? '' }));
    });
  };
  return { busy, error, ask };
}
