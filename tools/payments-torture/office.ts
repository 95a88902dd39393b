import fs from 'node:fs';
import path from 'node:path';
import type { CommandInput } from '../../shared/ipc/contract/commands.ts';
import type { ChannelName, Input, Output } from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/transport.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { askRunning } from '../../sync-server/composition/control.ts';
import type { SandboxEntry } from '../sandbox/sandbox-files.ts';
import type { DeskSetup, Hand } from './desk-machine.ts';
import { Machine, MachineGone } from './machine.ts';
import { accountCodes, COLLEGE, kinds, PASSWORD, type Plan, people, vendorCount } from './plan.ts';
import { type SeededBooks, serverEnvironment } from './seed-books.ts';

export type Accountant = 'maker' | 'checker';

/** Codes that say that a part is away just now, as kills make it. */
const away: ReadonlySet<string> = new Set(['HOST_GONE', 'ENGINE_RESTARTING', 'SYNC_OFFLINE']);
/** The session ended by itself, or with the process that knew of it. */
const unseated: ReadonlySet<string> = new Set(['AUTH_REQUIRED']);
export const isAway = (thrown: unknown): boolean =>
  thrown instanceof MachineGone || (thrown instanceof MunimError && away.has(thrown.code));

/** A desk with whoever sits at it. */
export class Seat {
  readonly machine: Machine;
  sitting: Accountant;
  readonly number: number;

  constructor(number: number, setup: () => DeskSetup, sitting: Accountant) {
    this.number = number;
    this.machine = new Machine(`desk ${number}`, 'desk-machine.ts', setup);
    this.sitting = sitting;
  }

  /** @throws MunimError with the code of the refusal, MachineGone */
  async call<N extends ChannelName>(channel: N, input: Input<N>): Promise<Output<N>> {
    const reply = (await this.machine.ask('call', { channel, input })) as Reply;
    if (!reply.ok) throw new MunimError(reply.code, { ...reply.details, ref: reply.ref });
    return reply.value as Output<N>;
  }

  /** The same, by somebody who signs in first where nobody sits. */
  async seated<N extends ChannelName>(channel: N, input: Input<N>): Promise<Output<N>> {
    try {
      return await this.call(channel, input);
    } catch (thrown) {
      if (!(thrown instanceof MunimError) || !unseated.has(thrown.code)) throw thrown;
      await this.sit(this.sitting);
      return await this.call(channel, input);
    }
  }

  async sit(who: Accountant): Promise<void> {
    this.sitting = who;
    await this.call('session.signIn', { email: people[who].email, password: PASSWORD });
  }
}

/** The machines of one college: a server, the banks, the desks. */
export class Office {
  readonly plan: Plan;
  readonly books: SeededBooks;
  readonly server: Machine;
  readonly bank: Machine;
  readonly seats: readonly Seat[];
  #isCalm = true;
  #serverUrl = '';
  #ports: readonly number[];

