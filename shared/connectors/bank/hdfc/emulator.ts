import { isIsoDate, istDate } from '../../../kernel/dates.ts';
import { type Paise, sumPaise } from '../../../kernel/money.ts';
import {
  ConnectorEmulator,
  type EmulatedAnswer,
  type EmulatedRequest,
  type EmulatorKind,
  type EmulatorSetup,
  json,
} from '../../_kit/emulator.ts';
import type { AcceptedInstruction, WantedPayment } from '../../_kit/emulator-bank.ts';
import {
  bodyOf,
  isAccountNumber,
  isIfsc,
  type NumberedLine,
  pageOfLines,
  paiseOfMember,
  refusal,
  rupees,
  textOfMember,
} from '../../_kit/emulator-rupees.ts';
import { type BatchRow, EmulatedBatches } from './emulator-batches.ts';

const REQUESTS_PER_MINUTE = 100;
const RTGS_MIN_PAISE = 2_00_000_00n;

const words = { accepted: 'PENDING', paid: 'SUCCESS', failed: 'FAILED', returned: 'RETURNED' } as const;
const reasons = {
  insufficient_funds: 'Insufficient balance in the debit account',
  invalid_account: 'Beneficiary account does not exist',
  limit_exceeded: 'Limit of the day exceeded',
  bank_offline: 'Beneficiary bank is offline',
  declined: 'Declined',
} as const;

const no = (status: number, code: string, text: string) => refusal(status, code, 'errorMessage', text);

/** HDFC's side: statements in pages, batches of payments row by row, and the enquiry that is ours. It allows 100 requests a minute. */
export class HdfcEmulator extends ConnectorEmulator {
  /** What the next batches are spoilt with: their count or total is wrong, a row is left out, given twice, somebody else's. */
  batchFault: 'count' | 'total' | 'row_missing' | 'row_twice' | 'row_strange' | 'row_amount' | null = null;
  readonly #batches: EmulatedBatches;

  constructor(setup: EmulatorSetup) {
    const { requestsPerMinute = REQUESTS_PER_MINUTE } = setup;
    super({ ...setup, requestsPerMinute }, 'HDFC');
    this.#batches = new EmulatedBatches(this.bank, setup.stateFile ?? null);
  }

  override async stop(): Promise<void> {
    await super.stop();
    this.#batches.close();
  }

  protected override tooMany(): EmulatedAnswer {
    const answer = no(429, 'RATE_LIMITED', 'More than 100 requests in a minute');
    return { ...answer, headers: { ...answer.headers, 'retry-after': '1' } };
  }

  protected override answer(request: EmulatedRequest): EmulatedAnswer {
    if (request.headers['x-api-key'] !== this.setup.secrets.apiKey) {
      return no(401, 'INVALID_API_KEY', 'The key is not known');
    }
    if (!/^[0-9a-f-]{36}$/.test(request.headers['x-request-id'] ?? '')) {
      return no(400, 'INVALID_REQUEST', 'X-Request-ID is missing');
    }
    const asked = `${request.method} ${request.path}`;
    if (asked === 'POST /payments/bulk') return this.#bulk(request);
    const [, batchId] = /^GET \/payments\/bulk\/([\w-]+)$/.exec(asked) ?? [];
    if (batchId !== undefined) return this.#batch(batchId, request);
    const [, account] = /^GET \/accounts\/(\d+)\/statement$/.exec(asked) ?? [];
    if (account === undefined) return no(404, 'NOT_SERVED', 'There is nothing at this address');
    if (this.bank.account(account) === undefined) return no(404, 'ACCOUNT_NOT_FOUND', 'The account is not known');
    return this.#statement(account, request);
  }

  #statement(account: string, { query }: EmulatedRequest): EmulatedAnswer {
    const found = pageOfLines(this.bank, account, query);
    if (found === undefined) return no(400, 'INVALID_REQUEST', 'fromDate, toDate, pageSize or page');
    const { page, totalPages, totalRecords } = found;
    return json(200, {
      accountNumber: account,
      fromDate: query.get('fromDate'),
      toDate: query.get('toDate'),
      openingBalance: rupees(found.openingPaise),
      closingBalance: rupees(found.closingPaise),
      ...{ page, totalPages, totalRecords },
      transactions: found.lines.map(transaction),
    });
  }

  #bulk(request: EmulatedRequest): EmulatedAnswer {
    const batchId = request.headers['x-batch-id'] ?? '';
    if (!/^[0-9a-f-]{36}$/.test(batchId)) return no(400, 'INVALID_REQUEST', 'X-Batch-ID is missing');
    if (this.#batches.has(batchId)) return no(409, 'DUPLICATE_BATCH', 'A batch with this X-Batch-ID is there');
    const body = bodyOf(request);
    if (body === undefined) return no(400, 'INVALID_REQUEST', 'no JSON');
    const debitAccount = textOfMember(body.debitAccount);
    const today = istDate(this.clock.now());
    const paymentDate = textOfMember(body.paymentDate);
    if (!isIsoDate(paymentDate) || paymentDate < today) return no(400, 'INVALID_REQUEST', 'paymentDate');
    if (this.bank.account(debitAccount) === undefined) {
      return no(404, 'ACCOUNT_NOT_FOUND', 'The debit account is not known');
    }
    const rows = rowsOf(body.payments, batchId, debitAccount);
    if (typeof rows === 'string') return no(400, 'INVALID_REQUEST', rows);
    if (paiseOfMember(body.totalAmount) !== sumPaise(rows.map(({ amountPaise }) => amountPaise))) {
      return no(400, 'TOTAL_MISMATCH', 'totalAmount is not the sum of the payments');
    }
    this.#batches.add({ batchId, rows });
    return this.#batch(batchId, request);
  }

  #batch(batchId: string, { strangeStatus }: EmulatedRequest): EmulatedAnswer {
    const rows = this.#batches.rows(batchId);
    if (rows === undefined) return no(404, 'BATCH_NOT_FOUND', 'No batch with this id was received');
    const total = sumPaise(rows.map(({ amountPaise }) => amountPaise));
    return json(200, {
      batchId,
      batchReference: `BLK${batchId.replaceAll('-', '').slice(-12).toUpperCase()}`,
      totalCount: rows.length + (this.batchFault === 'count' ? 1 : 0),
      totalAmount: rupees(total + (this.batchFault === 'total' ? 1n : 0n)),
      payments: this.#spoil(rows).map((row) => written(row, strangeStatus)),
    });
  }

  #spoil(rows: readonly BatchRow[]): readonly BatchRow[] {
    const [first, ...others] = rows;
    if (first === undefined) return rows;
    switch (this.batchFault) {
      case 'row_missing':
        return others;
      case 'row_twice':
        return [...rows, first];
      case 'row_strange':
        return [{ ...first, reference: 'SOMEBODYELSE' }, ...others];
      case 'row_amount':
        return [{ ...first, amountPaise: first.amountPaise + 1n }, ...others];
      default:
        return rows;
    }
  }
}

