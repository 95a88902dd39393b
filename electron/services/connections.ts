import { type SecretField, wrongField } from '../../shared/domain/connection/secret-fields.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Paise } from '../../shared/kernel/money.ts';
import type { CertificateReader, ClientCertificate } from '../../shared/ports/certificates.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type {
  CallSummary,
  ConnectionBook,
  ConnectionCredentials,
  ConnectionRecord,
  ConnectionTester,
  OpenConnection,
} from '../../shared/ports/connections.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import type { SecretVault, VaultState } from '../../shared/ports/vault.ts';
import { baseUrlOf, checkedAddress, checkedSettings } from './connection-settings.ts';
import {
  type ConnectionState,
  type ConnectorFacts,
  needsAuthority,
  SECRET_KIND,
  secretName,
  stateOf,
  vaultNames,
} from './connection-view.ts';

/** Where certificates with their keys are sealed. */
export interface CertificateKeeper {
  put(connectionId: string, generation: number, certificate: ClientCertificate): Promise<void>;
  get(connectionId: string, generation: number): Promise<{ readonly cert: string; readonly key: string }>;
  keepOnly(connectionId: string, generation: number | null): Promise<void>;
}

export interface ConnectionsOptions {
  readonly connectors: readonly ConnectorFacts[];
  readonly book: ConnectionBook;
  readonly vault: SecretVault;
  readonly certificates: CertificateKeeper;
  readonly reader: CertificateReader;
  readonly prompt: SecretPrompt;
  readonly tester: ConnectionTester;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Confirms, each time anew, that somebody is signed in who may do this, and says whose books he works in. What takes a while asks again
 * before it acts: meanwhile he may have gone.
 */
export type Permit = () => Promise<{ readonly collegeIds: readonly Id[] }>;

export type ConnectionOrder = Omit<ConnectionRecord, 'id' | 'certificate' | 'authority' | 'lastTest'> & {
  readonly id: Id | null;
};

export interface ListedConnection extends ConnectionRecord, ConnectionState {
  readonly facts: ConnectorFacts | undefined;
  readonly needsAuthority: boolean;
}

/** The connections of this desk to banks: what is set up, the secrets behind them, and whether they work. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #listeners = new Set<(id: Id) => void>();
  #isAsking = false;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  get connectors(): readonly ConnectorFacts[] {
    return this.#options.connectors;
  }

  figures(id: Id): readonly CallSummary[] {
    return this.#options.tester.figures(id);
  }

  canTest(connectorId: string): boolean {
    return this.#options.tester.canTest(connectorId);
  }

  async list(permit: Permit): Promise<{ readonly vault: VaultState; readonly connections: ListedConnection[] }> {
    const { collegeIds } = await permit();
    const names = await vaultNames(this.#options.vault);
    const connections = this.#options.book
      .read()
      .filter(({ collegeId }) => collegeIds.includes(collegeId))
      .map((record): ListedConnection => {
        const facts = this.#facts(record.connectorId);
        const isPinned = facts !== undefined && needsAuthority(record, facts);
        return { ...record, ...stateOf(record, facts, names), facts, needsAuthority: isPinned };
      });
    return { vault: names.vault, connections };
  }

  async save(permit: Permit, order: ConnectionOrder): Promise<Id> {
    const { collegeIds } = await permit();
    const all = this.#options.book.read();
    const facts = this.#knownFacts(order.connectorId);
    if (!collegeIds.includes(order.collegeId)) throw new MunimError('NOT_FOUND', { what: 'college' });
    const address = checkedAddress(order, facts);
    const settings = checkedSettings(order.settings, facts.settings);
    const isTaken = (one: ConnectionRecord): boolean =>
      one.collegeId === order.collegeId && one.accountCode === order.accountCode && one.id !== order.id;
    if (all.some(isTaken)) throw new MunimError('CONNECTION_DUPLICATE', { account: order.accountCode });
    const { collegeId, connectorId, accountCode, accountNumber } = order;
    const entered = { collegeId, connectorId, accountCode, accountNumber, ...address, settings };
    if (order.id === null) {
      const { countMax: limit } = limits.connection;
      if (all.length >= limit) throw new MunimError('CONNECTION_TOO_MANY', { limit });
      const id = uuidv7(this.#options.clock.now(), this.#options.random.bytes(10));
      this.#options.book.write([...all, { id, ...entered, certificate: null, authority: null, lastTest: null }]);
      return id;
    }
    const before = this.#find(order.id, collegeIds);
    if (before.connectorId !== connectorId || before.collegeId !== collegeId) {
      throw new MunimError('INPUT_INVALID', { where: 'connectorId' });
    }
    const isElsewhere = baseUrlOf(before, facts) !== baseUrlOf(entered, facts);
    // What was given for one address is never sent to another.
    if (isElsewhere) await this.#removeSecrets(before.id, facts);
    const moved = isElsewhere ? { authority: null, lastTest: null } : {};
    this.#change(before.id, { ...entered, ...moved });
    this.#tell(before.id);
    return before.id;
  }

  /** Opens the prompt for the secrets. @returns false when the person closed it */
  async askSecrets(permit: Permit, id: Id, language: 'en' | 'hi'): Promise<boolean> {
    const { record, facts } = await this.#permitted(permit, id);
    if (facts.secrets.length === 0) throw new MunimError('CONNECTION_NO_SECRETS', { connector: facts.name });
    const { secretsSet, lost } = stateOf(record, facts, await vaultNames(this.#options.vault));
    const fields = facts.secrets.map(({ name, pattern, isOptional }): SecretField => {
      const isSet = secretsSet.includes(name) && !lost.includes(name);
      return { name, pattern, isSet, mayBeBlank: isOptional || isSet, isLong: pattern.includes('\\s\\S') };
    });
    const typed = await this.#alone(() =>
      this.#options.prompt.ask({ purpose: 'secrets', about: facts.name, language, fields, problem: null }),
    );
    if (typed === null) return false;
    const wrong = wrongField(fields, typed);
    if (wrong !== null) throw new MunimError('CONNECTION_SETTING_INVALID', { setting: wrong });
    await this.#permitted(permit, id);
    for (const { name } of fields) {
      const value = typed[name] ?? '';
      if (value !== '') await this.#options.vault.put(secretName(id, name), SECRET_KIND, utf8.encode(value));
    }
    this.#change(id, { lastTest: null });
    this.#tell(id);
    return true;
  }

  /** Opens the dialog for a certificate with its key, and asks for the passphrase where there is one. */
  async importCertificate(permit: Permit, id: Id, language: 'en' | 'hi'): Promise<boolean> {
    const { facts } = await this.#permitted(permit, id);
    if (!facts.mutualTls) throw new MunimError('CONNECTION_NO_CERTIFICATE', { connector: facts.name });
    const certificate = await this.#alone(() => this.#readCertificate(language));
    if (certificate === null) return false;
    const { record } = await this.#permitted(permit, id);
    const generation = (record.certificate?.generation ?? 0) + 1;
    // The one before serves until the new one is written down; then calls that begin use the new one.
    await this.#options.certificates.put(id, generation, certificate);
    this.#change(id, { certificate: { generation, facts: certificate.facts }, lastTest: null });
    this.#tell(id);
    await this.#options.certificates.keepOnly(id, generation);
    return true;
  }

  /** Opens the dialog for the authorities that are trusted for the other side. */
  async importAuthority(permit: Permit, id: Id): Promise<boolean> {
    await this.#permitted(permit, id);
    const files = await this.#alone(() => this.#options.prompt.chooseFiles('authority'));
    if (files === null) return false;
    const read = this.#options.reader.readAuthorities(
      files.map(({ bytes }) => bytes),
      this.#options.clock.now(),
    );
    if (!read.ok) throw new MunimError(read.error.code, read.error.details);
    await this.#permitted(permit, id);
    this.#change(id, { authority: read.value, lastTest: null });
    this.#tell(id);
    return true;
  }

