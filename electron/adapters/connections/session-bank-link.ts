import { failureReasonOf } from '../../../shared/connectors/_kit/answers.ts';
import type { BankConnector, PaymentInstruction, PaymentQuestion } from '../../../shared/connectors/_kit/bank.ts';
import type { ConnectorProblem } from '../../../shared/connectors/_kit/problem.ts';
import type { PaymentNews } from '../../../shared/domain/payment-order/news.ts';
import { istDate } from '../../../shared/kernel/dates.ts';
import {
  errorCatalogue,
  fillText,
  MunimError,
  type Refusal,
  refusal,
  toMunimError,
} from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import type {
  BankAnswer,
  BankHealth,
  BankLink,
  BankQuestion,
  BankReach,
  BankSending,
} from '../../../shared/ports/bank-link.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { OpenConnection } from '../../../shared/ports/connections.ts';
import type { BankSessions } from './bank-sessions.ts';

/** A connection that is complete, as it is written down. */
export interface ReadyConnection {
  readonly id: Id;
  readonly collegeId: Id;
  readonly connectorId: string;
  readonly accountCode: string;
  readonly accountNumber: string;
}

export interface SessionBankLinkOptions {
  readonly sessions: BankSessions;
  readonly connectors: ReadonlyMap<string, BankConnector>;
  readonly ready: () => Promise<readonly ReadyConnection[]>;
  /** @throws MunimError NOT_FOUND, CONNECTION_… */
  readonly open: (id: Id) => Promise<OpenConnection>;
  readonly clock: Clock;
}

/** The banks through the sessions of this desk. An account goes by the id of its connection here; who has the books knows which account that is. */
export function sessionBankLink(options: SessionBankLinkOptions): BankLink {
  const { sessions, connectors, clock } = options;
  const over = async (id: Id) => sessions.of(await options.open(id));
  const never = new AbortController().signal;
  return {
    accounts: async () =>
      (await options.ready()).flatMap((one) => {
        const connector = connectors.get(one.connectorId);
        return connector === undefined ? [] : [reachOf(one, connector, sessions.health(one.id))];
      }),
    send: async (id, sendings) => {
      const { session, connector } = await over(id);
      const { pay, payBulk } = connector;
      if (payBulk !== undefined) {
        const [first] = sendings;
        if (first === undefined) return [];
        const { batchId, debitAccount, debitIfsc } = first;
        const paymentDate = istDate(clock.now());
        const order = { batchId, debitAccount, debitIfsc, paymentDate, payments: sendings.map(instructionOf) };
        const answer = await session.call(payBulk, order, never);
        return sendings.map((one) =>
          answer.ok ? ofRow(one, answer.value.rows) : notTaken(one, answer.error, connector.manifest.name),
        );
      }
      if (pay === undefined) throw new MunimError('BANK_NOT_SET_UP');
      const answers: BankAnswer[] = [];
      for (const one of sendings) {
        const answer = await session.call(pay, instructionOf(one), never);
        answers.push(
          answer.ok
            ? { ...nameOf(one), kind: 'news', news: answer.value }
            : notTaken(one, answer.error, connector.manifest.name),
        );
      }
      return answers;
    },
    enquire: async (id, questions) => {
      const { session, connector } = await over(id);
      const { enquire } = connector;
      if (enquire === undefined) throw new MunimError('BANK_NOT_SET_UP');
      const answers: BankAnswer[] = [];
      for (const one of questions) {
        const answer = await session.call(enquire, questionOf(one), never);
        answers.push(
          answer.ok
            ? { ...nameOf(one), kind: 'news', news: answer.value }
            : { ...nameOf(one), kind: 'in_doubt', refusal: plain(answer.error) },
        );
      }
      return answers;
    },
    balance: (id) =>
      refusing(async () => {
        const connection = await options.open(id);
        const { session, connector } = sessions.of(connection);
        if (connector.balance === undefined) return err(refusal('BANK_NOT_SET_UP'));
        const { accountNumber } = connection;
        const answer = await session.call(connector.balance, { accountNumber }, never);
        return answer.ok ? ok(answer.value) : err(plain(answer.error));
      }),
    statement: (id, { from, to, page }) =>
      refusing(async () => {
        const connection = await options.open(id);
        const { session, connector } = sessions.of(connection);
        if (connector.statement === undefined) return err(refusal('BANK_NOT_SET_UP'));
        const question = { accountNumber: connection.accountNumber, from, to, page };
        const answer = await session.call(connector.statement, question, never);
        return answer.ok ? ok(answer.value) : err(plain(answer.error));
      }),
  };
}

const reachOf = (
  one: ReadyConnection,
  { pay, payBulk, enquire, statement }: BankConnector,
  health: BankHealth,
): BankReach => ({
  collegeId: one.collegeId,
  bankAccountId: one.id,
  accountCode: one.accountCode,
  accountNumber: one.accountNumber,
  connector: one.connectorId,
  // What is sent must be possible to ask after, or a doubt would stay one for ever.
  canPay: (pay !== undefined || payBulk !== undefined) && enquire !== undefined,
  canEnquire: enquire !== undefined,
  canState: statement !== undefined,
  health,
  paymentsMax: payBulk === undefined ? 1 : limits.connector.bulkRowsMax,
});

const nameOf = ({ orderId, fence }: BankSending | BankQuestion) => ({ orderId, fence });

const instructionOf = ({ fence: _, notAfter: __, batchId: ___, ...one }: BankSending): PaymentInstruction => one;

const questionOf = ({ fence: _, ...one }: BankQuestion): PaymentQuestion => one;

/** A row that the answer to a whole batch does not have is in doubt, whatever the rest says. */
function ofRow(one: BankSending, rows: readonly PaymentNews[]): BankAnswer {
  const news = rows.find(({ reference }) => reference === one.reference);
  return news === undefined
    ? { ...nameOf(one), kind: 'in_doubt', refusal: refusal('PAYMENT_IN_DOUBT') }
    : { ...nameOf(one), kind: 'news', news };
}

/**
 * Only a bank that understood and declined, or found what we sent malformed, has certainly taken nothing. That it knows the reference already says that it
 * has taken it before. Everything else is asked about.
 */
function notTaken(one: BankSending, problem: ConnectorProblem, name: string): BankAnswer {
  const isDeclined = problem.kind === 'business' || problem.kind === 'validation';
  if (!isDeclined || problem.code === 'BANK_DUPLICATE_REFERENCE') {
    return { ...nameOf(one), kind: 'in_doubt', refusal: plain(problem) };
  }
  const text = fillText(errorCatalogue[problem.code].cause, { name, ...problem.details });
  const news: PaymentNews = {
    reference: one.reference,
    providerId: null,
    state: 'failed',
    utr: null,
    bookedOn: null,
    failure: { reason: failureReasonOf(problem) ?? 'declined', text: text.slice(0, limits.text.descriptionMax) },
    chargesPaise: null,
  };
  return { ...nameOf(one), kind: 'refused', news };
}

const plain = ({ code, details }: ConnectorProblem): Refusal => refusal(code, details);

async function refusing<T>(work: () => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> {
  try {
    return await work();
  } catch (thrown) {
    const { code, details } = toMunimError(thrown);
    return err(refusal(code, details));
  }
}
