import { type Refusal, refusal, toMunimError } from '../../shared/kernel/errors.ts';
import { err, type Result } from '../../shared/kernel/result.ts';
import type { BankAnswer, BankLink } from '../../shared/ports/bank-link.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import type { SnapshotLink } from '../../shared/ports/snapshot-link.ts';
import type { LinkEvent, SyncLink } from '../../shared/ports/sync-link.ts';
import type { WebhookLink } from '../../shared/ports/webhook-link.ts';
import { type MainMethod, mainInputs, zLinkEvent } from './inner-contract.ts';
import type { Rpc } from './rpc.ts';

/** Everything the server is asked for. */
export type ServerLink = SyncLink & SnapshotLink & WebhookLink;

/** What the main side offers the ledger process: signatures and the ways to the server and to the banks. */
export function mainMethods(
  signer: Signer,
  link: ServerLink,
  bank: BankLink,
): Record<string, (input: unknown) => Promise<unknown>> {
  const methods: { readonly [M in MainMethod]: (input: unknown) => Promise<unknown> } = {
    'signer.sign': (input) => signer.sign(mainInputs['signer.sign'].parse(input).bytes),
    'link.use': (input) => link.use(mainInputs['link.use'].parse(input)),
    'link.enrol': (input) => link.enrol(mainInputs['link.enrol'].parse(input)),
    'link.signIn': (input) => link.signIn(mainInputs['link.signIn'].parse(input)),
    'link.diagnose': (input) => link.diagnose(mainInputs['link.diagnose'].parse(input)),
    'link.push': (input) => link.push(mainInputs['link.push'].parse(input)),
    'link.pull': (input) => link.pull(mainInputs['link.pull'].parse(input)),
    'link.missingBlobs': (input) => {
      const { collegeId, sha256s } = mainInputs['link.missingBlobs'].parse(input);
      return link.missingBlobs(collegeId, sha256s);
    },
    'link.putBlob': (input) => {
      const { collegeId, sha256, bytes } = mainInputs['link.putBlob'].parse(input);
      return link.putBlob(collegeId, sha256, bytes);
    },
    'link.getBlob': (input) => {
      const { collegeId, sha256 } = mainInputs['link.getBlob'].parse(input);
      return link.getBlob(collegeId, sha256);
    },
    'link.snapshot': (input) => link.snapshot(mainInputs['link.snapshot'].parse(input).collegeId),
    'link.snapshotPart': (input) => {
      const { collegeId, table, after } = mainInputs['link.snapshotPart'].parse(input);
      return link.snapshotPart(collegeId, table, after);
    },
    'link.deadWebhooks': (input) => link.deadWebhooks(mainInputs['link.deadWebhooks'].parse(input).collegeId),
    'link.replayWebhook': (input) => {
      const { collegeId, id } = mainInputs['link.replayWebhook'].parse(input);
      return link.replayWebhook(collegeId, id);
    },
    'link.watch': (input) => link.watch(mainInputs['link.watch'].parse(input).on),
    'bank.accounts': () => bank.accounts(),
    'bank.send': (input) => {
      const { bankAccountId, sendings } = mainInputs['bank.send'].parse(input);
      return bank.send(bankAccountId, sendings);
    },
    'bank.enquire': (input) => {
      const { bankAccountId, questions } = mainInputs['bank.enquire'].parse(input);
      return bank.enquire(bankAccountId, questions);
    },
    'bank.balance': (input) => bank.balance(mainInputs['bank.balance'].parse(input).bankAccountId),
    'bank.statement': (input) => {
      const { bankAccountId, ...period } = mainInputs['bank.statement'].parse(input);
      return bank.statement(bankAccountId, period);
    },
  };
  return methods;
}

/** The same ports as the ledger process sees them. */
export function remoteMain(rpc: Pick<Rpc, 'call'>): {
  readonly signer: Signer;
  readonly link: ServerLink;
  readonly bank: BankLink;
  hear(data: unknown): void;
} {
  const listeners = new Set<(event: LinkEvent) => void>();
  // Answers come from our own code on the other side, which has checked what came from outside.
  const call = <T>(method: MainMethod, input: unknown): Promise<T> => rpc.call(method, input) as Promise<T>;
  return {
    signer: { sign: (bytes) => call('signer.sign', { bytes }) },
    link: {
      use: (target) => call('link.use', target),
      enrol: (request) => call('link.enrol', request),
      signIn: (request) => call('link.signIn', request),
      diagnose: (request) => call('link.diagnose', request),
      push: (request) => call('link.push', request),
      pull: (request) => call('link.pull', request),
      missingBlobs: (collegeId, sha256s) => call('link.missingBlobs', { collegeId, sha256s }),
      putBlob: (collegeId, sha256, bytes) => call('link.putBlob', { collegeId, sha256, bytes }),
      getBlob: (collegeId, sha256) => call('link.getBlob', { collegeId, sha256 }),
      snapshot: (collegeId) => call('link.snapshot', { collegeId }),
      snapshotPart: (collegeId, table, after) => call('link.snapshotPart', { collegeId, table, after }),
      deadWebhooks: (collegeId) => call('link.deadWebhooks', { collegeId }),
      replayWebhook: (collegeId, id) => call('link.replayWebhook', { collegeId, id }),
      watch: (on) => call('link.watch', { on }),
      onEvent: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    bank: remoteBank(call),
    hear: (data) => {
      const event = zLinkEvent.safeParse(data);
      if (event.success) for (const listener of listeners) listener(event.data);
    },
  };
}

type Call = <T>(method: MainMethod, input: unknown) => Promise<T>;

/** Where the main side is gone before it answered, nobody knows whether the bank was asked: that is a doubt, and no error. */
function remoteBank(call: Call): BankLink {
  const inDoubt = (named: readonly { readonly orderId: string; readonly fence: number }[]): readonly BankAnswer[] =>
    named.map(({ orderId, fence }) => ({ orderId, fence, kind: 'in_doubt', refusal: refusal('PAYMENT_IN_DOUBT') }));
  const asked = async <T>(answer: Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> => {
    try {
      return await answer;
    } catch (thrown) {
      const { code, details } = toMunimError(thrown);
      return err(refusal(code, details));
    }
  };
  return {
    accounts: () => call('bank.accounts', {}),
    send: (bankAccountId, sendings) =>
      call<readonly BankAnswer[]>('bank.send', { bankAccountId, sendings }).catch(() => inDoubt(sendings)),
    enquire: (bankAccountId, questions) =>
      call<readonly BankAnswer[]>('bank.enquire', { bankAccountId, questions }).catch(() => inDoubt(questions)),
    balance: (bankAccountId) => asked(call('bank.balance', { bankAccountId })),
    statement: (bankAccountId, period) => asked(call('bank.statement', { bankAccountId, ...period })),
  };
}
