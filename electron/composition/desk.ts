import path from 'node:path';
import type { BankConnector } from '../../shared/connectors/_kit/bank.ts';
import { bankConnectors } from '../../shared/connectors/registry.gen.ts';
import { Supervisor, type SupervisorState } from '../../shared/engine/supervisor.ts';
import type { Recovery } from '../../shared/ipc/contract/recovery.ts';
import { events, type Input } from '../../shared/ipc/contract.ts';
import type { HostEvent, Reply } from '../../shared/ipc/transport.ts';
import { type ErrorDetails, isErrorCode, MunimError } from '../../shared/kernel/errors.ts';
import { redact } from '../../shared/kernel/redact.ts';
import { systemClock } from '../../shared/ports/clock.ts';
import { type Pace, pacedClock } from '../../shared/ports/paced-clock.ts';
import type { ProcessPort } from '../../shared/ports/process-port.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import type { SecretStore } from '../../shared/ports/secret-store.ts';
import { sentOnce, sentRecordAt } from '../adapters/bank/sent-once.ts';
import { openLogFile } from '../adapters/log-file.ts';
import { HttpSyncLink } from '../adapters/sync-link/sync-link.ts';
import { DeviceKeys } from '../adapters/vault/device-keys.ts';
import { Vault } from '../adapters/vault/vault.ts';
import type { Desk } from '../host/desk.ts';
import { checkCall, type DispatchLog, failedReply } from '../host/dispatch.ts';
import {
  type LedgerOpen,
  LINK_EVENT,
  SESSION_EVENT,
  zLedgerFailed,
  zLedgerRecovered,
  zSessionEvent,
} from '../host/inner-contract.ts';
import { mainMethods } from '../host/main-side.ts';
import { createRpc } from '../host/rpc.ts';
import { type MainConnections, openConnections } from './connections.ts';
import { canRecover, whatIsKept } from './recovery.ts';

export interface DeskOptions {
  /** Folder of everything this desk keeps; made when missing. */
  readonly dataDir: string;
  /** Folder with `migrations` and `template`, as the build makes it. */
  readonly migrationsDir: string;
  readonly templateDir: string | null;
  readonly spawnLedger: () => ProcessPort;
  /** Finds the keychain; told the backend the vault was made with, or null before there is one. */
  readonly keychain: (backend: string | null) => Promise<SecretStore>;
  /** PEM text of the only authority trusted for the server; the system's when absent. */
  readonly caPem?: string | undefined;
  /** Asks the person for a folder; null when he chose none. Absent where there is no such dialog. */
  readonly chooseFolder?: (() => Promise<string | null>) | undefined;
  /** Asks the person for secrets and the files that hold them. Absent where nobody can be asked. */
  readonly prompt?: SecretPrompt | undefined;
  /** The banks and gateways that can be set up; those of the registry when absent. */
  readonly connectors?: ReadonlyMap<string, BankConnector> | undefined;
  /** Rehearsals only: time that goes faster, in both processes. Nothing that is packed gives one. */
  readonly pace?: Pace | undefined;
  /** Begin with other books in the place of damaged ones. */
  readonly recover?: boolean | undefined;
}

/** The ledger process gets this long to close the books before it is killed; what was acknowledged is on disk without it. */
const CLOSE_GRACE_MS = 8_000;

/** Why opening failed, when trying again cannot help: a person or an update has to. */
const permanent: ReadonlySet<string> = new Set([
  'ENGINE_LOCKED',
  'ENGINE_SCHEMA_NEWER',
  'ENGINE_MAJOR_MISMATCH',
  'ENGINE_NOT_DURABLE',
  'ENGINE_CORRUPT',
  'ENGINE_DISK_FULL',
  'ENGINE_MIGRATION_FAILED',
]);

/**
 * Starts the main side of the desk and its ledger process. Resolves when the books are open, or when they are damaged, so that the
 * screens can offer what helps.
 * @throws MunimError with the reason when they cannot be opened and a person or an update has to help first
 */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const desk = new SupervisedDesk(options);
  try {
    await desk.open(options.recover === true);
  } catch (thrown) {
    if (!desk.canRecover) throw thrown;
  }
  return desk;
}

