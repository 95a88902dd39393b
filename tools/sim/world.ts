import { readFileSync } from 'node:fs';
import type { Person } from '../../shared/domain/rows.ts';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { type IsoDate, istDate } from '../../shared/kernel/dates.ts';
import { toMunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { zPullAnswer } from '../../shared/sync/messages.ts';
import { SeededRandom } from '../../shared/testing/seeded-random.ts';
import { readPublicKey, signatureFits } from '../../sync-server/adapters/device-keys.ts';
import { chartFile, programRoot } from '../../sync-server/composition/places.ts';
import type { ServerContext } from '../../sync-server/services/context.ts';
import { issueEnrolCode } from '../../sync-server/services/enrol.ts';
import { serverActor } from '../../sync-server/services/own-command.ts';
import { addPerson, setUpCollege } from '../../sync-server/services/set-up-college.ts';
import { brokenOnDesk, brokenRules, type Finding } from './checks.ts';
import type { SimDatabase } from './database.ts';
import { DeskMachine } from './desk-machine.ts';
import type { Former } from './former.ts';
import type { SimKey } from './keys.ts';
import { Life } from './life.ts';
import { Network } from './network.ts';
import { Oracle } from './oracle.ts';
import { password, peopleOf, type SimPerson } from './people.ts';
import { type Backup, backUp, putBack } from './restore.ts';
import { Scheduler } from './scheduler.ts';
import { type Answer, makeServerFiles, type Request, type ServerFiles, ServerMachine } from './server-machine.ts';
import { Trace } from './trace.ts';

/** 21 November 2026, 10:00 in India. */
const WORLD_START = Date.parse('2026-11-21T04:30:00Z');
const STUCK_MS = 30 * 60_000;
export const DATABASES_MAX = 6;

export interface College {
  readonly id: Id;
  readonly code: string;
  /** Follows what stands on the server now. */
  readonly oracle: Oracle;
  /** Those of histories that ended with a restore, of which desks may still have the books. */
  readonly former: readonly Oracle[];
}

/** A command that a desk said is saved. */
export interface Acknowledged {
  readonly id: Id;
  readonly desk: DeskMachine;
  readonly what: string;
}

export class Broken extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super(`${finding.invariant}: ${finding.problem}`);
    this.finding = finding;
  }
}

export interface WorldOptions {
  readonly seed: number;
  /** One for the server and one for each desk. */
  readonly pgs: readonly SimDatabase[];
  /** The version before, where servers and desks begin with it or may fall back to it. */
  readonly former: Former | null;
  readonly aloud: boolean;
}

/** A server, some desks, the network between them and the people at them; and what is asked of their books all the time. */
export class World {
  readonly trace: Trace;
  readonly scheduler: Scheduler;
  readonly network: Network;
  /** Draws what happens. */
  readonly chance: SeededRandom;
  readonly serverPg: SimDatabase;
  readonly files: ServerFiles;
  readonly colleges: College[] = [];
  readonly desks: DeskMachine[] = [];
  readonly people: readonly SimPerson[];
  readonly acknowledged: Acknowledged[] = [];
  /** What people mean to do in a while, and for which nobody would otherwise wait. */
  errands = 0;
  /** Pushes that reached the server, to be sent again. */
  readonly pushes: { readonly desk: string; readonly request: Request }[] = [];
  /** What the calendar is ahead of simulated time: the nights and holidays in which every machine was off. */
  calendarMs = WORLD_START;
  server: ServerMachine | null = null;
  /** Whether the server that is up, or was last, is of the version before. */
  isServerFormer = false;
  #backup: Backup | null = null;
  #context: ServerContext | null = null;
  broken: Finding | null = null;
  readonly #randoms: (name: number) => SeededRandom;
  readonly #pgs: readonly SimDatabase[];
  readonly #serverRandom: SeededRandom;
  readonly #former: Former | null;

