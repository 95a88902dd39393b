import type { Role } from '../../shared/domain/rows.ts';
import { financialYearOf, istDate } from '../../shared/kernel/dates.ts';
import { MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Paise } from '../../shared/kernel/money.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { SyncLink } from '../../shared/ports/sync-link.ts';

export interface DeviceFacts {
  readonly id: Id;
  readonly formerIds: Id[];
  readonly name: string;
  readonly serverUrl: string;
  readonly serverName: string;
  readonly demonstration: boolean;
  readonly enrolledAt: number;
  readonly colleges: { id: Id; code: string; name: string }[];
}

interface CollegeFacts {
  readonly id: Id;
  readonly code: string;
  readonly name: string;
  readonly address: string;
  readonly approvalAbovePaise: Paise;
  readonly budgetWarningBp: number;
  readonly budgetCriticalBp: number;
}

export interface SessionStore {
  device(): Promise<DeviceFacts | undefined>;
  setDevice(device: DeviceFacts, resign: { nextSeq: number } | undefined): Promise<void>;
  colleges(): Promise<CollegeFacts[]>;
  activeRows(personId: Id): Promise<readonly { collegeId: Id; name: string; email: string; role: Role }[]>;
  knownPeople(): Promise<readonly { readonly name: string; readonly email: string }[]>;
  known(email: string): Promise<{ personId: Id; passwordHash: string; confirmedAt: number } | undefined>;
  remember(person: { id: Id; email: string; passwordHash: string; at: number }): Promise<void>;
  forget(email: string): Promise<void>;
  financialYears(collegeIds: readonly Id[], present: string): Promise<readonly string[]>;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
}

export interface SessionOptions {
  readonly store: SessionStore;
  readonly link: SyncLink;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  /** Whether the person chose to work offline. */
  readonly offlineOnPurpose: () => boolean;
  /** Told whenever somebody signs in or out, or has been seen. */
  readonly onPerson: (person: { readonly personId: Id; readonly lastSeenAt: number } | null) => void;
  /** Notes a new enrolment where the books alone do not keep it. What it throws does not undo the enrolment. */
  readonly onEnrolled: () => Promise<void>;
  readonly onFault: (problem: unknown) => void;
  /** Told after an enrolment and after a person was confirmed by the server: there may be something to fetch or send. */
  readonly onConnected: () => void;
}

interface Person {
  readonly personId: Id;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly collegeIds: readonly Id[];
}

/** With these the server was not reached or could not answer, so that the desk's own memory decides. */
const offlineCodes = new Set([
  'SYNC_OFFLINE',
  'SYNC_BAD_ANSWER',
  'SERVER_UNAVAILABLE',
  'KEYCHAIN_KEY_LOST',
  'KEYCHAIN_UNAVAILABLE',
  'AUTH_DEVICE_UNKNOWN',
  'AUTH_BAD_SIGNATURE',
]);
/** The person is told of a moment of life at most this often. */
const SEEN_EVERY_MS = 10_000;