class SupervisedDesk implements Desk {
  readonly #options: DeskOptions;
  readonly #listeners = new Set<(event: HostEvent) => void>();
  readonly #link: HttpSyncLink;
  readonly #connections: MainConnections;
  readonly #supervisor: Supervisor;
  readonly #rpc: ReturnType<typeof createRpc>;
  readonly #write: ReturnType<typeof openLogFile>['write'];
  #port: ProcessPort | null = null;
  #person: LedgerOpen['resume'] = null;
  #failure: { readonly code: string; readonly details: ErrorDetails } | null = null;
  #onOpened: { resolve(): void; reject(problem: MunimError): void } | null = null;
  #closing: Promise<void> | null = null;
  #recover = false;
  #recovered: Recovery['recovered'] = null;

  constructor(options: DeskOptions) {
    this.#options = options;
    const clock = options.pace === undefined ? systemClock : pacedClock(options.pace);
    this.#write = openLogFile(path.join(options.dataDir, 'logs'), 'desk', clock, redact).write;
    const vault = new Vault({
      file: path.join(options.dataDir, 'vault.json'),
      keychain: options.keychain,
      clock,
      random: systemRandom,
    });
    this.#link = new HttpSyncLink({
      keys: new DeviceKeys(vault),
      clock,
      random: systemRandom,
      caPem: options.caPem,
    });
    this.#connections = openConnections({
      connectors: options.connectors ?? bankConnectors,
      dataDir: options.dataDir,
      vault,
      prompt: options.prompt ?? noPrompt,
      clock,
      random: systemRandom,
      requireRole: (roles) => this.#rpc.call('requireRole', { roles }),
      log: (line) => this.#write(line),
      logRefused: (entry) => this.#log(entry),
    });
    // Whatever the books process believes, each sending is let out once.
    const banks = sentOnce(this.#connections.bank, sentRecordAt(path.join(options.dataDir, 'payments', 'sent')), clock);
    this.#supervisor = new Supervisor({
      spawn: () => this.#spawn(),
      onMessage: (message) => this.#hear(message),
      onState: (state) => this.#follow(state),
    });
    this.#rpc = createRpc({
      post: (message) => {
        // Calls wait until the ledger is ready; events go to whoever is there.
        if (message.rpc === 'call') this.#supervisor.post(message);
        else this.#port?.post(message);
      },
      methods: mainMethods(this.#link, this.#link, banks),
      onEvent: (name, data) => this.#event(name, data),
      onFault: (method, problem) => this.#write({ what: 'fault in a call', method, problem }),
    });
    this.#link.onEvent((event) => {
      // Without a ledger nobody needs the poke: it asks the server anyway when it is back.
      if (this.#supervisor.state.kind === 'running') this.#rpc.emit(LINK_EVENT, event);
    });
  }

  open(recover = false): Promise<void> {
    this.#recover = recover;
    return new Promise((resolve, reject) => {
      this.#onOpened = { resolve, reject };
      this.#supervisor.start();
    });
  }

  /** Whether the books are closed for a reason that others in their place would end. */
  get canRecover(): boolean {
    const { kind } = this.#supervisor.state;
    return (kind === 'stopped' || kind === 'gaveUp') && canRecover(this.#failure?.code ?? 'HOST_GONE');
  }

  async invoke(channel: string, input: unknown): Promise<Reply> {
    try {
      const call = checkCall(channel, input);
      if (call.name === 'recovery.look') return { ok: true, value: await this.#look() };
      if (call.name === 'recovery.start') return { ok: true, value: await this.#startRecovery() };
      if (call.name.startsWith('connections.')) return await this.#connections.invoke(call.name, call.input);
      if (call.name === 'backups.setFolder' && (call.input as Input<'backups.setFolder'>).to === 'ask') {
        const folder = (await this.#options.chooseFolder?.()) ?? null;
        // No folder was chosen: what stood stays.
        if (folder !== null) return (await this.#rpc.call('useBackupFolder', { folder })) as Reply;
      }
      return (await this.#rpc.call('invoke', { channel: call.name, input: call.input })) as Reply;
    } catch (thrown) {
      return failedReply(channel, this.#explained(thrown), this.#log, systemRandom);
    }
  }

  onEvent(listener: (event: HostEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #look(): Promise<Recovery> {
    const { kind } = this.#supervisor.state;
    return {
      books: kind === 'running' ? 'open' : kind === 'stopped' || kind === 'gaveUp' ? 'closed' : 'opening',
      problem: this.#failure && { code: this.#failure.code, details: { ...this.#failure.details } },
      possible: this.canRecover,
      ...(await whatIsKept(this.#options.dataDir)),
      recovered: this.#recovered,
    };
  }

  async #startRecovery(): Promise<Recovery> {
    if (this.canRecover && this.#closing === null) {
      this.#write({ what: 'a second life was asked for' });
      await this.open(true);
    }
    return await this.#look();
  }

  async #close(): Promise<void> {
    if (this.#supervisor.state.kind === 'running') {
      // The ledger answers when the books are closed and then ends; the supervisor must not take that for a failure.
      const closed = this.#rpc.call('close', {}).catch(() => {});
      await this.#supervisor.stop(CLOSE_GRACE_MS);
      // One that ended without a word answers no call any more.
      this.#rpc.failAll('HOST_GONE');
      await closed;
    } else {
      await this.#supervisor.stop();
    }
    await Promise.all([this.#connections.close(), this.#link.close()]);
    this.#write({ what: 'closed' });
  }

  readonly #log: DispatchLog = (entry) => this.#write({ what: 'refused', ...entry });

  /** While the ledger cannot be opened, the reason says more than that it is away. */
  #explained(thrown: unknown): unknown {
    const isAway = thrown instanceof MunimError && (thrown.code === 'ENGINE_RESTARTING' || thrown.code === 'HOST_GONE');
    if (!isAway || this.#failure === null || this.#supervisor.state.kind === 'running') return thrown;
    return problemOf(this.#failure);
  }

  #spawn(): ProcessPort {
    const port = this.#options.spawnLedger();
    this.#port = port;
    const order: LedgerOpen = {
      ledgerOpen: 1,
      dataDir: this.#options.dataDir,
      migrationsDir: this.#options.migrationsDir,
      templateDir: this.#options.templateDir,
      resume: this.#person,
      recover: this.#recover,
      canChooseFolder: this.#options.chooseFolder !== undefined,
      pace: this.#options.pace ?? null,
    };
    // Only once: a restart finds books that are sound, or says again that they are not.
    this.#recover = false;
    port.post(order);
    return port;
  }

  #hear(message: unknown): void {
    const asker = this.#port;
    // Answered at once, while it is opening too; never to another process than asked.
    if (this.#rpc.receive(message, (answer) => asker?.post(answer))) return;
    const recovered = zLedgerRecovered.safeParse(message);
    if (recovered.success) {
      const { backupAt, commands, failed } = recovered.data;
      this.#recovered = { backupAt, commands, failed };
    }
    const failed = zLedgerFailed.safeParse(message);
    if (!failed.success) return;
    this.#failure = failed.data;
    this.#write({ what: 'the books could not be opened', code: failed.data.code });
    if (permanent.has(failed.data.code)) void this.#supervisor.stop(CLOSE_GRACE_MS).then(() => this.#giveUp());
  }

  #follow(state: SupervisorState): void {
    this.#write({ what: 'ledger process', state: state.kind });
    if (state.kind === 'running') {
      this.#failure = null;
      this.#connections.start();
      this.#onOpened?.resolve();
      this.#onOpened = null;
      this.#tell({ name: 'ledger', data: { state: 'ready' } });
    } else if (state.kind === 'restarting') {
      this.#rpc.failAll('HOST_GONE');
      this.#tell({ name: 'ledger', data: { state: 'restarting' } });
    } else if (state.kind === 'gaveUp') {
      this.#rpc.failAll('HOST_GONE');
      this.#giveUp();
    }
  }

  #giveUp(): void {
    this.#rpc.failAll('HOST_GONE');
    this.#onOpened?.reject(this.#failure === null ? new MunimError('HOST_GONE') : problemOf(this.#failure));
    this.#onOpened = null;
    this.#tell({ name: 'ledger', data: { state: 'gave_up' } });
  }

  #event(name: string, data: unknown): void {
    if (name === SESSION_EVENT) {
      const person = zSessionEvent.safeParse(data);
      if (person.success) this.#person = person.data;
    } else if (Object.hasOwn(events, name)) {
      this.#tell({ name, data });
    }
  }

  #tell(event: HostEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

const unasked = (): Promise<never> => Promise.reject(new MunimError('SECRET_PROMPT_UNAVAILABLE'));
const noPrompt: SecretPrompt = { chooseFiles: unasked, ask: unasked };

const problemOf = ({ code, details }: { readonly code: string; readonly details: ErrorDetails }): MunimError =>
  isErrorCode(code) ? new MunimError(code, details) : new MunimError('INTERNAL');
