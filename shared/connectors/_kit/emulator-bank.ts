import type { FailureReason, PaymentFailure, PaymentMode } from '../../domain/payment-order/news.ts';
import type { StatementEntry } from '../../domain/statement/model.ts';
import { type IsoDate, istDate } from '../../kernel/dates.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Clock } from '../../ports/clock.ts';
import { EmulatorJournal } from './emulator-journal.ts';

export interface EmulatedAccount {
  readonly number: string;
  readonly ifsc: string;
  readonly holder: string;
  readonly openingPaise: Paise;
}

/** A payment as somebody asks for it. */
export interface WantedPayment {
  readonly reference: string;
  readonly batchId: string | null;
  readonly debitAccount: string;
  readonly beneficiaryName: string;
  readonly beneficiaryAccount: string;
  readonly beneficiaryIfsc: string;
  readonly amountPaise: Paise;
  readonly mode: PaymentMode;
  readonly purpose: string;
}

/** A payment that the other side took upon itself. There is one of these for every time it would move money. */
export interface AcceptedInstruction extends WantedPayment {
  /** The other side's own name of it. */
  readonly id: string;
  /** By which a repeat is known; null where it came without. */
  readonly key: string | null;
  readonly state: 'accepted' | 'paid' | 'failed' | 'returned';
  readonly utr: string | null;
  readonly failure: PaymentFailure | null;
  readonly chargesPaise: Paise;
  readonly acceptedAt: number;
  readonly changedAt: number;
}

/**
 * What becomes of a payment that is asked for. `repeated`: the key is known with the same content, this is the first answer again; `conflict`: the key is known
 * with other content; `duplicate`: the reference was used; `refused`: not taken, nothing will happen.
 */
export type Acceptance =
  | { readonly kind: 'accepted' | 'repeated' | 'conflict' | 'duplicate'; readonly instruction: AcceptedInstruction }
  | { readonly kind: 'refused'; readonly reason: FailureReason };

export interface AcceptRules {
  readonly key: string | null;
  /** Whether a reference that was used before is told so and not taken a second time. */
  readonly uniqueReference: boolean;
}

export type EmulatedLine = Omit<StatementEntry, 'balancePaise'>;

export interface BankSetup {
  readonly accounts: readonly EmulatedAccount[];
  readonly clock: Clock;
  /** A file that outlives a kill; null keeps all in memory. */
  readonly stateFile: string | null;
  /** The first four letters of its IFSCs, with which its UTRs start. */
  readonly bankCode: string;
  readonly chargesPaise?: Paise;
}

type Entry =
  | { readonly kind: 'instruction'; readonly instruction: AcceptedInstruction }
  | { readonly kind: 'line'; readonly account: string; readonly line: EmulatedLine };

/** The money side of an emulator: accounts, what it was told to pay and what became of it, and the statement lines that follow. */
export class EmulatedBank {
  readonly #setup: BankSetup;
  readonly #journal: EmulatorJournal<Entry>;
  readonly #instructions = new Map<string, AcceptedInstruction>();
  readonly #lines = new Map<string, EmulatedLine[]>();
  /** Beneficiary accounts to which it pays nothing, and why. */
  readonly refusals = new Map<string, FailureReason>();
  /** Told of every instruction that is new or has changed. */
  onChange: (instruction: AcceptedInstruction) => void = () => undefined;

