import { isIsoDate } from '../../../kernel/dates.ts';
import {
  ConnectorEmulator,
  type EmulatedAnswer,
  type EmulatedRequest,
  type EmulatorKind,
  type EmulatorSetup,
  json,
} from '../../_kit/emulator.ts';
import type { AcceptedInstruction } from '../../_kit/emulator-bank.ts';
import type { Notice } from '../../_kit/emulator-notices.ts';
import { signatureOf } from '../../_kit/hmac.ts';

const statuses: Readonly<Record<AcceptedInstruction['state'], string>> = {
  accepted: 'processing',
  paid: 'completed',
  failed: 'failed',
  returned: 'returned',
};

const refusalCodes = {
  insufficient_funds: 'insufficient_funds',
  limit_exceeded: 'daily_limit_exceeded',
  invalid_account: 'invalid_account',
  bank_offline: 'bank_offline',
  declined: 'payment_declined',
} as const;

interface Initiate {
  readonly amount: number;
  readonly currency: string;
  readonly beneficiary: { readonly name: string; readonly account_number: string; readonly ifsc: string };
  readonly remitter: { readonly account_number: string; readonly ifsc: string };
  readonly purpose: string;
  readonly reference_number: string;
}

/** The gateway of the contract as a server, with the statement and the balance of the accounts that it pays from. */
class NeftEmulator extends ConnectorEmulator {
  constructor(setup: EmulatorSetup) {
    super(setup, 'MUNG');
  }

  protected answer(request: EmulatedRequest): EmulatedAnswer {
    const { method, path, headers } = request;
    if (headers.authorization !== `Bearer ${this.setup.secrets.apiKey}`) return refuse(401, 'unauthorized');
    if (!/^req_/.test(headers['x-request-id'] ?? '')) return refuse(400, 'request_id_missing');
    if (method === 'POST' && path === '/api/v2/payments/neft/initiate') return this.#initiate(request);
    if (method !== 'GET') return refuse(404, 'not_found');
    if (path === '/api/v2/payments') return this.#byReference(request);
    if (path === '/api/v1/bank/balance') return this.#balance(request.query.get('account_number') ?? '');
    if (path === '/api/v1/bank/statements') return this.#statement(request.query);
    const id = /^\/api\/v2\/payments\/([^/]+)\/status$/.exec(path)?.[1];
    const found = id === undefined ? undefined : this.bank.byId(decodeURIComponent(id));
    return found === undefined ? refuse(404, 'payment_not_found') : json(200, statusOf(found, request));
  }

  protected override async notice(instruction: AcceptedInstruction, atMs: number): Promise<Notice> {
    const { reference_number, payment_id, status, transaction_id, utr_number, completed_at, error } =
      statusOf(instruction);
    const event = {
      ...{ event: `payment.${status}`, payment_id, reference_number, status },
      ...{ transaction_id, utr_number, completed_at, error },
    };
    const body = new TextEncoder().encode(JSON.stringify(event));
    const secret = this.setup.secrets.webhookSecret ?? '';
    const timestamp = String(Math.floor(atMs / 1_000));
    const type = { 'content-type': 'application/json' };
    const path = '/api/v1/webhooks/payment-status';
    if (this.setup.settings.webhookTime === 'none') {
      return { path, headers: { ...type, 'x-signature': await signatureOf([body], secret) }, body };
    }
    const signature = await signatureOf([`${timestamp}.`, body], secret);
    return { path, headers: { ...type, 'x-timestamp': timestamp, 'x-signature': signature }, body };
  }

