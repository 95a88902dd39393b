import {
  ConnectorEmulator,
  type EmulatedAnswer,
  type EmulatedRequest,
  type EmulatorKind,
  type EmulatorSetup,
  json,
} from '../../../shared/connectors/_kit/emulator.ts';
import type { AcceptedInstruction } from '../../../shared/connectors/_kit/emulator-bank.ts';
import type { Notice } from '../../../shared/connectors/_kit/emulator-notices.ts';
import { signatureOf } from '../../../shared/connectors/_kit/hmac.ts';
import type { FailureReason, PaymentMode } from '../../../shared/domain/payment-order/news.ts';
import { istDate } from '../../../shared/kernel/dates.ts';

const BASE = '/v1';
const PAGE_LINES = 100;

const statuses: Readonly<Record<AcceptedInstruction['state'], string>> = {
  accepted: 'PROCESSING',
  paid: 'PAID',
  failed: 'FAILED',
  returned: 'RETURNED',
};

const codes: Readonly<Record<FailureReason, string>> = {
  insufficient_funds: 'NO_FUNDS',
  invalid_account: 'BAD_ACCOUNT',
  limit_exceeded: 'OVER_LIMIT',
  bank_offline: 'BANK_AWAY',
  declined: 'DECLINED',
};

interface Wanted {
  readonly reference: string;
  readonly from: string;
  readonly to: { readonly name: string; readonly account: string; readonly ifsc: string };
  readonly amount: number;
  readonly mode: PaymentMode;
  readonly purpose: string;
}

/** What its document says the bank does. It shares nothing with the connector but the kit, so that both cannot be wrong alike. */
class SampleBankEmulator extends ConnectorEmulator {
  constructor(setup: EmulatorSetup) {
    super(setup, 'SAMP');
  }

  protected override isTokenRequest({ path }: EmulatedRequest): boolean {
    return path === `${BASE}/oauth/token`;
  }

  protected answer(request: EmulatedRequest): EmulatedAnswer {
    if (this.isTokenRequest(request)) return this.#token(request);
    if (!this.hasToken(request)) return refuse(401, 'NO_TOKEN');
    const { method, query } = request;
    const path = request.path.slice(BASE.length);
    const account = /^\/accounts\/(\d+)\/(balance|statement)$/.exec(path);
    if (account !== null) return this.#account(account[1] ?? '', account[2] === 'balance', query);
    if (method === 'GET' && path === '/payments') return this.#find(request);
    if (method === 'POST' && path === '/payments') return this.#pay(request);
    if (method === 'POST' && path === '/batches') return this.#batch(request);
    return refuse(404, 'NO_SUCH_PATH');
  }

  protected override async notice(instruction: AcceptedInstruction, atMs: number): Promise<Notice> {
    const body = new TextEncoder().encode(JSON.stringify({ payment: paymentOf(instruction, null) }));
    const [id, time] = [`evt_${instruction.id}_${instruction.state}`, String(Math.floor(atMs / 1_000))];
    const signature = await signatureOf([`${id}.${time}.`, body], this.setup.secrets.webhookSecret ?? '');
    const headers = { 'x-event-id': id, 'x-event-time': time, 'x-event-signature': signature };
    return { path: '/webhooks/sample-bank', headers: { 'content-type': 'application/json', ...headers }, body };
  }