  constructor(plan: Plan, books: SeededBooks) {
    this.plan = plan;
    this.books = books;
    this.#ports = plan.banks.map(() => 0);
    const { folder, pace, intents, seed, banks, faults } = plan;
    this.server = new Machine('server', 'server-machine.ts', () => {
      const port = this.#serverUrl === '' ? 0 : Number(new URL(this.#serverUrl).port);
      return { environment: serverEnvironment(plan, port), pace };
    });
    this.bank = new Machine('bank', 'bank-machine.ts', () => ({
      folder: this.bankFolder,
      banks: banks.map((id, index) => ({ id, port: this.#ports[index] ?? 0 })),
      ...{ pace, intents, faults, serverUrl: this.#serverUrl, isCalm: this.#isCalm },
      vendors: vendorCount(intents),
      seed: seed + 1_000 * this.bank.starts,
    }));
    this.seats = Array.from(
      { length: plan.desks },
      (_, index) =>
        new Seat(
          index + 1,
          () => ({ dataDir: path.join(folder, `desk-${index + 1}`), pace }),
          index % 2 === 0 ? 'maker' : 'checker',
        ),
    );
  }

  get bankFolder(): string {
    return path.join(this.plan.folder, 'bank');
  }

  /** Starts everything for the first time, joins the desks and sets up their connections. */
  async open(): Promise<void> {
    this.#serverUrl = String(await this.server.start());
    const urls = (await this.bank.start()) as string[];
    this.#ports = urls.map((url) => Number(new URL(url).port));
    for (const bank of this.plan.banks) {
      const secret = kinds[bank].secrets.webhookSecret;
      if (secret === undefined) continue;
      await this.operate('add-webhook-secret', { provider: bank, colleges: [COLLEGE], secret, allowsNoTime: false });
    }
    for (const seat of this.seats) await this.#join(seat);
  }

  async operate(name: string, input: object): Promise<unknown> {
    const answer = await askRunning(path.join(this.plan.folder, 'server'), name, input as never);
    if (answer == null) throw new Error('the server does not run');
    return answer.value;
  }

  async #join(seat: Seat): Promise<void> {
    await seat.machine.start();
    const { code } = (await this.operate('enrol-code', { colleges: [COLLEGE] })) as { code: string };
    const serverUrl = this.#serverUrl;
    await seat.call('session.enrol', { serverUrl, code, deviceName: `Desk ${seat.number}` });
    // Both are known here from now on, so that they can sign in without the server.
    for (const who of ['checker', 'maker'] as const) await seat.sit(who);
    await seat.sit(seat.number % 2 === 1 ? 'maker' : 'checker');
    await seat.call('sync.now', {});
    for (const bank of this.plan.banks) await this.#connect(seat, bank);
  }

  async #connect(seat: Seat, bank: (typeof this.plan.banks)[number]): Promise<void> {
    const file = path.join(this.bankFolder, `${bank}.json`);
    const { url, settings, secrets, accounts, files } = JSON.parse(fs.readFileSync(file, 'utf8')) as SandboxEntry;
    const { id } = await seat.call('connections.save', {
      ...{ id: null, collegeId: this.books.collegeId, connectorId: bank, accountCode: accountCodes[bank] },
      ...{ accountNumber: accounts[0]?.number ?? '', environment: 'custom', baseUrl: url, settings: { ...settings } },
    });
    const chosen = (at: string) => ({ name: path.basename(at), bytes: new Uint8Array(fs.readFileSync(at)) });
    const hand = (given: Partial<Hand>) => seat.machine.ask('hand', { files: [], typed: {}, ...given });
    const asked = { id, language: 'en' } as const;
    await hand({ typed: secrets });
    await seat.call('connections.askSecrets', asked);
    const { connectors } = await seat.call('connections.list', {});
    if (connectors.find((one) => one.id === bank)?.needsCertificate === true) {
      await hand({ files: [chosen(files.cert), chosen(files.key)] });
      await seat.call('connections.importCertificate', asked);
    }
    await hand({ files: [chosen(files.ca)] });
    await seat.call('connections.importAuthority', asked);
    const tested = await seat.call('connections.test', { id });
    if (tested.code !== null) throw new Error(`${bank} does not answer ${seat.machine.name}: ${tested.code}`);
  }

  /** The command as a screen gives it. */
  order<N extends CommandInput['name']>(name: N, args: Extract<CommandInput, { name: N }>['args']): CommandInput {
    return { collegeId: this.collegeId, name, args } as CommandInput;
  }

  get collegeId(): Id {
    return this.books.collegeId;
  }

  get machines(): readonly Machine[] {
    return [this.server, this.bank, ...this.seats.map(({ machine }) => machine)];
  }

  /** Whether the banks do what they should, from now on. */
  async calm(wanted: boolean): Promise<void> {
    this.#isCalm = wanted;
    await this.bank.ask('calm', wanted);
  }

  /** Whatever is down is started again. */
  async raise(): Promise<void> {
    for (const machine of this.machines) {
      if (!machine.isUp) await machine.start();
    }
  }

  async close(): Promise<void> {
    for (const machine of [...this.seats.map(({ machine }) => machine), this.bank, this.server]) await machine.stop();
  }

  /** Whatever is still there. */
  async killAll(): Promise<void> {
    for (const machine of this.machines) await machine.kill();
  }
}
