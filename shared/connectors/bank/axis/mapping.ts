import type {
  FailureReason,
  PaymentFailure,
  PaymentMode,
  PaymentNews,
  PaymentState,
} from '../../../domain/payment-order/news.ts';
import type { StatementEntry } from '../../../domain/statement/model.ts';
import { type IsoDate, istDate, parseDate } from '../../../kernel/dates.ts';
import { decimalText, type Paise, parseRupees } from '../../../kernel/money.ts';
import { saidText } from '../../_kit/answers.ts';
import type { PaymentInstruction, StatementPage, StatementQuestion } from '../../_kit/bank.ts';
import type { AxisLine, AxisTransaction, StatementData, TransferBody } from './contract.ts';

const payModes: Readonly<Record<PaymentMode, 'NE' | 'RT'>> = { neft: 'NE', rtgs: 'RT' };

export const transferBody = (
  instruction: PaymentInstruction,
  { channelId = '', corpCode = '' }: Readonly<Record<string, string>>,
  now: number,
): TransferBody => ({
  channelId,
  corpCode,
  paymentDetails: [
    {
      txnPaymode: payModes[instruction.mode],
      custUniqRef: instruction.reference,
      corpAccNum: instruction.debitAccount,
      valueDate: istDate(now),
      txnAmount: decimalText(instruction.amountPaise),
      beneName: instruction.beneficiaryName,
      beneAccNum: instruction.beneficiaryAccount,
      beneIfscCode: instruction.beneficiaryIfsc,
      senderToReceiverInfo: instruction.purpose,
    },
  ],
});

/** What is not here is worked on, or said in a word we do not know: neither is a reason to take a payment for done or failed. */
const states: ReadonlyMap<string, PaymentState> = new Map([
  ['PROCESSED', 'paid'],
  ['REJECTED', 'failed'],
  ['RETURN', 'returned'],
  ['RETURNED', 'returned'],
]);

export const stateOf = (word: string): PaymentState => states.get(word.trim().toUpperCase()) ?? 'accepted';

const reasons: ReadonlyMap<string, FailureReason> = new Map([
  ['INSUFFICIENT_FUNDS', 'insufficient_funds'],
  ['LIMIT_EXCEEDED', 'limit_exceeded'],
  ['INVALID_ACCOUNT', 'invalid_account'],
  ['INVALID_IFSC', 'invalid_account'],
  ['ACCOUNT_CLOSED', 'invalid_account'],
  ['BENEFICIARY_BANK_OFFLINE', 'bank_offline'],
  ['DECLINED', 'declined'],
]);

export const reasonOf = (code: string | null): FailureReason | undefined => reasons.get((code ?? '').toUpperCase());

export function newsOf(said: AxisTransaction): PaymentNews {
  const state = stateOf(said.transactionStatus);
  const isOver = state === 'paid' || state === 'returned';
  return {
    reference: said.crn,
    providerId: said.transaction_id,
    state,
    utr: said.utrNo,
    bookedOn: isOver ? dayOf(said.processingDate) : null,
    failure: state === 'failed' || state === 'returned' ? failureOf(said) : null,
    chargesPaise: said.chargeAmount === null || said.chargeAmount === undefined ? null : paiseOf(said.chargeAmount),
  };
}

const failureOf = ({ responseCode, statusDescription }: AxisTransaction): PaymentFailure => ({
  reason: reasonOf(responseCode) ?? 'declined',
  text: saidText(statusDescription ?? ''),
});

function dayOf(text: string | null): IsoDate | null {
  const day = parseDate((text ?? '').split(' ')[0] ?? '');
  return day.ok ? day.value : null;
}

/** null where a line is outside of the days that were asked for, moves nothing, or the page is another one. */
export function pageOf(said: StatementData, asked: StatementQuestion): StatementPage | null {
  if (said.pageNo !== (asked.page ?? '1')) return null;
  const entries: StatementEntry[] = [];
  for (const line of said.transactions) {
    const entry = entryOf(line);
    if (entry === null || entry.date < asked.from || entry.date > asked.to) return null;
    entries.push(entry);
  }
  return {
    entries: oldestFirst(entries),
    openingPaise: maybePaise(said.openingBalance),
    closingPaise: maybePaise(said.closingBalance),
    nextPage: said.hasMore === 'Y' ? String(Number(said.pageNo) + 1) : null,
  };
}

/** A page may come newest first, and is then turned; lines of one day otherwise stay in the order in which they came. */
function oldestFirst(entries: readonly StatementEntry[]): readonly StatementEntry[] {
  const [first, last] = [entries.at(0), entries.at(-1)];
  const isTurned = first !== undefined && last !== undefined && first.date > last.date;
  const order = (one: StatementEntry, other: StatementEntry): number =>
    one.date === other.date ? 0 : one.date < other.date ? -1 : 1;
  return (isTurned ? entries.toReversed() : entries).toSorted(order);
}

function entryOf(line: AxisLine): StatementEntry | null {
  const moved = paiseOf(line.amount);
  if (moved === 0n) return null;
  return {
    date: line.transactionDate,
    valueDate: line.valueDate ?? null,
    narration: line.particulars.trim(),
    reference: line.referenceNo,
    chequeNo: line.chequeNo,
    debitPaise: line.crDr === 'D' ? moved : 0n,
    creditPaise: line.crDr === 'C' ? moved : 0n,
    balancePaise: maybePaise(line.balance),
  };
}

export const maybePaise = (rupees: string | null | undefined): Paise | null =>
  rupees === null || rupees === undefined ? null : paiseOf(rupees);

/** The contract has let decimal text through that fits, and nothing else. */
export function paiseOf(rupees: string): Paise {
  const read = parseRupees(rupees);
  if (!read.ok) throw new Error('the contract let an amount through that is none');
  return read.value;
}
