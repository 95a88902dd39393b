import fs from 'node:fs';
import path from 'node:path';
import type { ConnectorEmulator, Fault } from '../../shared/connectors/_kit/emulator.ts';
import type { AcceptedInstruction } from '../../shared/connectors/_kit/emulator-bank.ts';
import { AxisEmulator } from '../../shared/connectors/bank/axis/emulator.ts';
import type { FailureReason } from '../../shared/domain/payment-order/news.ts';
import { type Pace, pacedClock } from '../../shared/ports/paced-clock.ts';
import { SandboxFiles } from '../sandbox/sandbox-files.ts';
import { Seeded } from '../torture/seeded.ts';
import { serveMachine } from './machine.ts';
import { type BankId, bankAccount, beneficiaryAccount, kinds } from './plan.ts';

/** The banks, all on one machine. */
export interface BankSetup {
  readonly folder: string;
  readonly banks: readonly { readonly id: BankId; readonly port: number }[];
  readonly pace: Pace;
  readonly seed: number;
  readonly intents: number;
  readonly vendors: number;
  readonly faults: number;
  readonly serverUrl: string;
  readonly isCalm: boolean;
}

interface Bank {
  readonly id: BankId;
  readonly emulator: ConnectorEmulator;
  /** Payments that will come back. */
  readonly returning: Set<string>;
  isDelivering: boolean;
  planned: string | null;
}

const TICK_MS = 50;
const reasons = ['insufficient_funds', 'bank_offline', 'invalid_account', 'limit_exceeded', 'declined'] as const;
/** Nobody listens there: what is delivered to it is lost. */
const NOWHERE = 'http://127.0.0.1:9';

let setup: BankSetup;
let random: Seeded;
let isCalm = false;
/** Told of the next payment that any bank takes; that bank then keeps its answer to itself until it is let go. */
let onTaken: ((bank: ConnectorEmulator) => void) | null = null;
let letGo: () => void = () => {};
const banks: Bank[] = [];

/** What goes wrong with the next request: most of what the list of the emulator knows, half of it after the bank did what it was asked. */
function someFault(): Fault {
  const accepts = random.next() < 0.5;
  return random.pick<Fault>([
    { kind: 'silence', accepts },
    { kind: 'reset', accepts },
    { kind: 'cut', accepts },
    { kind: 'truncated', accepts },
    { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503, accepts },
    { kind: 'html', status: 502, accepts },
    { kind: 'delay', ms: random.between(1, 90) * 1_000 },
    { kind: 'unknown_status' },
    { kind: 'wrong_type', accepts },
  ]);
}

const nameOf = (fault: Fault): string => {
  const accepts = 'accepts' in fault && fault.accepts !== undefined ? (fault.accepts ? ' after' : ' before') : '';
  return `${fault.kind}${'status' in fault ? ` ${fault.status}` : ''}${accepts}`;
};

/** On the disk, since the machine is killed: a line for each thing that happened. */
const note = (kind: string, text: string): void =>
  fs.appendFileSync(path.join(setup.folder, `${kind}.log`), `${text}\n`);

function plan(bank: Bank): void {
  const { emulator } = bank;
  if (bank.planned !== null && emulator.faults.length === 0) {
    note('faults', bank.planned);
    bank.planned = null;
  }
  // Drawn once for what came since the last time: a quiet bank must not meet a fault with every request.
  const came = emulator.requests.splice(0).length;
  if (isCalm) emulator.faults.splice(0);
  else if (came > 0 && emulator.faults.length === 0 && random.next() < setup.faults) {
    const fault = someFault();
    bank.planned = nameOf(fault);
    emulator.faults.push(fault);
  }
}

function refuse({ emulator: { bank } }: Bank): void {
  if (isCalm) bank.refusals.clear();
  else if (bank.refusals.size > 0 && random.next() < 0.04) bank.refusals.clear();
  else if (random.next() < 0.02) {
    const reason = random.pick<FailureReason>(reasons);
    bank.refusals.set(beneficiaryAccount(random.between(0, setup.vendors - 1)), reason);
    note('faults', `refuses for ${reason}`);
  }
}

/** What becomes of what was taken. Some of it comes back soon after it was paid. */
function move({ emulator: { bank }, returning }: Bank): void {
  for (const { id, state } of bank.instructions()) {
    if (state === 'accepted') {
      const chance = random.next();
      if (!isCalm && chance < 0.001) bank.fail(id, random.pick<FailureReason>(reasons), 'Rehearsed');
      else if (isCalm || chance < 0.025) {
        bank.settle(id);
        if (!isCalm && random.next() < 0.02) returning.add(id);
      }
    } else if (state === 'paid' && returning.has(id) && random.next() < 0.02) {
      bank.return(id);
      returning.delete(id);
    }
  }
}

