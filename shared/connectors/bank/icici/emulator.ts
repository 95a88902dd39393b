import { createHmac } from 'node:crypto';
import {
  ConnectorEmulator,
  type EmulatedAnswer,
  type EmulatedRequest,
  type EmulatorKind,
  type EmulatorSetup,
  json,
} from '../../_kit/emulator.ts';
import type { AcceptedInstruction, WantedPayment } from '../../_kit/emulator-bank.ts';
import type { Notice } from '../../_kit/emulator-notices.ts';
import {
  bodyOf,
  isAccountNumber,
  isIfsc,
  type LinesPage,
  type NumberedLine,
  pageOfLines,
  paiseOfMember,
  refusal,
  rupees,
  textOfMember,
} from '../../_kit/emulator-rupees.ts';

const SCOPES = ['accounts', 'transactions', 'payments'];
const RTGS_MIN_PAISE = 2_00_000_00n;
const SETTLES_IN_MS = 2 * 60 * 60_000;

const words = { accepted: 'PENDING', paid: 'SUCCESS', failed: 'FAILED', returned: 'RETURNED' } as const;
const refusals = {
  insufficient_funds: ['INSUFFICIENT_FUNDS', 'Insufficient balance in the debit account'],
  invalid_account: ['INVALID_ACCOUNT', 'The beneficiary account does not exist'],
  limit_exceeded: ['DAILY_LIMIT_EXCEEDED', 'The limit of the day is exceeded'],
  bank_offline: ['BANK_OFFLINE', 'The beneficiary bank is offline'],
  declined: ['PAYMENT_DECLINED', 'The payment is declined'],
} as const;

const no = (status: number, code: string, text: string) => refusal(status, code, 'message', text);

/** ICICI's side: tokens, balances, statements in pages, payments, the enquiry that is ours, and messages that it signs. */
export class IciciEmulator extends ConnectorEmulator {
  constructor(setup: EmulatorSetup) {
    super(setup, 'ICIC');
  }

  protected override isTokenRequest({ path }: EmulatedRequest): boolean {
    return path === '/v2/oauth/token';
  }

  protected override answer(request: EmulatedRequest): EmulatedAnswer {
    // Everything is below /v2, the token too. What another reading of the document would ask at the host itself is not here.
    const path = /^\/v2(\/.*)$/.exec(request.path)?.[1] ?? '';
    const asked = `${request.method} ${path}`;
    if (asked === 'POST /oauth/token') return this.#token(request);
    if (!this.hasToken(request)) return no(401, 'INVALID_TOKEN', 'The token is missing or has run out');
    if (!/^[0-9a-f-]{36}$/.test(request.headers['x-request-id'] ?? '')) {
      return no(400, 'INVALID_REQUEST', 'X-Request-ID is missing');
    }
    if (asked === 'POST /payments/initiate') return this.#initiate(request);
    if (asked === 'GET /payments/status') return this.#status(request);
    const [, account = '', what] = /^GET \/accounts\/(\d+)\/(balance|transactions)$/.exec(asked) ?? [];
    if (what === undefined) return no(404, 'NOT_SERVED', 'There is nothing at this address');
    if (this.bank.account(account) === undefined) return no(404, 'ACCOUNT_NOT_FOUND', 'The account is not known');
    return what === 'balance' ? this.#balance(account) : this.#transactions(account, request);
  }

  #token(request: EmulatedRequest): EmulatedAnswer {
    const form = new URLSearchParams(new TextDecoder().decode(request.body));
    if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
      return json(400, { error: 'invalid_request' });
    }
    if (form.get('grant_type') !== 'client_credentials') return json(400, { error: 'unsupported_grant_type' });
    const { settings, secrets } = this.setup;
    const isKnown = form.get('client_id') === settings.clientId && form.get('client_secret') === secrets.clientSecret;
    if (!isKnown) return json(401, { error: 'invalid_client', error_description: 'unknown client' });
    const scopes = (form.get('scope') ?? '').split(' ');
    if (!SCOPES.every((scope) => scopes.includes(scope))) return json(400, { error: 'invalid_scope' });
    const { token, expiresInSeconds } = this.issueToken();
    return json(200, {
      ...{ access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds, scope: SCOPES.join(' ') },
    });
  }

  #balance(account: string): EmulatedAnswer {
    const { availablePaise, currentPaise } = this.bank.balance(account);
    return json(200, {
      accountNumber: account,
      accountType: 'Current',
      currency: 'INR',
      availableBalance: rupees(availablePaise),
      currentBalance: rupees(currentPaise),
      timestamp: new Date(this.clock.now()).toISOString(),
    });
  }

  #transactions(account: string, { query }: EmulatedRequest): EmulatedAnswer {
    const page = pageOfLines(this.bank, account, query);
    if (page === undefined)
      return no(400, 'INVALID_REQUEST', 'fromDate, toDate, pageSize or page is not as it must be');
    return json(200, { transactions: page.lines.map(transaction), pagination: pagination(page) });
  }

  #initiate(request: EmulatedRequest): EmulatedAnswer {
    const wanted = paymentOf(request);
    if (typeof wanted === 'string') return no(400, 'INVALID_REQUEST', wanted);
    if (this.bank.account(wanted.debitAccount) === undefined) {
      return no(404, 'ACCOUNT_NOT_FOUND', 'The debit account is not known');
    }
    const key = request.headers['x-request-id'] ?? null;
    const done = this.bank.accept(wanted, { key, uniqueReference: false });
    if (done.kind === 'refused') {
      const [code, text] = refusals[done.reason];
      return no(422, code, text);
    }
    if (done.kind !== 'accepted') return no(409, 'DUPLICATE_REQUEST', 'A payment with this X-Request-ID is there');
    const { id, mode, acceptedAt } = done.instruction;
    return json(200, {
      status: request.strangeStatus ?? 'SUCCESS',
      transactionId: id,
      referenceNumber: `${mode.toUpperCase()}${id.replace(/\D/g, '').padStart(9, '0')}`,
      message: 'Payment initiated successfully',
      estimatedSettlement: new Date(acceptedAt + SETTLES_IN_MS).toISOString(),
    });
  }

  #status({ query, strangeStatus }: EmulatedRequest): EmulatedAnswer {
    const [requestId, referenceId] = [query.get('requestId'), query.get('referenceId')];
    const found = this.bank.instructions().find(({ key, reference }) => key === requestId && reference === referenceId);
    if (found === undefined)
      return no(404, 'PAYMENT_NOT_FOUND', 'No payment with this request and reference was received');
    return json(200, { requestId, referenceId, ...event(found, strangeStatus), utr: found.utr });
  }

  protected override notice(instruction: AcceptedInstruction, atMs: number): Promise<Notice | null> {
    const body = Buffer.from(JSON.stringify(event(instruction, null)));
    const time = String(Math.floor(atMs / 1_000));
    // The document's own messages have no time.
    const signsTime = this.setup.settings.webhookTime !== 'none';
    const signed = signsTime ? Buffer.concat([Buffer.from(`${time}.`), body]) : body;
    const signature = createHmac('sha256', this.setup.secrets.webhookSecret ?? '')
      .update(signed)
      .digest('hex');
    return Promise.resolve({
      path: '/webhooks/icici/payment-status',
      headers: {
        'content-type': 'application/json',
        'x-icici-signature': signature,
        ...(signsTime ? { 'x-icici-timestamp': time } : {}),
      },
      body,
    });
  }
}