/** The rows of a batch, or what of them is not as it must be. */
function rowsOf(value: unknown, batchId: string, debitAccount: string): readonly WantedPayment[] | string {
  if (!Array.isArray(value) || value.length === 0) return 'payments';
  const rows: WantedPayment[] = [];
  for (const [index, given] of value.entries()) {
    const row = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>;
    const amountPaise = paiseOfMember(row.amount);
    const beneficiaryAccount = textOfMember(row.beneficiaryAccount);
    const beneficiaryIfsc = textOfMember(row.ifscCode);
    const beneficiaryName = textOfMember(row.beneficiaryName);
    const reference = textOfMember(row.employeeId);
    if (amountPaise === undefined || !isAccountNumber(beneficiaryAccount) || !isIfsc(beneficiaryIfsc)) {
      return `payments ${index}`;
    }
    if (beneficiaryName === '' || reference === '' || rows.some((other) => other.reference === reference)) {
      return `payments ${index}`;
    }
    rows.push({
      ...{ reference, batchId, debitAccount, amountPaise, beneficiaryAccount, beneficiaryIfsc, beneficiaryName },
      mode: modeOf(amountPaise),
      purpose: 'bulk',
    });
  }
  return rows;
}

/** The bank's own choice: nothing in the batch says how it is to be paid. */
const modeOf = (amountPaise: Paise) => (amountPaise >= RTGS_MIN_PAISE ? 'rtgs' : 'neft');

function written({ reference, amountPaise, instruction, refused }: BatchRow, strangeStatus: string | null) {
  const state = instruction?.state ?? 'failed';
  const isSettled = state === 'paid' || state === 'returned';
  return {
    employeeId: reference,
    amount: rupees(amountPaise),
    status: strangeStatus ?? words[state],
    transactionId: instruction?.id ?? null,
    utr: instruction?.utr ?? null,
    settledOn: isSettled && instruction !== undefined ? istDate(instruction.changedAt) : null,
    reason: instruction?.failure?.text ?? (refused === undefined ? null : reasons[refused]),
  };
}

function transaction({ id, line, instruction }: NumberedLine) {
  const isCredit = line.creditPaise > 0n;
  return {
    transactionId: id,
    date: line.date,
    valueDate: line.valueDate,
    narration: instruction === undefined ? line.narration : narration(instruction, isCredit),
    referenceNumber: line.reference,
    chequeNumber: line.chequeNo,
    withdrawalAmount: isCredit ? null : rupees(line.debitPaise),
    depositAmount: isCredit ? rupees(line.creditPaise) : null,
    closingBalance: rupees(line.balancePaise),
  };
}

/** As this bank writes transfers: what it calls an employee among them. */
function narration(payment: AcceptedInstruction, isCredit: boolean): string {
  const { mode, utr, reference, beneficiaryName, beneficiaryIfsc } = payment;
  const way = mode.toUpperCase();
  const name = beneficiaryName.toUpperCase();
  return isCredit
    ? `${way} RETURN-${utr}-${name}-${reference}-${(payment.failure?.text ?? '').toUpperCase()}`
    : `${way} DR-${beneficiaryIfsc}-${name}-BULK-${utr}-${reference}`;
}

/** With what a connection to it can be tried. */
export const emulator: EmulatorKind = {
  settings: {},
  secrets: { apiKey: 'emulated-api-key-0123456789' },
  accounts: [
    { number: '50100123456789', ifsc: 'HDFC0000060', holder: 'Sahyadri Arts College', openingPaise: 80_00_000_00n },
    { number: '50100123456790', ifsc: 'HDFC0000060', holder: 'Sahyadri Science College', openingPaise: 2_00_000_00n },
  ],
  create: (setup) => new HdfcEmulator(setup),
};
