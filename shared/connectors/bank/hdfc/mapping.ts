import type { PaymentNews, PaymentState } from '../../../domain/payment-order/news.ts';
import type { StatementEntry } from '../../../domain/statement/model.ts';
import { sumPaise } from '../../../kernel/money.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import type { BulkInstruction, BulkReceipt, StatementPage, StatementQuestion } from '../../_kit/bank.ts';
import type { CodeMeaning } from '../../_kit/bank-answer.ts';
import { failureOf } from '../../_kit/failure-words.ts';
import { rupeeJson } from '../../_kit/rupee-json.ts';
import { joinPage, type PageFault, type PageLine } from '../../_kit/statement-pages.ts';
import type { HdfcBatch, HdfcLine, HdfcRow, HdfcStatement } from './contract.ts';

/** Any other word leaves the payment open. */
const states: Readonly<Record<string, PaymentState>> = {
  SUCCESS: 'paid',
  FAILED: 'failed',
  PENDING: 'accepted',
  RETURNED: 'returned',
};

export const hdfcCodes: Readonly<Record<string, CodeMeaning>> = {
  INVALID_REQUEST: 'validation',
  TOTAL_MISMATCH: 'validation',
  INVALID_API_KEY: 'auth',
  CERTIFICATE_REQUIRED: 'auth',
  ACCOUNT_NOT_FOUND: 'account',
  INSUFFICIENT_FUNDS: 'payment',
  DAILY_LIMIT_EXCEEDED: 'payment',
  BATCH_DECLINED: 'payment',
  DUPLICATE_BATCH: 'duplicate',
};

/** The document's form of a batch. `employeeId` is our reference of the payment; the total is the sum of the rows to the paisa. */
export const bulkBody = ({ debitAccount, payments, paymentDate }: BulkInstruction): string =>
  rupeeJson({
    debitAccount,
    payments: payments.map((payment) => ({
      beneficiaryAccount: payment.beneficiaryAccount,
      beneficiaryName: payment.beneficiaryName,
      ifscCode: payment.beneficiaryIfsc,
      amount: payment.amountPaise,
      employeeId: payment.reference,
    })),
    totalAmount: sumPaise(payments.map(({ amountPaise }) => amountPaise)),
    paymentDate,
  });

export function pageOf(
  statement: HdfcStatement,
  asked: StatementQuestion,
): Result<StatementPage, PageFault | 'other_account' | 'other_period'> {
  if (statement.accountNumber !== asked.accountNumber) return err('other_account');
  if (statement.fromDate !== asked.from || statement.toDate !== asked.to) return err('other_period');
  const { page, totalPages: pages, totalRecords: records, openingBalance, closingBalance } = statement;
  const joined = joinPage(statement.transactions.map(lineOf), { page, pages, records }, asked);
  if (!joined.ok) return joined;
  const { entries, openingPaise, closingPaise, nextPage } = joined.value;
  if (entries.length === 0) {
    if (asked.page === null && openingBalance !== closingBalance) return err('balance_broken');
    return ok({ entries, openingPaise: openingBalance, closingPaise: closingBalance, nextPage });
  }
  const startsRight = asked.page !== null || openingPaise === openingBalance;
  const endsRight = nextPage !== null || closingPaise === closingBalance;
  return startsRight && endsRight ? joined : err('balance_broken');
}

function lineOf(line: HdfcLine): PageLine {
  const entry: StatementEntry = {
    date: line.date,
    valueDate: line.valueDate ?? null,
    narration: line.narration,
    reference: line.referenceNumber || line.transactionId,
    chequeNo: line.chequeNumber || null,
    debitPaise: line.withdrawalAmount,
    creditPaise: line.depositAmount,
    balancePaise: line.closingBalance,
  };
  return { key: line.transactionId, entry };
}

/** Why a batch that the bank describes cannot be the one that was sent. */
export type BatchFault = 'other_batch' | 'other_count' | 'other_total' | 'other_row';

/**
 * What became of each payment of a batch. Where the batch as a whole is another than was sent, nothing follows for any row. A row of which
 * the bank says nothing, or two things, is left open and asked for again.
 */
export function receiptOf(batch: HdfcBatch, sent: BulkInstruction): Result<BulkReceipt, BatchFault> {
  if (batch.batchId !== sent.batchId) return err('other_batch');
  if (batch.totalCount !== sent.payments.length) return err('other_count');
  if (batch.totalAmount !== sumPaise(sent.payments.map(({ amountPaise }) => amountPaise))) return err('other_total');
  const amounts = new Map(sent.payments.map(({ reference, amountPaise }) => [reference, amountPaise]));
  // Whose reference was not sent has no amount here either.
  if (batch.payments.some(({ employeeId, amount }) => amounts.get(employeeId) !== amount)) return err('other_row');
  const rows = sent.payments.map(({ reference }) => newsOfReference(batch, reference) ?? openNews(reference));
  return ok({ batchId: sent.batchId, providerId: batch.batchReference ?? null, rows });
}

/** What the batch says of one payment; undefined where it says nothing or contradicts itself. */
export function newsOfReference(batch: HdfcBatch, reference: string): PaymentNews | undefined {
  const [row, ...others] = batch.payments.filter(({ employeeId }) => employeeId === reference);
  return row === undefined || others.length > 0 ? undefined : newsOf(row);
}

/** Whether a batch agrees with its own rows. */
export const isWhole = ({ payments, totalCount, totalAmount }: HdfcBatch): boolean =>
  payments.length === totalCount && sumPaise(payments.map(({ amount }) => amount)) === totalAmount;

function newsOf(row: HdfcRow): PaymentNews {
  const state = Object.hasOwn(states, row.status) ? (states[row.status] ?? 'accepted') : 'accepted';
  const isBooked = state === 'paid' || state === 'returned';
  return {
    reference: row.employeeId,
    providerId: row.transactionId ?? null,
    state,
    utr: row.utr || null,
    bookedOn: isBooked ? (row.settledOn ?? null) : null,
    failure: state === 'failed' || state === 'returned' ? failureOf(null, row.reason ?? '') : null,
    chargesPaise: null,
  };
}

const openNews = (reference: string): PaymentNews => ({
  ...{ reference, providerId: null, state: 'accepted', utr: null, bookedOn: null, failure: null, chargesPaise: null },
});
