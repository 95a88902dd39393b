import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { FailureReason } from '../../../domain/payment-order/news.ts';
import { formatDate, isIsoDate, istDate, istTime } from '../../../kernel/dates.ts';
import { decimalText, parseRupees } from '../../../kernel/money.ts';
import {
  ConnectorEmulator,
  type EmulatedAnswer,
  type EmulatedRequest,
  type EmulatorKind,
  type EmulatorSetup,
  json,
} from '../../_kit/emulator.ts';
import type { AcceptedInstruction } from '../../_kit/emulator-bank.ts';
import { decryptCompact, encryptCompact, signCompact, verifyCompact } from './emulator-jose.ts';

const PAGE_LINES = 50;
const LIFE_SECONDS = 300;

/** Both halves of the pairs, for the emulator and tests. Nobody should ever trust them for anything else. */
const zPair = z.object({ private: z.string(), public: z.string() });
export const testKeys = z
  .object({
    'college-signing': zPair,
    'college-decryption': zPair,
    'bank-signing': zPair,
    'bank-decryption': zPair,
  })
  .parse(JSON.parse(readFileSync(new URL('./fixtures/test-keys.json', import.meta.url), 'utf8')));

type Fields = Readonly<Record<string, unknown>>;

interface Asked {
  readonly requestUuid: string;
  readonly body: Fields;
  readonly strangeStatus: string | null;
}

interface Verdict {
  readonly status: string;
  readonly message: string;
  readonly responseCode: string | null;
  readonly data: Fields | null;
}

const paths: Readonly<Record<string, string>> = {
  '/acct-recon/get-balance': 'GetAccountBalance',
  '/acct-recon/get-account-statement': 'GetAccountStatement',
  '/payments/transfer-payment': 'TransferPayment',
  '/acct-recon/get-status': 'GetTransferPaymentStatus',
};

const refusalCodes: Readonly<Record<FailureReason, string>> = {
  bank_offline: 'BENEFICIARY_BANK_OFFLINE',
  insufficient_funds: 'INSUFFICIENT_FUNDS',
  limit_exceeded: 'LIMIT_EXCEEDED',
  invalid_account: 'INVALID_ACCOUNT',
  declined: 'DECLINED',
};

const stateWords: Readonly<Record<AcceptedInstruction['state'], string>> = {
  accepted: 'PENDING',
  paid: 'PROCESSED',
  failed: 'REJECTED',
  returned: 'Return',
};

/** A corporate gateway with mutual TLS, client id and secret, and bodies that are signed and encrypted; its cryptography is its own. */
export class AxisEmulator extends ConnectorEmulator {
  /** Whether a requestUUID that came before gets its first answer again, and is taken for nothing else. Of the real bank this is not known. */
  repeatsByUuid = true;
  /** Whether a custUniqRef that was used before is told so. Without both, a repeat pays twice, as it may there. */
  knowsReferences = true;
  readonly #privateKey: KeyObject = createPrivateKey(testKeys['bank-decryption'].private);
  readonly #signingKey: KeyObject = createPrivateKey(testKeys['bank-signing'].private);
  readonly #clientKey: KeyObject = createPublicKey(createPrivateKey(testKeys['college-decryption'].private));
  readonly #clientSigning: KeyObject = createPublicKey(createPrivateKey(testKeys['college-signing'].private));

  constructor(setup: EmulatorSetup) {
    super(setup, 'UTIB');
  }

  protected answer(request: EmulatedRequest): EmulatedAnswer {
    const { clientId, clientSecret } = this.setup.secrets;
    const shown = request.headers;
    if (shown['x-ibm-client-id'] !== clientId || shown['x-ibm-client-secret'] !== clientSecret) {
      return json(401, {
        httpCode: '401',
        httpMessage: 'Unauthorized',
        moreInformation: 'Invalid client id or secret.',
      });
    }
    const name = Object.entries(paths).find(([path]) => request.path.endsWith(path))?.[1];
    if (name === undefined || request.method !== 'POST') return json(404, { httpCode: '404' });
    const asked = this.#open(request, name);
    if (asked === null) return json(400, { httpCode: '400', httpMessage: 'Bad Request' });
    return this.#seal(name, asked.requestUuid, this.#say(name, asked));
  }