async function deliver(bank: Bank): Promise<void> {
  const { notices } = bank.emulator;
  if (bank.isDelivering || notices.waiting.length === 0 || (!isCalm && random.next() > 0.15)) return;
  bank.isDelivering = true;
  try {
    const isLost = !isCalm && random.next() < 0.15;
    const copies = random.next() < 0.3 ? 2 : 1;
    const order = random.next() < 0.5 ? 'backwards' : 'as_it_happened';
    for (let times = isLost ? 5 : 1; times > 0; times -= 1) {
      const told = await notices.deliver(isLost ? NOWHERE : setup.serverUrl, { copies, order });
      if (times > 1) continue;
      const what = isLost ? 'lost' : `${copies === 2 ? 'twice' : 'once'} ${order}`;
      for (const { status } of told) note('webhooks', `${what} ${status ?? 'nobody'}`);
    }
  } finally {
    bank.isDelivering = false;
  }
}

async function start(bank: { readonly id: BankId; readonly port: number }): Promise<string> {
  const kind = kinds[bank.id];
  const files = new SandboxFiles(setup.folder);
  const { manifest } = (await import('../sandbox/emulators.gen.ts')).emulators.find(
    ({ connector }) => connector.manifest.id === bank.id,
  )?.connector ?? { manifest: null };
  if (manifest === null) throw new Error(`no connector ${bank.id}`);
  const emulator = kind.create({
    tls: files.serverIdentity(),
    clientCa: manifest.mutualTls ? files.authority.cert : null,
    settings: kind.settings,
    secrets: kind.secrets,
    accounts: [bankAccount(bank.id, setup.intents)],
    clock: pacedClock(setup.pace),
    stateFile: files.stateFile(bank.id),
    requestsPerMinute: manifest.limits.requestsPerMinute,
  });
  // It may be so at the real one, which says nothing of it: then nothing but the desk keeps a payment from being made twice.
  if (emulator instanceof AxisEmulator) emulator.repeatsByUuid = emulator.knowsReferences = false;
  // Every payment that is asked for, also one that the bank knows already: another bank would pay it twice.
  const { bank: books } = emulator;
  const accept = books.accept.bind(books);
  books.accept = (wanted, rules) => {
    const done = accept(wanted, rules);
    note('heard', `${bank.id} ${wanted.reference} ${done.kind}`);
    if (done.kind === 'accepted') onTaken?.(emulator);
    return done;
  };
  const below = new URL(manifest.baseUrls.production).pathname.replace(/\/$/, '');
  const url = `${await emulator.start(bank.port)}${below}`;
  banks.push({ id: bank.id, emulator, returning: new Set(), isDelivering: false, planned: null });
  files.writeEntry(manifest, url, kind);
  return url;
}

const counted = (instructions: readonly AcceptedInstruction[]): number =>
  instructions.filter(({ state }) => state === 'accepted').length;

serveMachine({
  start: async (given: BankSetup) => {
    setup = given;
    random = new Seeded(given.seed);
    isCalm = given.isCalm;
    fs.mkdirSync(given.folder, { recursive: true });
    const urls: string[] = [];
    for (const bank of given.banks) urls.push(await start(bank));
    setInterval(() => {
      for (const bank of banks) {
        plan(bank);
        refuse(bank);
        move(bank);
        deliver(bank).catch((thrown: unknown) => note('problems', String(thrown)));
      }
    }, TICK_MS);
    return urls;
  },
  calm: async (wanted: boolean) => {
    isCalm = wanted;
  },
  /** Resolves when a bank has taken a payment and nobody knows it yet, or with false when none was asked for any in this time. */
  holdNext: (waitMs: number) =>
    new Promise<boolean>((resolve) => {
      const settle = (isHeld: boolean): void => {
        onTaken = null;
        clearTimeout(timer);
        resolve(isHeld);
      };
      const timer = setTimeout(settle, waitMs, false);
      onTaken = (emulator) => {
        const held = new Promise<void>((free) => {
          letGo = free;
        });
        emulator.beforeAnswer = () => held;
        void held.then(() => {
          emulator.beforeAnswer = null;
        });
        settle(true);
      };
    }),
  letGo: async () => letGo(),
  /** How much is still to come from here. */
  left: async () =>
    banks.reduce((sum, { emulator }) => sum + counted(emulator.instructions()) + emulator.notices.waiting.length, 0),
  instructions: async () =>
    banks.map(({ id, emulator }) => ({ id, instructions: emulator.instructions().map((one) => ({ ...one })) })),
  stop: async () => {
    for (const { emulator } of banks) await emulator.stop();
  },
});