  constructor({ seed, pgs, former, aloud }: WorldOptions) {
    this.#former = former;
    this.#randoms = (name) => new SeededRandom(Math.imul(seed, 0x9e37_79b1) ^ Math.imul(name, 0x85eb_ca6b));
    this.trace = new Trace(aloud);
    this.chance = this.#randoms(1);
    this.scheduler = new Scheduler(this.#randoms(2), 0);
    this.#serverRandom = this.#randoms(3);
    this.files = makeServerFiles(this.#randoms(4), WORLD_START);
    const [serverPg, ...others] = pgs;
    if (serverPg === undefined) throw new Error('no database for the server');
    this.serverPg = serverPg;
    this.#pgs = others;
    this.people = peopleOf(2 + this.chance.below(2));
    this.network = new Network({
      scheduler: this.scheduler,
      random: this.#randoms(5),
      server: () => this.server,
      say: (line) => this.say(line),
      onAnswer: (from, request, answer) => this.#watchAnswer(from, request, answer),
    });
  }

  readonly wallMs = (): number => this.calendarMs + this.scheduler.now();

  say(line: string): void {
    this.trace.say(this.scheduler.now(), line);
  }

  fail(finding: Finding): void {
    if (this.broken === null) this.say(`BROKEN ${finding.invariant}: ${finding.problem}`);
    this.broken ??= finding;
  }

  readonly fault = (what: string, thrown: unknown): void => {
    const stack = thrown instanceof Error ? causesOf(thrown) : String(thrown);
    this.fail({ invariant: 'fault', problem: `${what}: ${stack}` });
  };

  /** Lets the world go on for so long. @throws Broken as soon as something does not hold */
  async pass(ms: number): Promise<void> {
    const until = this.scheduler.now() + ms;
    // What was begun just now has to reach its first event before time moves.
    await new Promise((resolve) => setImmediate(resolve));
    while (await this.scheduler.turn(until)) {
      if (this.broken !== null) throw new Broken(this.broken);
    }
  }

  /** Lets the world go on until this is done. */
  async finish<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const watched = work.finally(() => {
      isDone = true;
    });
    watched.catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    const until = this.scheduler.now() + STUCK_MS;
    while (!isDone) {
      if (this.broken !== null) throw new Broken(this.broken);
      if (!(await this.scheduler.turn(until))) {
        this.fail({ invariant: 'S1', problem: 'something never ends' });
      }
    }
    return await watched;
  }

  /** @param isCurrent whether only the present version will do; otherwise an operator may as well go back to the one before */
  startServer(isCurrent = false): void {
    if (this.server !== null) return;
    this.isServerFormer = !isCurrent && this.#former !== null && this.chance.below(2) === 0;
    const Machine = (this.isServerFormer ? this.#former?.ServerMachine : null) ?? ServerMachine;
    const life: Life = new Life('server', this.scheduler, this.#serverRandom, this.wallMs, () => {
      this.say('server dies');
      this.server = null;
    });
    this.server = new Machine(life, this.serverPg, this.files, this.#serverRandom, {
      onCall: (what) => this.trace.mark(this.scheduler.now(), what),
      onCommit: (pg) => this.#serverCommitted(pg),
      onMoved: ({ collegeId, version }) => this.#poke(collegeId, version),
      onFault: this.fault,
    });
    this.#context = this.server.context;
    this.say(this.isServerFormer ? 'server of the version before is up' : 'server is up');
    this.server.begin();
  }

  /** Colleges, their people and the desks, all set up and enrolled while nothing fails. */
  async setUp(): Promise<void> {
    this.startServer();
    const { context } = this.needServer();
    const chart: unknown = JSON.parse(readFileSync(chartFile(programRoot()), 'utf8'));
    const count = 1 + Math.max(...this.people.flatMap(({ colleges }) => colleges));
    for (let number = 0; number < count; number++) {
      const code = 'ABC'.charAt(number);
      const file = { code, name: `College ${code}`, stateCode: '27', approvalAbove: '5000' };
      const college = setUpCollege(context, file, chart);
      // The oracle has to know of a college before its first commit; its id is the command's own.
      const { id } = await this.finish(college);
      this.colleges.push(this.#college(id, code, []));
    }
    for (const { name, email, role, colleges } of this.people) {
      const ids = colleges.map((number) => this.collegeAt(number));
      await this.finish(addPerson(context, { name, email, role, password }, ids));
    }
    const scopes = this.#scopes(count);
    for (const [number, scope] of scopes.entries()) await this.#addDesk(`desk ${number + 1}`, scope, number);
  }

  needServer(): ServerMachine {
    if (this.server === null) throw new Error('the server is down');
    return this.server;
  }

  collegeAt(number: number): Id {
    const college = this.colleges[number];
    if (college === undefined) throw new Error(`no college ${number}`);
    return college.id;
  }

  /** A new code and a new enrolment of a desk that is up. @returns whether it worked */
  async enrol(desk: DeskMachine): Promise<boolean> {
    const server = this.server;
    const core = desk.running?.core;
    if (server === null || core === undefined) return false;
    try {
      const { code } = await Promise.race([issueEnrolCode(server.context, desk.options.collegeIds), server.life.death]);
      await core.session.enrol({ serverUrl: 'https://server.example', code, deviceName: desk.name });
      this.say(`${desk.name} is enrolled as ${desk.deviceId}`);
      return true;
    } catch (thrown) {
      if (!server.life.isDead) desk.refused('enrols', thrown);
      return false;
    }
  }

  /** Whether a device of this world made the signature. */
  readonly signatureFits = (deviceId: Id, text: string, signature: string): boolean => {
    const key = this.#keyOf(deviceId);
    const read = key === undefined ? null : readPublicKey(key.publicKey);
    return read !== null && signatureFits(read, text, signature);
  };

  #keyOf(deviceId: Id): SimKey | undefined {
    if (deviceId === this.files.keys.deviceId) return this.files.key;
    return this.desks.map(({ keys }) => keys.byDevice.get(deviceId)).find((key) => key !== undefined);
  }

  /** Of whichever run of the server: they all speak in the same name. */
  #serverActor(collegeId: Id): Person {
    if (this.#context === null) throw new Error('there was no server yet');
    return serverActor(this.#context, collegeId);
  }

  #college(id: Id, code: string, former: readonly Oracle[]): College {
    const oracle = new Oracle(id, {
      serverActor: (collegeId) => this.#serverActor(collegeId),
      signatureFits: this.signatureFits,
    });
    return { id, code, oracle, former };
  }

