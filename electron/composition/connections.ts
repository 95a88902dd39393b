import path from 'node:path';
import type { BankConnector } from '../../shared/connectors/_kit/bank.ts';
import type { Reply } from '../../shared/ipc/transport.ts';
import { toMunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { BankLink } from '../../shared/ports/bank-link.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import { CertificateStore } from '../adapters/certificates/certificate-store.ts';
import { certificateReader } from '../adapters/certificates/read-certificate.ts';
import { BankSessions } from '../adapters/connections/bank-sessions.ts';
import { connectionFile } from '../adapters/connections/connection-file.ts';
import { sessionBankLink } from '../adapters/connections/session-bank-link.ts';
import { vaultTokens } from '../adapters/connections/vault-tokens.ts';
import type { Vault } from '../adapters/vault/vault.ts';
import { connectionHandlers } from '../host/connection-handlers.ts';
import { type DispatchLog, dispatch } from '../host/dispatch.ts';
import { zPermitted } from '../host/inner-contract.ts';
import { Connections } from '../services/connections.ts';

interface Options {
  /** The banks and gateways that can be set up. */
  readonly connectors: ReadonlyMap<string, BankConnector>;
  readonly dataDir: string;
  readonly vault: Vault;
  readonly prompt: SecretPrompt;
  readonly clock: Clock;
  readonly random: Random;
  /** Asks the ledger process, which alone knows who is signed in. */
  readonly requireRole: (roles: readonly string[]) => Promise<unknown>;
  readonly log: (line: Readonly<Record<string, unknown>> & { readonly what: string }) => void;
  readonly logRefused: DispatchLog;
}

/** Who may see and set up connections. */
const KEEPERS: readonly string[] = ['college_accounts_admin', 'it_admin', 'superuser'];

export interface MainConnections {
  readonly service: Connections;
  readonly sessions: BankSessions;
  /** The banks, each account by the id of its connection. */
  readonly bank: BankLink;
  invoke(channel: string, input: unknown): Promise<Reply>;
  /** Looks after the key of the vault now and once a day. */
  start(): void;
  close(): Promise<void>;
}

/** The main side's part of the connections: it has the keychain, the files and the network. */
export function openConnections(options: Options): MainConnections {
  const { vault, clock, random, log, connectors } = options;
  const sessions = new BankSessions({
    ...{ connectors, clock, random, tokens: vaultTokens(vault) },
    log: (row) => log({ what: 'a call to a bank', ...row }),
  });
  const service = new Connections({
    ...options,
    connectors: [...connectors.values()].map(({ manifest }) => manifest),
    tester: sessions,
    book: connectionFile(path.join(options.dataDir, 'connections.json')),
    certificates: new CertificateStore(vault),
    reader: certificateReader,
  });
  service.onChanged((id) => {
    sessions.changed(id).catch((problem: unknown) => log({ what: 'a session could not be ended', problem }));
  });
  const permit = async () => zPermitted.parse(await options.requireRole(KEEPERS));
  const handlers = connectionHandlers(service, permit);
  let cancel: () => void = () => {};
  let stage: 'new' | 'started' | 'stopped' = 'new';
  const maintain = async (): Promise<void> => {
    try {
      const done = await vault.maintain();
      if (done !== 'nothing') log({ what: 'the key of the vault was looked after', done });
    } catch (thrown) {
      // Everything stays readable under the present key; the next time is tomorrow or at the next start.
      log({ what: 'the key of the vault could not be looked after', code: toMunimError(thrown).code, problem: thrown });
    }
    if (stage === 'started') cancel = clock.after(limits.vault.maintainEveryMs, () => void maintain());
  };
  return {
    service,
    sessions,
    bank: sessionBankLink({
      ...{ sessions, connectors, clock },
      ready: () => service.ready(),
      open: (id) => service.open(id),
    }),
    invoke: (channel, input) => dispatch(handlers, channel, input, options.logRefused, random),
    start: () => {
      if (stage !== 'new') return;
      stage = 'started';
      void maintain();
    },
    close: async () => {
      stage = 'stopped';
      cancel();
      await sessions.close();
    },
  };
}