  #initiate(request: EmulatedRequest): EmulatedAnswer {
    const wanted = JSON.parse(new TextDecoder().decode(request.body)) as Initiate;
    const isWhole = Number.isSafeInteger(wanted.amount) && wanted.amount > 0 && wanted.currency === 'INR';
    if (!isWhole || !/^[A-Z]{4}0[A-Z0-9]{6}$/.test(wanted.beneficiary.ifsc)) return refuse(422, 'invalid_request');
    const acceptance = this.bank.accept(
      {
        reference: wanted.reference_number,
        batchId: null,
        debitAccount: wanted.remitter.account_number,
        beneficiaryName: wanted.beneficiary.name,
        beneficiaryAccount: wanted.beneficiary.account_number,
        beneficiaryIfsc: wanted.beneficiary.ifsc,
        amountPaise: BigInt(wanted.amount),
        mode: 'neft',
        purpose: wanted.purpose,
      },
      { key: null, uniqueReference: true },
    );
    if (acceptance.kind === 'refused') return refuse(422, refusalCodes[acceptance.reason]);
    if (acceptance.kind !== 'accepted') return refuse(409, 'duplicate_reference');
    const { id, acceptedAt } = acceptance.instruction;
    return json(202, {
      payment_id: id,
      status: request.strangeStatus ?? 'processing',
      estimated_completion: new Date(acceptedAt + 2 * 3_600_000).toISOString(),
      transaction_id: null,
    });
  }

  #byReference(request: EmulatedRequest): EmulatedAnswer {
    const reference = request.query.get('reference_number');
    const found = this.instructions().filter((instruction) => instruction.reference === reference);
    return json(200, { data: found.map((instruction) => statusOf(instruction, request)) });
  }

  #balance(account: string): EmulatedAnswer {
    if (this.bank.account(account) === undefined) return refuse(404, 'account_not_found');
    const { availablePaise } = this.bank.balance(account);
    const as_of = new Date(this.clock.now()).toISOString();
    return json(200, { account_number: account, available_balance: availablePaise, as_of });
  }

  #statement(query: URLSearchParams): EmulatedAnswer {
    const [account, from, to] = ['account_number', 'from_date', 'to_date'].map((name) => query.get(name) ?? '');
    if (account === undefined || from === undefined || to === undefined) return refuse(400, 'invalid_request');
    if (this.bank.account(account) === undefined) return refuse(404, 'account_not_found');
    if (!isIsoDate(from) || !isIsoDate(to)) return refuse(400, 'invalid_request');
    const { openingPaise, closingPaise, entries } = this.bank.statement(account, from, to);
    return json(200, {
      account_number: account,
      bank_name: 'Munim Gateway Bank',
      statement_period: { from, to },
      opening_balance: openingPaise,
      closing_balance: closingPaise,
      transactions: entries.map((entry) => ({
        date: entry.date,
        description: entry.narration,
        ref_number: entry.reference ?? '',
        debit: entry.debitPaise,
        credit: entry.creditPaise,
        balance: entry.balancePaise,
      })),
    });
  }
}

function statusOf(instruction: AcceptedInstruction, request?: EmulatedRequest) {
  const { id, state, reference, utr, changedAt, amountPaise, chargesPaise, failure } = instruction;
  const isOver = state === 'paid' || state === 'returned';
  return {
    payment_id: id,
    status: request?.strangeStatus ?? statuses[state],
    reference_number: reference,
    transaction_id: isOver ? `TXN${id.replace(/\D/g, '')}` : null,
    utr_number: utr,
    completed_at: isOver ? new Date(changedAt).toISOString() : null,
    amount: amountPaise,
    charges: chargesPaise,
    error: failure === null ? null : { code: refusalCodes[failure.reason], message: failure.text },
  };
}

const refuse = (status: number, code: string): EmulatedAnswer =>
  json(status, { error: { code, message: `The gateway says ${code.replaceAll('_', ' ')}`, details: {} } });

export const emulator: EmulatorKind = {
  settings: {},
  secrets: { apiKey: 'nk-sandbox-5b1f4c7790aa', webhookSecret: 'whs-sandbox-1c9b22e07d54' },
  accounts: [
    { number: '987654321012', ifsc: 'MUNG0005678', holder: 'Sahyadri Valley College', openingPaise: 4_75_00_000_37n },
    {
      number: '987654321029',
      ifsc: 'MUNG0005678',
      holder: 'Sahyadri Valley College Fees',
      openingPaise: 12_50_000_05n,
    },
  ],
  create: (setup) => new NeftEmulator(setup),
};
