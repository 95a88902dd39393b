import type { EmulatorKind } from '../../shared/connectors/_kit/emulator.ts';
import type { EmulatedAccount } from '../../shared/connectors/_kit/emulator-bank.ts';
import { emulator as axis } from '../../shared/connectors/bank/axis/emulator.ts';
import { emulator as hdfc } from '../../shared/connectors/bank/hdfc/emulator.ts';
import { emulator as icici } from '../../shared/connectors/bank/icici/emulator.ts';
import { emulator as neft } from '../../shared/connectors/gateway/neft/emulator.ts';
import type { Pace } from '../../shared/ports/paced-clock.ts';

export const bankIds = ['icici', 'neft', 'hdfc', 'axis'] as const;
export type BankId = (typeof bankIds)[number];

/** What falls: one machine, the books of one, or the desks at the worst moment. */
export const strikes = [
  'server',
  'bank',
  'desk',
  'main side of a desk',
  'books of a desk',
  'every desk while a bank answers',
] as const;
export type Strike = (typeof strikes)[number];

/** What one run of the torture is made of. */
export interface Plan {
  readonly folder: string;
  readonly template: string;
  readonly intents: number;
  readonly desks: number;
  readonly seed: number;
  readonly banks: readonly BankId[];
  readonly pace: Pace;
  /** The share of requests to a bank with which something goes wrong. */
  readonly faults: number;
  readonly strikes: readonly Strike[];
  /** Kills that are struck, or null for as many as the storm has time for; and about how far they lie apart. */
  readonly kills: number | null;
  readonly killEveryMs: number;
  /** How long the storm may last, by the clock of the machine, whether all was paid or not. */
  readonly stormMs: number;
  /** How long it may take until everything has come to an end after it. */
  readonly calmMs: number;
  readonly progress: (line: string) => void;
}

export const kinds: Readonly<Record<BankId, EmulatorKind>> = { icici, neft, hdfc, axis };
/** The account of the books from which payments through each bank go. */
export const accountCodes: Readonly<Record<BankId, string>> = {
  icici: '1200',
  neft: '1210',
  hdfc: '1220',
  axis: '1230',
};
/** Those of them that the chart does not bring. */
export const addedCodes: ReadonlySet<string> = new Set([accountCodes.axis]);

export const COLLEGE = 'SVC';
export const PASSWORD = 'correct horse battery';
export const people = {
  maker: { name: 'Asha Kulkarni', email: 'asha.kulkarni@example.in', role: 'college_accounts_admin' },
  checker: { name: 'Vikram Shetty', email: 'vikram.shetty@example.in', role: 'college_accounts_admin' },
  clerk: { name: 'Kiran Pawar', email: 'kiran.pawar@example.in', role: 'college_accounts_admin' },
  principal: { name: 'Ravi Deshmukh', email: 'ravi.deshmukh@example.in', role: 'principal' },
} as const;

/** No bill is larger than this, so that the account at the bank never runs dry by itself. */
export const BILL_MAX_PAISE = 4_900_00n;

export function bankAccount(bank: BankId, intents: number): EmulatedAccount {
  const [account] = kinds[bank].accounts;
  if (account === undefined) throw new Error(`${bank} has no account`);
  return { ...account, openingPaise: BigInt(intents) * BILL_MAX_PAISE * 2n };
}

export const vendorCount = (intents: number): number => Math.min(200, Math.max(5, Math.ceil(intents / 25)));
export const beneficiaryAccount = (vendor: number): string => String(502_000_000_000_00 + vendor);