  #open({ body, strangeStatus }: EmulatedRequest, name: string): Asked | null {
    const alg = this.setup.settings.signature ?? 'PS256';
    try {
      const jws = decryptCompact(Buffer.from(body).toString('utf8'), this.#privateKey);
      const claims = JSON.parse(verifyCompact(jws, this.#clientSigning, alg)) as Fields;
      const now = this.clock.now() / 1_000;
      const content = claims[`${name}Request`] as Fields;
      const { requestUUID, channelId } = content.SubHeader as Fields;
      const isFresh = Math.abs(Number(claims.iat) - now) <= LIFE_SECONDS && Number(claims.exp) > now;
      if (!isFresh || claims.jti !== requestUUID || channelId !== this.setup.settings.channelId) return null;
      return { requestUuid: String(requestUUID), body: content[`${name}RequestBody`] as Fields, strangeStatus };
    } catch {
      return null;
    }
  }

  #seal(name: string, requestUuid: string, verdict: Verdict): EmulatedAnswer {
    const iat = Math.floor(this.clock.now() / 1_000);
    const subHeader = {
      requestUUID: requestUuid,
      serviceRequestId: 'OpenAPI',
      serviceRequestVersion: '1.0',
      channelId: this.setup.settings.channelId,
    };
    const content = { SubHeader: subHeader, [`${name}ResponseBody`]: verdict };
    const claims = { iat, exp: iat + LIFE_SECONDS, jti: requestUuid, [`${name}Response`]: content };
    const alg = this.setup.settings.signature ?? 'PS256';
    const jws = signCompact(JSON.stringify(claims), this.#signingKey, { alg, typ: 'JWT' });
    const body = encryptCompact(jws, this.#clientKey);
    return { status: 200, headers: { 'content-type': 'application/jose' }, body };
  }

  #say(name: string, asked: Asked): Verdict {
    const { corpCode } = asked.body;
    if (corpCode !== this.setup.settings.corpCode) return failed('ACCOUNT_NOT_PERMITTED', 'Unknown corporate');
    switch (name) {
      case 'GetAccountBalance':
        return this.#balance(asked);
      case 'GetAccountStatement':
        return this.#statement(asked);
      case 'TransferPayment':
        return this.#transfer(asked);
      default:
        return this.#status(asked);
    }
  }

  #balance({ body }: Asked): Verdict {
    const account = String(body.corpAccNum);
    if (this.bank.account(account) === undefined) return failed('ACCOUNT_NOT_PERMITTED', 'Not an account of yours');
    const { availablePaise, currentPaise } = this.bank.balance(account);
    return done({
      corpAccNum: account,
      currency: 'INR',
      availableBalance: decimalText(availablePaise),
      ledgerBalance: decimalText(currentPaise),
    });
  }

  #statement({ body }: Asked): Verdict {
    const account = String(body.corpAccNum);
    const [from, to, page] = [String(body.fromDate), String(body.toDate), Number(body.pageNo)];
    if (this.bank.account(account) === undefined) return failed('ACCOUNT_NOT_PERMITTED', 'Not an account of yours');
    const isPeriod = isIsoDate(from) && isIsoDate(to) && from <= to;
    if (!isPeriod || !Number.isSafeInteger(page) || page < 1) return failed('INVALID_REQUEST', 'Period or page');
    const { openingPaise, closingPaise, entries } = this.bank.statement(account, from, to);
    const end = page * PAGE_LINES;
    const transactions = entries.slice(end - PAGE_LINES, end).map((entry) => ({
      transactionDate: entry.date,
      valueDate: entry.valueDate,
      particulars: entry.narration,
      referenceNo: entry.reference,
      chequeNo: entry.chequeNo,
      crDr: entry.creditPaise > 0n ? 'C' : 'D',
      amount: decimalText(entry.creditPaise + entry.debitPaise),
      balance: entry.balancePaise === null ? null : decimalText(entry.balancePaise),
    }));
    return done({
      corpAccNum: account,
      openingBalance: decimalText(openingPaise),
      closingBalance: decimalText(closingPaise),
      pageNo: String(page),
      hasMore: end < entries.length ? 'Y' : 'N',
      transactions,
    });
  }