const event = (instruction: AcceptedInstruction, strangeStatus: string | null) => ({
  transactionId: instruction.id,
  status: strangeStatus ?? words[instruction.state],
  settlementTime: instruction.state === 'accepted' ? null : new Date(instruction.changedAt).toISOString(),
  failureReason: instruction.failure?.text ?? null,
});

/** A payment, or what of it is not as it must be. */
function paymentOf(request: EmulatedRequest): WantedPayment | string {
  const body = bodyOf(request);
  if (body === undefined || !(request.headers['content-type'] ?? '').startsWith('application/json')) return 'no JSON';
  const text = (name: string): string => textOfMember(body[name]);
  const amountPaise = paiseOfMember(body.amount);
  if (amountPaise === undefined) return 'amount';
  if (!isAccountNumber(text('debitAccount'))) return 'debitAccount';
  if (!isAccountNumber(text('beneficiaryAccount'))) return 'beneficiaryAccount';
  if (!isIfsc(text('ifscCode'))) return 'ifscCode';
  if (text('beneficiaryName') === '') return 'beneficiaryName';
  const mode = text('paymentMode');
  if (mode !== 'NEFT' && mode !== 'RTGS') return 'paymentMode';
  if (mode === 'RTGS' && amountPaise < RTGS_MIN_PAISE) return 'amount too small for RTGS';
  return {
    ...{ reference: text('remarks'), batchId: null, debitAccount: text('debitAccount'), amountPaise },
    ...{ beneficiaryName: text('beneficiaryName'), beneficiaryAccount: text('beneficiaryAccount') },
    ...{ beneficiaryIfsc: text('ifscCode'), mode: mode === 'NEFT' ? 'neft' : 'rtgs', purpose: text('purpose') },
  };
}

const pagination = ({ page, totalPages, totalRecords }: LinesPage) => ({ currentPage: page, totalPages, totalRecords });

function transaction({ id, line, instruction }: NumberedLine) {
  const isCredit = line.creditPaise > 0n;
  return {
    transactionId: id,
    date: line.date,
    type: isCredit ? 'CREDIT' : 'DEBIT',
    amount: rupees(isCredit ? line.creditPaise : line.debitPaise),
    balance: rupees(line.balancePaise),
    reference: line.reference,
    description: instruction === undefined ? line.narration : narration(instruction, isCredit),
    chequeNumber: line.chequeNo,
  };
}

/** As this bank writes transfers, the remarks among them. */
function narration(payment: AcceptedInstruction, isCredit: boolean): string {
  const { mode, utr, reference, beneficiaryName, beneficiaryIfsc } = payment;
  const parts = [mode.toUpperCase(), utr, beneficiaryIfsc, reference, beneficiaryName.toUpperCase()];
  return isCredit ? `RTN/${parts.join('/')}/${payment.failure?.text ?? ''}` : `INF/${parts.join('/')}`;
}

/** With what a connection to it can be tried. */
export const emulator: EmulatorKind = {
  settings: { clientId: 'munim-desk-01' },
  secrets: { clientSecret: 'emulated-client-secret-1', webhookSecret: 'emulated-webhook-secret-1' },
  accounts: [
    { number: '012345678901', ifsc: 'ICIC0000104', holder: 'Sahyadri Arts College', openingPaise: 50_00_000_00n },
    { number: '012345678902', ifsc: 'ICIC0000104', holder: 'Sahyadri Science College', openingPaise: 1_00_000_00n },
  ],
  create: (setup) => new IciciEmulator(setup),
};