  constructor(setup: BankSetup) {
    this.#setup = setup;
    this.#journal = new EmulatorJournal<Entry>(setup.stateFile);
    for (const entry of this.#journal.kept) this.#apply(entry);
  }

  /** Everything it took upon itself, first come first. */
  instructions(): readonly AcceptedInstruction[] {
    return [...this.#instructions.values()];
  }

  byId(id: string): AcceptedInstruction | undefined {
    return this.#instructions.get(id);
  }

  byReference(reference: string): AcceptedInstruction | undefined {
    return this.instructions().find((instruction) => instruction.reference === reference);
  }

  account(number: string): EmulatedAccount | undefined {
    return this.#setup.accounts.find((account) => account.number === number);
  }

  accounts(): readonly EmulatedAccount[] {
    return this.#setup.accounts;
  }

  accept(wanted: WantedPayment, rules: AcceptRules): Acceptance {
    const sameKey = this.instructions().find(({ key }) => key !== null && key === rules.key);
    if (sameKey !== undefined) {
      return { kind: isSame(sameKey, wanted) ? 'repeated' : 'conflict', instruction: sameKey };
    }
    const sameReference = this.byReference(wanted.reference);
    if (rules.uniqueReference && sameReference !== undefined) return { kind: 'duplicate', instruction: sameReference };
    const reason = this.#refusalOf(wanted);
    if (reason !== null) return { kind: 'refused', reason };
    const now = this.#setup.clock.now();
    const number = this.#instructions.size + 1;
    const instruction: AcceptedInstruction = {
      ...wanted,
      key: rules.key,
      id: `pay_${this.#setup.bankCode.toLowerCase()}${String(number).padStart(6, '0')}`,
      state: 'accepted',
      utr: null,
      failure: null,
      chargesPaise: 0n,
      acceptedAt: now,
      changedAt: now,
    };
    this.#put(instruction);
    return { kind: 'accepted', instruction };
  }

  /** The beneficiary has the money: a UTR, a line in the statement, and one more for charges where there are any. */
  settle(id: string): AcceptedInstruction {
    const instruction = this.#need(id, ['accepted']);
    const utr = this.#utr(instruction);
    const chargesPaise = this.#setup.chargesPaise ?? 0n;
    const narration = `${instruction.mode.toUpperCase()}-${instruction.beneficiaryName}-${instruction.reference}`;
    this.addLine(instruction.debitAccount, { narration, reference: utr, debitPaise: instruction.amountPaise });
    if (chargesPaise > 0n) {
      const charges = { narration: `CHGS ${instruction.reference}`, reference: utr, debitPaise: chargesPaise };
      this.addLine(instruction.debitAccount, charges);
    }
    return this.#change(instruction, { state: 'paid', utr, chargesPaise });
  }

  fail(id: string, reason: FailureReason, text: string): AcceptedInstruction {
    return this.#change(this.#need(id, ['accepted']), { state: 'failed', failure: { reason, text } });
  }

  /** It was paid and comes back, with a line of its own. */
  return(id: string, text = 'Account closed'): AcceptedInstruction {
    const instruction = this.#need(id, ['paid']);
    const narration = `RETURN ${instruction.mode.toUpperCase()}-${instruction.beneficiaryName}-${instruction.reference}`;
    this.addLine(instruction.debitAccount, {
      narration,
      reference: instruction.utr,
      creditPaise: instruction.amountPaise,
    });
    return this.#change(instruction, { state: 'returned', failure: { reason: 'invalid_account', text } });
  }

  /** A line that nobody ordered: a deposit, a cheque, interest. Of today when it has no date. */
  addLine(account: string, line: Partial<EmulatedLine>): void {
    if (this.account(account) === undefined) throw new Error(`no account ${account} here`);
    const date = line.date ?? istDate(this.#setup.clock.now());
    const whole: EmulatedLine = {
      date,
      valueDate: date,
      narration: '',
      reference: null,
      chequeNo: null,
      debitPaise: 0n,
      creditPaise: 0n,
      ...line,
    };
    this.#record({ kind: 'line', account, line: whole });
  }

  /** What the books of the bank say, and what is free after what it has promised to pay. */
  balance(account: string): { readonly currentPaise: Paise; readonly availablePaise: Paise } {
    const opening = this.account(account)?.openingPaise ?? 0n;
    const currentPaise = this.#linesOf(account).reduce((sum, line) => sum + moved(line), opening);
    const promised = this.instructions()
      .filter(({ state, debitAccount }) => state === 'accepted' && debitAccount === account)
      .reduce((sum, { amountPaise }) => sum + amountPaise, 0n);
    return { currentPaise, availablePaise: currentPaise - promised };
  }

  statement(account: string, from: IsoDate, to: IsoDate) {
    let balance = this.account(account)?.openingPaise ?? 0n;
    let openingPaise = balance;
    const entries: StatementEntry[] = [];
    for (const line of this.#linesOf(account)) {
      if (line.date > to) break;
      balance += moved(line);
      if (line.date < from) openingPaise = balance;
      else entries.push({ ...line, balancePaise: balance });
    }
    return { openingPaise, closingPaise: balance, entries };
  }

  close(): void {
    this.#journal.close();
  }

  #linesOf(account: string): readonly EmulatedLine[] {
    const lines = this.#lines.get(account) ?? [];
    return [...lines].sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  }

  #refusalOf(wanted: WantedPayment): FailureReason | null {
    if (this.account(wanted.debitAccount) === undefined) return 'declined';
    const refused = this.refusals.get(wanted.beneficiaryAccount);
    if (refused !== undefined) return refused;
    return this.balance(wanted.debitAccount).availablePaise < wanted.amountPaise ? 'insufficient_funds' : null;
  }

  #utr({ id, mode }: AcceptedInstruction): string {
    const day = istDate(this.#setup.clock.now());
    const number = [...this.#instructions.keys()].indexOf(id) + 1;
    if (mode === 'rtgs') return `${this.#setup.bankCode}R5${day.replaceAll('-', '')}${String(number).padStart(8, '0')}`;
    const dayOfYear = (Date.parse(day) - Date.parse(`${day.slice(0, 4)}-01-01`)) / 86_400_000 + 1;
    const yearDay = `${day.slice(2, 4)}${String(dayOfYear).padStart(3, '0')}`;
    return `${this.#setup.bankCode}N${yearDay}${String(number).padStart(6, '0')}`;
  }

  #need(id: string, states: readonly AcceptedInstruction['state'][]): AcceptedInstruction {
    const found = this.#instructions.get(id);
    if (found === undefined || !states.includes(found.state)) {
      throw new Error(`payment ${id} is ${found?.state ?? 'not here'}, not ${states.join(' or ')}`);
    }
    return found;
  }

  #change(instruction: AcceptedInstruction, change: Partial<AcceptedInstruction>): AcceptedInstruction {
    const changed = { ...instruction, ...change, changedAt: this.#setup.clock.now() };
    this.#put(changed);
    return changed;
  }

  #put(instruction: AcceptedInstruction): void {
    this.#record({ kind: 'instruction', instruction });
    this.onChange(instruction);
  }

  #record(entry: Entry): void {
    this.#journal.append(entry);
    this.#apply(entry);
  }

  #apply(entry: Entry): void {
    if (entry.kind === 'instruction') {
      this.#instructions.set(entry.instruction.id, entry.instruction);
      return;
    }
    const lines = this.#lines.get(entry.account) ?? [];
    lines.push(entry.line);
    this.#lines.set(entry.account, lines);
  }
}

const moved = ({ debitPaise, creditPaise }: EmulatedLine): Paise => creditPaise - debitPaise;

const isSame = (one: AcceptedInstruction, other: WantedPayment): boolean =>
  one.reference === other.reference &&
  one.amountPaise === other.amountPaise &&
  one.debitAccount === other.debitAccount &&
  one.beneficiaryAccount === other.beneficiaryAccount &&
  one.beneficiaryIfsc === other.beneficiaryIfsc &&
  one.mode === other.mode;