  /** The server is copied while it works. */
  async backUp(): Promise<void> {
    this.#backup = await backUp(this.serverPg);
    this.say('server is copied');
  }

  /** The server breaks down and comes back as it was when it was last copied. */
  async restore(): Promise<void> {
    if (this.#backup === null || this.#context === null) return;
    const now = this.#context.clock.now();
    this.server?.life.die();
    const ids = this.colleges.map(({ id }) => id);
    await putBack(this.serverPg, this.#backup, ids, now);
    const lost = this.colleges.map((college, at) => {
      this.colleges[at] = this.#college(college.id, college.code, [...college.former, college.oracle]);
      return college.oracle.position;
    });
    await this.#serverCommitted(this.serverPg);
    const kept = this.colleges.map(({ oracle }) => oracle.position);
    this.say(`server is put back from ${lost.join(', ')} to ${kept.join(', ')} commands`);
  }

  /** Which desk is for which colleges: the first college has two, and one desk is for several. */
  #scopes(colleges: number): readonly (readonly number[])[] {
    const all = Array.from({ length: colleges }, (_, number) => number);
    return [[0], [0, 1], [1], ...(this.chance.below(2) === 0 ? [all] : []), ...(colleges > 2 ? [[2]] : [])];
  }

  async #addDesk(name: string, scope: readonly number[], number: number): Promise<void> {
    const pg = this.#pgs[number];
    if (pg === undefined) throw new Error('no database for a desk');
    const desk = new DeskMachine({
      name,
      pg,
      scheduler: this.scheduler,
      network: this.network,
      random: this.#randoms(10 + number),
      collegeIds: scope.map((at) => this.collegeAt(at)),
      people: this.people.filter(({ colleges }) => colleges.some((at) => scope.includes(at))),
      wallMs: this.wallMs,
      former: this.#former,
      hooks: { onCall: (what) => this.trace.mark(this.scheduler.now(), what) },
      onCommit: (one, at) => this.#deskCommitted(one, at),
      onFault: this.fault,
      say: (line) => this.say(line),
    });
    this.desks.push(desk);
    await this.finish(desk.start());
    if (!(await this.finish(this.enrol(desk)))) throw new Error(`${name} could not be enrolled`);
  }

  async #serverCommitted(pg: SimDatabase): Promise<void> {
    try {
      for (const finding of await brokenRules(pg)) this.fail(finding);
      for (const { oracle } of this.colleges) for (const finding of await oracle.follow(pg)) this.fail(finding);
    } catch (thrown) {
      this.fault('check of the server', thrown);
    }
  }

  async #deskCommitted(desk: DeskMachine, pg: SimDatabase): Promise<void> {
    const own = new Set(desk.options.collegeIds);
    const isEntry = (collegeId: Id, position: number, hash: string): boolean => {
      const { oracle, former } = this.colleges.find(({ id }) => id === collegeId) ?? {};
      return [oracle, ...(former ?? [])].some((one) => one?.hashAt(position) === hash);
    };
    try {
      for (const { invariant, problem } of await brokenOnDesk(pg, own, isEntry)) {
        this.fail({ invariant, problem: `${desk.name}: ${problem}` });
      }
    } catch (thrown) {
      this.fault(`check of ${desk.name}`, thrown);
    }
  }

  #poke(collegeId: Id, version: number): void {
    for (const desk of this.desks) {
      const heard = this.chance.below(1_000) >= this.network.weather.pokeLossPerMille;
      if (!heard || this.network.cut.has(desk.name) || !desk.options.collegeIds.includes(collegeId)) continue;
      this.scheduler.after(this.chance.below(this.network.weather.delayMaxMs), () =>
        desk.running?.link.poke(collegeId, version),
      );
    }
  }

  /** S8 where it leaves the house: no answer carries a row of a college that is none of the desk's. */
  #watchAnswer(from: string, request: Request, answer: Answer): void {
    if (answer.refused) return;
    if (request.path === '/sync/push') this.pushes.push({ desk: from, request });
    if (request.path !== '/sync/pull') return;
    const page = zPullAnswer.parse(parseCanonical(answer.text));
    const own = this.desks.find(({ name }) => name === from)?.options.collegeIds ?? [];
    const stranger = page.rows.find(({ row }) => row !== null && !own.includes(String(row.collegeId)));
    if (stranger)
      this.fail({ invariant: 'S8', problem: `${from} was sent a row of ${stranger.table} of another college` });
  }

  get today(): IsoDate {
    return istDate(this.wallMs());
  }

  newId(): Id {
    return uuidv7(this.wallMs(), this.chance.bytes(10));
  }
}

function causesOf(thrown: Error): string {
  const own = `${toMunimError(thrown).code} ${thrown.stack ?? thrown.message}`.split('\n').slice(0, 6).join(' | ');
  return thrown.cause instanceof Error ? `${own} caused by ${causesOf(thrown.cause)}` : own;
}