  /** The secrets go first: a connection without them can be removed again, secrets without a connection would stay for ever. */
  async remove(permit: Permit, id: Id): Promise<void> {
    const { collegeIds } = await permit();
    this.#find(id, collegeIds);
    await this.#options.certificates.keepOnly(id, null);
    for (const { name } of await this.#options.vault.list(SECRET_KIND)) {
      if (name.startsWith(secretName(id, ''))) await this.#options.vault.remove(name);
    }
    this.#options.book.write(this.#options.book.read().filter((one) => one.id !== id));
    this.#tell(id);
  }

  /** @returns what the other side says is available, or the code of what went wrong; both are written down */
  async test(permit: Permit, id: Id): Promise<TestOutcome> {
    const { facts } = await this.#permitted(permit, id);
    if (!this.canTest(facts.id)) throw new MunimError('CONNECTION_CANNOT_TEST', { connector: facts.name });
    const outcome = await this.#tried(id);
    const { code, details } = outcome;
    if (this.#options.book.read().some((one) => one.id === id)) {
      this.#change(id, { lastTest: { at: this.#options.clock.now(), code, details } });
    }
    return outcome;
  }

  /** Those that can be spoken over now, for the work of the desk itself. */
  async ready(): Promise<readonly ConnectionRecord[]> {
    const names = await vaultNames(this.#options.vault);
    return this.#options.book
      .read()
      .filter((record) => stateOf(record, this.#facts(record.connectorId), names).state === 'ready');
  }

  /** The connection for whoever speaks over it. @throws MunimError NOT_FOUND, CONNECTION_UNKNOWN_KIND, CONNECTION_INCOMPLETE */
  async open(id: Id): Promise<OpenConnection> {
    const record = this.#find(id, null);
    const facts = this.#knownFacts(record.connectorId);
    const { state, missing } = stateOf(record, facts, await vaultNames(this.#options.vault));
    if (state === 'incomplete') throw new MunimError('CONNECTION_INCOMPLETE', { fields: missing.join(', ') });
    if (state === 'lost') throw new MunimError('CONNECTION_LOST');
    return {
      id,
      connectorId: record.connectorId,
      baseUrl: baseUrlOf(record, facts),
      accountNumber: record.accountNumber,
      settings: record.settings,
      secrets: () => this.#secrets(id, facts),
      credentials: () => this.#credentials(id),
    };
  }

  /** Told after a connection, its secrets or its certificate changed, so that calls from now on use the new ones. */
  onChanged(listener: (id: Id) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #tried(id: Id): Promise<TestOutcome> {
    const patience = new AbortController();
    const cancel = this.#options.clock.after(limits.connection.testMs, () => patience.abort());
    try {
      const connection = await this.open(id);
      const answer = await this.#options.tester.test(connection, patience.signal);
      if (answer.ok) return { code: null, details: {}, availablePaise: answer.value.availablePaise };
      return { code: answer.error.code, details: answer.error.details, availablePaise: null };
    } catch (thrown) {
      if (!(thrown instanceof MunimError)) throw thrown;
      return { code: thrown.code, details: thrown.details, availablePaise: null };
    } finally {
      cancel();
    }
  }

  async #readCertificate(language: 'en' | 'hi'): Promise<ClientCertificate | null> {
    const files = await this.#options.prompt.chooseFiles('certificate');
    if (files === null) return null;
    const bytes = files.map((file) => file.bytes);
    const about = files.map(({ name }) => name).join(', ');
    const fields = [
      { name: 'passphrase', pattern: '[\\s\\S]{1,1000}', mayBeBlank: false, isSet: false, isLong: false },
    ];
    let passphrase: string | null = null;
    for (let tries = 0; ; tries++) {
      const read = await this.#options.reader.readClient(bytes, passphrase, this.#options.clock.now());
      if (read.ok) return read.value;
      const isLocked = read.error.code === 'CERTIFICATE_PASSPHRASE_WRONG';
      if (!isLocked || tries >= limits.connection.passphraseTries) {
        throw new MunimError(read.error.code, read.error.details);
      }
      const problem = passphrase === null ? null : read.error.code;
      const typed = await this.#options.prompt.ask({ purpose: 'passphrase', about, language, fields, problem });
      if (typed === null) return null;
      passphrase = typed.passphrase ?? '';
    }
  }

  async #secrets(id: Id, facts: ConnectorFacts): Promise<Record<string, string>> {
    const kept = new Set((await this.#options.vault.list(SECRET_KIND)).map(({ name }) => name));
    const values: Record<string, string> = {};
    for (const { name, isOptional } of facts.secrets) {
      if (kept.has(secretName(id, name))) {
        values[name] = new TextDecoder().decode(await lostAs(this.#options.vault.get(secretName(id, name))));
      } else if (!isOptional) throw new MunimError('CONNECTION_INCOMPLETE', { fields: 'secrets' });
    }
    return values;
  }

  async #credentials(id: Id): Promise<ConnectionCredentials | null> {
    const { certificate, authority } = this.#find(id, null);
    if (certificate === null && authority === null) return null;
    const ca = authority?.pem ?? null;
    if (certificate === null) return { cert: null, key: null, ca };
    const { cert, key } = await lostAs(this.#options.certificates.get(id, certificate.generation));
    return { cert, key, ca };
  }

  async #permitted(permit: Permit, id: Id): Promise<{ record: ConnectionRecord; facts: ConnectorFacts }> {
    const { collegeIds } = await permit();
    const record = this.#find(id, collegeIds);
    return { record, facts: this.#knownFacts(record.connectorId) };
  }

  #find(id: Id, collegeIds: readonly Id[] | null): ConnectionRecord {
    const found = this.#options.book.read().find((one) => one.id === id);
    const isTheirs = found !== undefined && (collegeIds === null || collegeIds.includes(found.collegeId));
    if (!isTheirs) throw new MunimError('NOT_FOUND', { what: 'connection' });
    return found;
  }

  #facts(connectorId: string): ConnectorFacts | undefined {
    return this.#options.connectors.find((one) => one.id === connectorId);
  }

  #knownFacts(connectorId: string): ConnectorFacts {
    const facts = this.#facts(connectorId);
    if (facts === undefined) throw new MunimError('CONNECTION_UNKNOWN_KIND', { connector: connectorId });
    return facts;
  }

  #change(id: Id, change: Partial<ConnectionRecord>): void {
    const { book } = this.#options;
    book.write(book.read().map((one) => (one.id === id ? { ...one, ...change } : one)));
  }

  async #removeSecrets(id: Id, facts: ConnectorFacts): Promise<void> {
    for (const { name } of facts.secrets) await this.#options.vault.remove(secretName(id, name));
  }

  /** One question to the person at a time. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isAsking) throw new MunimError('SECRET_PROMPT_BUSY');
    this.#isAsking = true;
    try {
      return await work();
    } finally {
      this.#isAsking = false;
    }
  }

  #tell(id: Id): void {
    for (const listener of this.#listeners) listener(id);
  }
}

export interface TestOutcome {
  readonly code: string | null;
  readonly details: MunimError['details'];
  readonly availablePaise: Paise | null;
}

const utf8 = new TextEncoder();

/** Of one connection it is said that its secrets are lost, not that the desk has to be enrolled again. */
async function lostAs<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof MunimError && thrown.code === 'KEYCHAIN_KEY_LOST') throw new MunimError('CONNECTION_LOST');
    throw thrown;
  }
}