/** Who sits at the desk, and how the desk came to its server. */
export class SessionService {
  readonly #options: SessionOptions;
  #device: DeviceFacts | null = null;
  #person: Person | null = null;
  #lastSeenAt = 0;
  #toldAt = 0;
  #failures: number[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Reads what the desk knows of itself, and lets the person go on who was signed in before the process restarted. */
  async open(resume: { readonly personId: Id; readonly lastSeenAt: number } | null): Promise<void> {
    this.#device = (await this.#options.store.device()) ?? null;
    await this.#options.link.use(this.#device && { serverUrl: this.#device.serverUrl, deviceId: this.#device.id });
    if (resume === null || this.#isIdle(resume.lastSeenAt)) return;
    this.#person = await this.#personOf(resume.personId);
    this.#lastSeenAt = resume.lastSeenAt;
  }

  get device(): DeviceFacts | null {
    return this.#device;
  }

  current(): Person | null {
    if (this.#person !== null && this.#isIdle(this.#lastSeenAt)) this.#leave();
    return this.#person;
  }

  require(): Person {
    const person = this.current();
    if (person === null) throw new MunimError('AUTH_REQUIRED');
    return person;
  }

  /** A sign of the person. */
  touch(): void {
    if (this.current() === null) return;
    this.#lastSeenAt = this.#options.clock.now();
    if (this.#lastSeenAt - this.#toldAt < SEEN_EVERY_MS) return;
    this.#tell();
  }

  /** Rows of people came from the server: the role or the colleges of the person may have changed. */
  async refresh(): Promise<void> {
    const person = this.#person;
    if (person === null) return;
    const renewed = await this.#personOf(person.personId);
    if (this.#person?.personId === person.personId && renewed !== null) this.#person = renewed;
    else if (renewed === null && (await this.#options.store.colleges()).length > 0) this.#leave();
  }

  async get() {
    const { store, clock } = this.#options;
    const person = this.current();
    const device = this.#device;
    const today = istDate(clock.now());
    const scope = new Set(person?.collegeIds ?? []);
    const present = financialYearOf(today);
    return {
      phase:
        device === null ? ('unenrolled' as const) : person === null ? ('signed_out' as const) : ('signed_in' as const),
      device: device && {
        id: device.id,
        name: device.name,
        serverUrl: device.serverUrl,
        serverName: device.serverName,
      },
      // Before somebody signs in there is nothing of any college to show but its name.
      colleges: (await store.colleges()).filter(({ id }) => person === null || scope.has(id)),
      person: person && { id: person.personId, name: person.name, email: person.email, role: person.role },
      knownPeople: [...(await store.knownPeople())],
      today,
      financialYear: present,
      financialYears: [...(await store.financialYears([...scope], present))],
      demonstration: device?.demonstration ?? false,
    };
  }

  async enrol(input: { serverUrl: string; code: string; deviceName: string }): Promise<void> {
    const { link, store, clock } = this.#options;
    const serverUrl = input.serverUrl.replace(/\/+$/, '');
    const earlier = this.#device;
    const enrolment = await link.enrol({ ...input, serverUrl });
    const device: DeviceFacts = {
      id: enrolment.deviceId,
      formerIds: earlier === null ? [] : [...earlier.formerIds, earlier.id],
      name: input.deviceName,
      serverUrl,
      serverName: enrolment.serverName,
      demonstration: enrolment.demonstration,
      enrolledAt: clock.now(),
      colleges: enrolment.colleges.map(({ id, code, name }) => ({ id, code, name })),
    };
    await store.setDevice(device, earlier === null ? undefined : { nextSeq: enrolment.nextSeq });
    // From here on the server and the books know this desk by its new name, so nothing that fails below may leave it with the old one:
    // what waits would be signed for a device that is no more.
    this.#device = device;
    await link.use({ serverUrl, deviceId: device.id });
    await this.#options.onEnrolled().catch(this.#options.onFault);
    this.#options.onConnected();
  }

  /** Online when the server answers, otherwise against the hash the desk keeps of a password the server once confirmed. */
  async signIn(input: { email: string; password: string }): Promise<void> {
    if (this.#device === null) throw new MunimError('AUTH_DEVICE_UNKNOWN');
    const email = input.email.trim().toLowerCase();
    this.#refuseGuessing();
    const person = this.#options.offlineOnPurpose()
      ? await this.#signInOffline(email, input.password)
      : await this.#signInOnline(email, input.password);
    this.#failures = [];
    this.#person = person;
    this.#lastSeenAt = this.#options.clock.now();
    this.#tell();
  }

  signOut(): void {
    this.#leave();
  }

  async #signInOnline(email: string, password: string): Promise<Person> {
    const { link, store, hasher, clock } = this.#options;
    try {
      const answer = await link.signIn({ email, password });
      const { id } = answer.person;
      // The server answered under the present enrolment, even where the clock was set back since.
      const at = Math.max(clock.now(), this.#device?.enrolledAt ?? 0);
      await store.remember({ id, email, passwordHash: await hasher.hash(password), at });
      this.#options.onConnected();
      return (await this.#personOf(id)) ?? this.#asToldByServer(answer.person);
    } catch (thrown) {
      const { code } = toMunimError(thrown);
      if (code === 'AUTH_BAD_CREDENTIALS') {
        this.#failures.push(clock.now());
        // The password was changed elsewhere: the old one must not go on working here.
        const known = await store.known(email);
        if (known !== undefined && (await hasher.verify(password, known.passwordHash))) await store.forget(email);
      }
      if (!offlineCodes.has(code)) throw thrown;
      return await this.#signInOffline(email, password);
    }
  }

  async #signInOffline(email: string, password: string): Promise<Person> {
    const { store, hasher, clock } = this.#options;
    const known = await store.known(email);
    if (known === undefined) throw new MunimError('AUTH_OFFLINE_UNKNOWN');
    if (!(await hasher.verify(password, known.passwordHash))) {
      this.#failures.push(clock.now());
      throw new MunimError('AUTH_BAD_CREDENTIALS');
    }
    const person = await this.#personOf(known.personId);
    if (person === null) throw new MunimError('AUTH_OFFLINE_UNKNOWN');
    return person;
  }

  /** Until the first rows have come, the server's word stands for the person's rows. */
  #asToldByServer(person: { id: Id; name: string; email: string; role: string; collegeIds: Id[] }): Person {
    const collegeIds = person.collegeIds.filter((id) => this.#device?.colleges.some((college) => college.id === id));
    return { personId: person.id, name: person.name, email: person.email, role: person.role as Role, collegeIds };
  }

  async #personOf(personId: Id): Promise<Person | null> {
    const rows = await this.#options.store.activeRows(personId);
    const [first] = rows;
    if (first === undefined) return null;
    const { name, email, role } = first;
    return { personId, name, email, role, collegeIds: rows.map(({ collegeId }) => collegeId) };
  }

  #refuseGuessing(): void {
    const now = this.#options.clock.now();
    this.#failures = this.#failures.filter((at) => now - at < limits.auth.signInWindowMs);
    const [oldest] = this.#failures;
    if (oldest === undefined || this.#failures.length < limits.auth.signInTriesMax) return;
    throw new MunimError('RATE_LIMITED', { seconds: Math.ceil((oldest + limits.auth.signInWindowMs - now) / 1000) });
  }

  #isIdle(lastSeenAt: number): boolean {
    // A moment that lies far ahead was noted before the clock was set back: nobody can say how long ago that was.
    return Math.abs(this.#options.clock.now() - lastSeenAt) > limits.auth.idleLockMs;
  }

  #leave(): void {
    this.#person = null;
    this.#tell();
  }

  #tell(): void {
    this.#toldAt = this.#options.clock.now();
    this.#options.onPerson(this.#person && { personId: this.#person.personId, lastSeenAt: this.#lastSeenAt });
  }
}
