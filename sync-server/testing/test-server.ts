import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commands } from '../../shared/domain/command/registry.ts';
import { testFolder, testTemplate } from '../../shared/engine/testing.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { SignedCommand } from '../../shared/sync/messages.ts';
import { billFields as plainBill } from '../../shared/testing/entries.ts';
import { SimClock } from '../../shared/testing/sim-clock.ts';
import { publicKeyOf, signText } from '../adapters/device-keys.ts';
import { scryptPasswords } from '../adapters/passwords.ts';
import { closeContext, type OpenContext, openContext } from '../composition/open-context.ts';
import { chartFile, migrationsDir, programRoot } from '../composition/places.ts';
import type { ServerConfig } from '../main/config.ts';
import { usableDevice } from '../services/authenticate.ts';
import { enrol, issueEnrolCode } from '../services/enrol.ts';
import type { Log, LogFacts } from '../services/log.ts';
import { addPerson, setUpCollege } from '../services/set-up-college.ts';
import { signIn } from '../services/sign-in.ts';

/** The versions of the commands as they are before a test pretends an update. */
const versions = new Map<string, number>(
  Object.entries(commands).map(([name, { schemaVersion }]) => [name, schemaVersion]),
);

export interface LoggedLine {
  readonly event: string;
  readonly thrown?: unknown;
  readonly facts: LogFacts;
}

export interface TestServer {
  readonly context: OpenContext;
  readonly clock: SimClock;
  readonly lines: LoggedLine[];
  /** What the server logged as a fault; a test that expects none checks that it is empty. */
  readonly faults: LoggedLine[];
  close(): Promise<void>;
}

/** 21 November 2026, 10:00 in India. */
export const testNow = Date.parse('2026-11-21T04:30:00Z');
export const testChart: unknown = JSON.parse(readFileSync(chartFile(programRoot()), 'utf8'));
export const password = 'correct horse battery';

/** A template with the migrations in it; that a server makes them itself is tried where it has none. */
export const booksTemplate = (): Promise<string> => testTemplate(migrationsDir(programRoot()));

/**
 * The whole server over a fresh database: PGlite on disk, or PostgreSQL at the address.
 * @param shared what it has in common with other servers over the same database
 */
export async function openTestServer(
  databaseUrl: string | null,
  shared: Partial<Pick<ServerConfig, 'keysFile' | 'webhookSecretsFile' | 'receiptsDir' | 'bucket' | 'natsUrl'>> = {},
): Promise<TestServer> {
  const { folder, remove } = testFolder();
  const clock = new SimClock(testNow);
  const lines: LoggedLine[] = [];
  const faults: LoggedLine[] = [];
  const note = (event: string, facts: LogFacts = {}): void => {
    lines.push({ event, facts });
  };
  const log: Log = {
    debug: () => {},
    info: note,
    warn: note,
    error: (event, thrown, facts = {}) => faults.push({ event, thrown, facts }),
  };
  const config: ServerConfig = {
    port: 0,
    host: '127.0.0.1',
    dataDir: folder,
    name: 'Test server',
    tls: null,
    keysFile: path.join(folder, 'server-keys.json'),
    webhookSecretsFile: path.join(folder, 'webhook-secrets.json'),
    receiptsDir: path.join(folder, 'receipts'),
    bucket: null,
    templateDir: await booksTemplate(),
    behindProxy: false,
    metrics: null,
    logLevel: 'info',
    demo: false,
    databaseUrl,
    postgresBinDir: null,
    natsUrl: null,
    ...shared,
  };
  const context = await openContext({
    config,
    log,
    clock,
    passwords: scryptPasswords(systemRandom, { N: 2 ** 10, r: 8, p: 1 }),
    onPoison: (reason) => faults.push({ event: reason, facts: {} }),
  });
  return {
    context,
    clock,
    lines,
    faults,
    close: async () => {
      await closeContext(context);
      remove();
    },
  };
}

export function good<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** A desk as far as the server can tell: a key, a sequence, people who signed in on it. */
export class TestDesk {
  readonly deviceId: Id;
  readonly privateKey: string;
  readonly #server: TestServer;
  seq = 0;
  /** What its next commands say that it knew. */
  knows = 0;

  constructor(server: TestServer, deviceId: Id, privateKey: string) {
    this.#server = server;
    this.deviceId = deviceId;
    this.privateKey = privateKey;
  }

  newId(): Id {
    return uuidv7(this.#server.clock.now(), randomBytes(10));
  }

  /** The next command of this desk, signed. `change` overrides parts of it, as a faulty or wicked desk would. */
  command(
    collegeId: Id,
    actorId: Id,
    name: string,
    args: object,
    change: Readonly<Record<string, Plain>> = {},
  ): SignedCommand {
    this.seq = typeof change.seq === 'number' ? change.seq : this.seq + 1;
    return this.sign({
      id: this.newId(),
      collegeId,
      deviceId: this.deviceId,
      seq: this.seq,
      knows: this.knows,
      name,
      schemaVersion: versions.get(name) ?? 1,
      args: args as Plain,
      actorId,
      occurredAt: this.#server.clock.now(),
      ...change,
    });
  }

  sign(command: Plain): SignedCommand {
    const text = canonicalText(command);
    return { text, signature: signText(this.privateKey, text) };
  }

  signRaw(text: string): string {
    return signText(this.privateKey, text);
  }

  async device() {
    return good(await usableDevice(this.#server.context, this.deviceId));
  }

  async signIn(email: string) {
    return good(await signIn(this.#server.context, await this.device(), { email, password }));
  }
}

export const newPrivateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

export async function enrolDesk(server: TestServer, collegeIds: readonly Id[], name = 'Desk'): Promise<TestDesk> {
  const privateKey = newPrivateKey();
  const { code } = await issueEnrolCode(server.context, collegeIds);
  const answer = good(await enrol(server.context, { code, publicKey: publicKeyOf(privateKey), deviceName: name }));
  return new TestDesk(server, answer.deviceId, privateKey);
}

export interface TestCollege {
  readonly id: Id;
  readonly code: string;
  readonly accountantId: Id;
  readonly principalId: Id;
  readonly accountant: string;
  readonly principal: string;
}

/** A college with an accountant and a principal, whose e-mail addresses begin with its code. */
export async function makeCollege(server: TestServer, code: string): Promise<TestCollege> {
  const { context } = server;
  const { id } = await setUpCollege(context, { code, name: `${code} College`, stateCode: '27' }, testChart);
  const [accountant, principal] = [`accounts@${code.toLowerCase()}.example`, `principal@${code.toLowerCase()}.example`];
  const accountantId = await addPerson(
    context,
    { name: `Accountant ${code}`, email: accountant, role: 'college_accounts_admin', password },
    [id],
  );
  const principalId = await addPerson(
    context,
    { name: `Principal ${code}`, email: principal, role: 'principal', password },
    [id],
  );
  return { id, code, accountantId, principalId, accountant, principal };
}

/** A bill that policy approves at once, with the GST of office supplies. */
export const billFields = (vendorId: Id, more: object = {}): object =>
  plainBill(vendorId, '2026-11-10', { cgstPaise: 9_000n, sgstPaise: 9_000n, ...more });