  #token({ body }: EmulatedRequest): EmulatedAnswer {
    const form = new URLSearchParams(new TextDecoder().decode(body));
    const { settings, secrets } = this.setup;
    const isKnown = form.get('client_id') === settings.clientId && form.get('client_secret') === secrets.clientSecret;
    if (!isKnown) return refuse(401, 'BAD_CLIENT');
    const { token, expiresInSeconds } = this.issueToken();
    return json(200, { access_token: token, expires_in: expiresInSeconds });
  }

  #account(number: string, isBalance: boolean, query: URLSearchParams): EmulatedAnswer {
    if (this.bank.account(number) === undefined) return refuse(404, 'NO_SUCH_ACCOUNT');
    if (isBalance) {
      const { availablePaise: available, currentPaise: current } = this.bank.balance(number);
      return json(200, { account: number, available, current, at: this.clock.now() });
    }
    const whole = this.bank.statement(number, query.get('from') ?? '', query.get('to') ?? '');
    const from = Number(query.get('page') ?? '0');
    const lines = whole.entries.slice(from, from + PAGE_LINES).map((line) => ({
      ...{ date: line.date, narration: line.narration, reference: line.reference },
      ...{ debit: line.debitPaise, credit: line.creditPaise, balance: line.balancePaise },
    }));
    const next = from + PAGE_LINES < whole.entries.length ? String(from + PAGE_LINES) : null;
    return json(200, { account: number, opening: whole.openingPaise, closing: whole.closingPaise, next, lines });
  }

  #find(request: EmulatedRequest): EmulatedAnswer {
    const reference = request.query.get('reference');
    const found = this.instructions().filter((instruction) => instruction.reference === reference);
    return json(200, { payments: found.map((instruction) => paymentOf(instruction, request)) });
  }

  #pay(request: EmulatedRequest): EmulatedAnswer {
    const wanted = JSON.parse(new TextDecoder().decode(request.body)) as Wanted;
    const acceptance = this.#accept(wanted, request.headers['idempotency-key'] ?? null, null);
    if (acceptance.kind === 'refused') return refuse(422, codes[acceptance.reason]);
    const isTaken = acceptance.kind === 'accepted' || acceptance.kind === 'repeated';
    return isTaken ? json(201, paymentOf(acceptance.instruction, request)) : refuse(409, 'USED_BEFORE');
  }

  #batch(request: EmulatedRequest): EmulatedAnswer {
    const { batchId, payments } = JSON.parse(new TextDecoder().decode(request.body)) as {
      readonly batchId: string;
      readonly payments: readonly Wanted[];
    };
    const rows = payments.flatMap((wanted) => {
      const acceptance = this.#accept(wanted, `${batchId}/${wanted.reference}`, batchId);
      return acceptance.kind === 'refused' ? [] : [paymentOf(acceptance.instruction, request)];
    });
    return rows.length === payments.length ? json(201, { batchId, payments: rows }) : refuse(422, 'DECLINED');
  }

  #accept({ reference, from, to, amount, mode, purpose }: Wanted, key: string | null, batchId: string | null) {
    return this.bank.accept(
      {
        ...{ reference, batchId, mode, purpose },
        debitAccount: from,
        beneficiaryName: to.name,
        beneficiaryAccount: to.account,
        beneficiaryIfsc: to.ifsc,
        amountPaise: BigInt(amount),
      },
      { key, uniqueReference: true },
    );
  }
}

function paymentOf(
  { id, reference, state, utr, failure, changedAt }: AcceptedInstruction,
  request: EmulatedRequest | null,
) {
  return {
    ...{ id, reference, utr },
    status: request?.strangeStatus ?? statuses[state],
    settledOn: state === 'accepted' || state === 'failed' ? null : istDate(changedAt),
    failure: failure === null ? null : { code: codes[failure.reason], text: failure.text },
  };
}

const refuse = (status: number, code: string): EmulatedAnswer => json(status, { code, text: code.toLowerCase() });

export const emulator: EmulatorKind = {
  settings: { clientId: 'sahyadri-group' },
  secrets: { clientSecret: 'sandbox-client-4f1d8a60', webhookSecret: 'sandbox-webhook-77b0c1e2' },
  accounts: [
    { number: '310020030040', ifsc: 'SAMP0000123', holder: 'Sahyadri Valley College', openingPaise: 4_75_00_000_37n },
  ],
  create: (setup) => new SampleBankEmulator(setup),
};