  #transfer({ body, requestUuid, strangeStatus }: Asked): Verdict {
    const [payment, ...more] = Array.isArray(body.paymentDetails) ? (body.paymentDetails as readonly Fields[]) : [];
    if (payment === undefined || more.length > 0) return failed('INVALID_REQUEST', 'One payment at a time');
    const amount = parseRupees(String(payment.txnAmount));
    const mode = payment.txnPaymode === 'RT' ? 'rtgs' : payment.txnPaymode === 'NE' ? 'neft' : null;
    if (!amount.ok || amount.value <= 0n || mode === null) return failed('INVALID_REQUEST', 'Amount or mode');
    if (payment.valueDate !== istDate(this.clock.now()))
      return failed('INVALID_REQUEST', 'The value date is not today');
    const wanted = {
      reference: String(payment.custUniqRef),
      batchId: null,
      debitAccount: String(payment.corpAccNum),
      beneficiaryName: String(payment.beneName),
      beneficiaryAccount: String(payment.beneAccNum),
      beneficiaryIfsc: String(payment.beneIfscCode),
      amountPaise: amount.value,
      mode,
      purpose: String(payment.senderToReceiverInfo),
    } as const;
    const key = this.repeatsByUuid ? requestUuid : null;
    const taken = this.bank.accept(wanted, { key, uniqueReference: this.knowsReferences });
    if (taken.kind === 'refused') return failed(refusalCodes[taken.reason], 'The payment is not taken');
    if (taken.kind === 'duplicate' || taken.kind === 'conflict') {
      return failed('DUPLICATE_REFERENCE', 'The reference was used before');
    }
    const { id, reference } = taken.instruction;
    const data = { crn: reference, transaction_id: id, transactionStatus: strangeStatus ?? 'PENDING' };
    return done(data, strangeStatus ?? 'S');
  }

  #status({ body, strangeStatus }: Asked): Verdict {
    const found = this.bank.byReference(String(body.crn));
    if (found === undefined) return failed('TRANSACTION_NOT_FOUND', 'There is no such transaction');
    return done({ CUR_TXN_ENQ: [this.#transaction(found, strangeStatus)] });
  }

  #transaction(found: AcceptedInstruction, strangeStatus: string | null): Fields {
    const { failure, changedAt } = found;
    return {
      crn: found.reference,
      corpCode: this.setup.settings.corpCode,
      transaction_id: found.id,
      utrNo: found.utr ?? '',
      transactionStatus: strangeStatus ?? stateWords[found.state],
      statusDescription: failure?.text ?? stateWords[found.state],
      responseCode: failure === null ? null : refusalCodes[failure.reason],
      processingDate: `${formatDate(istDate(changedAt))} ${istTime(changedAt)}:00`,
      amount: decimalText(found.amountPaise),
      chargeAmount: found.state === 'accepted' ? null : decimalText(found.chargesPaise),
    };
  }
}

const done = (data: Fields, status = 'S'): Verdict => ({ status, message: 'Success', responseCode: null, data });
const failed = (responseCode: string, message: string): Verdict => ({ status: 'F', message, responseCode, data: null });

export const emulator: EmulatorKind = {
  settings: { corpCode: 'SHANTI01', channelId: 'SHANTI' },
  secrets: {
    clientId: 'c0ffee00-2026-4a11-8b22-000000000001',
    clientSecret: 'neem-and-tulsi-behind-the-library',
    signingKey: testKeys['college-signing'].private,
    decryptionKey: testKeys['college-decryption'].private,
    bankSigningKey: testKeys['bank-signing'].public,
    bankEncryptionKey: testKeys['bank-decryption'].public,
  },
  accounts: [
    { number: '914020013977038', ifsc: 'UTIB0000123', holder: 'Shanti Degree College', openingPaise: 50_00_000_00n },
    { number: '009140200139770', ifsc: 'UTIB0000123', holder: 'Shanti Degree College Hostel', openingPaise: 7n },
  ],
  create: (setup) => new AxisEmulator(setup),
};
