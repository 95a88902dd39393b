import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { BankAccountView, BillToPay, OrderStage, PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { useAsk, useDesk } from '../../data/desk.tsx';

const LIMIT = limits.list.pageRowsMax;

/** All windows of a list that is never very long: what waits, and not what is over. */
async function allOf<Row>(
  page: (offset: number) => Promise<{ readonly rows: readonly Row[]; readonly count: number }>,
) {
  const rows: Row[] = [];
  for (;;) {
    const answer = await page(rows.length);
    rows.push(...answer.rows);
    if (answer.rows.length < LIMIT) return rows;
  }
}

const errorOf = (query: UseQueryResult<unknown>): MunimError | null =>
  query.error === null ? null : toMunimError(query.error);

interface All<Row> {
  /** Undefined while they are on the way. */
  readonly rows: readonly Row[] | undefined;
  readonly error: MunimError | null;
}

/** Every bill to pay, also those that no window in sight has: for sums of what is ticked. Current by itself, as every question. */
export function useAllBills(collegeId: Id, enabled: boolean): All<BillToPay> {
  const desk = useDesk();
  const query = useQuery({
    queryKey: ['payments.toPay', { collegeId, all: true }],
    queryFn: () =>
      allOf<BillToPay>((offset) => desk.call('payments.toPay', { collegeId, text: '', offset, limit: LIMIT })),
    enabled,
  });
  return { rows: query.data, error: errorOf(query) };
}

/** Every order of a stage that fits the words. */
export function useAllOrders(collegeId: Id, stage: OrderStage, text = ''): All<PaymentOrderRow> {
  const desk = useDesk();
  const query = useQuery<readonly PaymentOrderRow[]>({
    queryKey: ['payments.orders', { collegeId, stage, text, all: true }],
    queryFn: () =>
      allOf<PaymentOrderRow>((offset) =>
        desk.call('payments.orders', { collegeId, stage, text, offset, limit: LIMIT }),
      ),
    placeholderData: (earlier) => earlier,
  });
  return { rows: query.data, error: errorOf(query) };
}

/** The accounts of the college at its banks, those in use first. */
export function useBankAccounts(collegeId: Id): readonly BankAccountView[] | undefined {
  return useAsk('bankAccounts.list', { collegeId }).data?.rows;
}

/** What may still be released from the account today; null where nobody has set limits. */
export const leftToday = ({ dailyLimitPaise, releasedTodayPaise }: BankAccountView): bigint | null => {
  if (dailyLimitPaise === null) return null;
  const left = dailyLimitPaise - releasedTodayPaise;
  return left > 0n ? left : 0n;
};
