import type { BookEntry, MatchLine, MatchRule } from '../domain/matching/model.ts';
import { addDays, type IsoDate } from '../kernel/dates.ts';
import { type Paise, shareOf } from '../kernel/money.ts';
import {
  chance,
  code,
  digits,
  dirtyName,
  firmNames,
  ifsc,
  laterBy,
  mistype,
  type Printed,
  personName,
  pick,
  printOut,
  printUpi,
  rrn,
  utr,
} from './recon-people.ts';
import { SeededRandom } from './seeded-random.ts';

/** What really belongs together. */
export interface TrueMatch {
  readonly lineIds: readonly string[];
  readonly voucherLineIds: readonly string[];
  /** What speaks for it; `none` where nothing but the amount does. */
  readonly evidence: 'utr' | 'cheque' | 'party' | 'batch' | 'none';
}

export interface ReconHistory {
  readonly lines: readonly MatchLine[];
  readonly entries: readonly BookEntry[];
  readonly rules: readonly MatchRule[];
  readonly matches: readonly TrueMatch[];
  /** Lines that the books do not have and a rule knows. */
  readonly ruleLineIds: readonly string[];
}

export const reconRules: readonly MatchRule[] = [
  { id: 'rule-neft', words: 'NEFT CHGS', direction: 'out', accountCode: '5400', narration: 'Bank charges' },
  { id: 'rule-sms', words: 'sms charges', direction: 'out', accountCode: '5400', narration: 'Bank charges' },
  { id: 'rule-interest', words: 'INT PD', direction: 'in', accountCode: '4200', narration: 'Interest of the bank' },
  { id: 'rule-gateway', words: 'RAZORPAY', direction: 'out', accountCode: '5410', narration: 'Charges of the gateway' },
];

const gatewayRates = [200n, 175n, 195n] as const;
const fees = [2_500_000n, 1_800_000n, 4_250_000n, 50_000n, 120_000n] as const;

interface EntryDraft {
  readonly date: IsoDate;
  /** Positive into the account. */
  readonly paise: Paise;
  readonly parties?: readonly string[];
  readonly references?: readonly string[];
  readonly kind?: string;
  readonly narration?: string;
  readonly billNo?: string;
}

/** Months of one account of a college: what its bank says, what its books say, and what of both is the same. Follows from the seed. */
export class ReconWorld {
  readonly random: SeededRandom;
  readonly bank: string;
  readonly #lines: MatchLine[] = [];
  readonly #entries: BookEntry[] = [];
  readonly #matches: TrueMatch[] = [];
  readonly #ruleLines: string[] = [];
  readonly #firms = firmNames();
  readonly #students: readonly string[];
  readonly #staff: readonly string[];
  #cheque = 4_100;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    this.bank = pick(this.random, ['hdfc', 'icici', 'sbi']);
    this.#students = Array.from({ length: 900 }, () => personName(this.random));
    // Two of one name and pay would be each other to everybody.
    this.#staff = [...new Set(Array.from({ length: 60 }, () => personName(this.random)))];
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  line(date: IsoDate, paise: Paise, { narration, reference }: Printed, chequeNo: string | null = null): string {
    const id = `line-${code(this.random, 8)}-${this.#lines.length}`;
    const [debitPaise, creditPaise] = paise < 0n ? [-paise, 0n] : [0n, paise];
    this.#lines.push({ id, date, narration, reference, chequeNo, debitPaise, creditPaise });
    return id;
  }

  entry(draft: EntryDraft): string {
    const voucherLineId = `entry-${code(this.random, 8)}-${this.#entries.length}`;
    const { date, paise, parties = [], references = [], kind = paise < 0n ? 'payment' : 'receipt' } = draft;
    const [debitPaise, creditPaise] = paise > 0n ? [paise, 0n] : [0n, -paise];
    this.#entries.push({
      voucherLineId,
      voucherId: `voucher-${this.#entries.length}`,
      voucherNumber: `V-${this.#entries.length}`,
      kind,
      date,
      debitPaise,
      creditPaise,
      parties,
      references,
      narration: draft.narration ?? '',
      billNo: draft.billNo ?? null,
    });
    return voucherLineId;
  }

  match(lineIds: readonly string[], voucherLineIds: readonly string[], evidence: TrueMatch['evidence']): void {
    this.#matches.push({ lineIds, voucherLineIds, evidence });
  }

  /** An amount of so many rupees at most; every fifth with paise. */
  amount(rupees: number): Paise {
    const whole = BigInt(500 + this.random.below(rupees)) * 100n;
    return chance(this.random, 20) ? whole + BigInt(this.random.below(100)) : whole;
  }

  /** One of each side, either of which is sometimes not there. */
  #single(date: IsoDate, draft: EntryDraft, printed: Printed, evidence: TrueMatch['evidence'], cheque?: string): void {
    const missing = this.random.below(100);
    const line = missing === 0 ? null : this.line(date, draft.paise, printed, cheque ?? null);
    const entry = missing === 1 ? null : this.entry(draft);
    if (line !== null && entry !== null) this.match([line], [entry], evidence);
  }

  /** A number as it was typed into the books: three in a hundred wrongly. */
  #typed(number: string): { readonly text: string; readonly isRight: boolean } {
    if (!chance(this.random, 3)) return { text: number, isRight: true };
    return { text: mistype(this.random, number), isRight: false };
  }

  payVendor(date: IsoDate, name = pick(this.random, this.#firms), paise = -this.amount(200_000)): void {
    const number = utr(this.random, date);
    const typed = this.#typed(number);
    const isNoted = chance(this.random, 85);
    const references = isNoted ? [code(this.random, 14), typed.text] : [];
    const evidence = !isNoted ? 'party' : typed.isRight ? 'utr' : 'none';
    const draft = { date, paise, parties: [name], references, narration: 'Bill paid' };
    this.#single(laterBy(this.random, date, 2), draft, printOut(this.random, this.bank, name, number), evidence);
  }

  payCheque(date: IsoDate): void {
    this.#cheque += 1;
    const [number, name] = [String(this.#cheque).padStart(6, '0'), pick(this.random, this.#firms)];
    const typed = this.#typed(number);
    const shown = dirtyName(this.random, name);
    const narration = pick(this.random, [
      `CHQ PAID-MICR CTS-MU-${shown}`,
      `CLG/${shown}/${number}`,
      `CHEQUE PAID ${number}`,
    ]);
    const cleared = addDays(date, 2 + this.random.below(60));
    const draft = { date, paise: -this.amount(90_000), parties: [name], references: [typed.text] };
    this.#single(cleared, draft, { narration, reference: null }, typed.isRight ? 'cheque' : 'none', number);
  }

  upiFee(date: IsoDate): void {
    const [student, number] = [pick(this.random, this.#students), rrn(this.random, date)];
    const payer = chance(this.random, 15) ? personName(this.random) : student;
    const typed = this.#typed(number);
    const isNoted = chance(this.random, 93);
    const evidence = !isNoted ? (payer === student ? 'party' : 'none') : typed.isRight ? 'utr' : 'none';
    const references = isNoted ? [typed.text] : [];
    const draft = { date, paise: pick(this.random, fees), parties: [student], references, narration: 'Fee SEM2026' };
    this.#single(laterBy(this.random, date, 1), draft, printUpi(this.random, this.bank, payer, number), evidence);
  }

  /** Receipts that a gateway settles together two days later, less its charge; or gross, where all of them came by UPI. */
  settlement(date: IsoDate): void {
    const settled = `setl_${code(this.random, 14)}`;
    const rate = chance(this.random, 30) ? 0n : pick(this.random, gatewayRates);
    const isMixed = rate > 0n && chance(this.random, 5);
    const amounts = Array.from({ length: 2 + this.random.below(10) }, () =>
      chance(this.random, 50) ? pick(this.random, fees) : this.amount(30_000),
    );
    let [net, isRight] = [0n, !isMixed];
    const entries: string[] = [];
    for (const [at, paise] of amounts.entries()) {
      const fee = isMixed && at === 0 ? 0n : shareOf(paise, rate);
      net += paise - fee - shareOf(fee, 1_800n);
      const isMissing = chance(this.random, 0.3);
      const typed = this.#typed(settled);
      const isTyped = chance(this.random, 90) ? settled : typed.text;
      isRight &&= !isMissing && isTyped === settled;
      if (isMissing) continue;
      const references = [`pay_${code(this.random, 14)}`, isTyped];
      entries.push(this.entry({ date, paise, parties: [pick(this.random, this.#students)], references }));
    }
    const narration = `NEFT CR-${ifsc(this.random)}-RAZORPAY SOFTWARE PVT LTD-${settled.toUpperCase()}-${utr(this.random, date)}`;
    const line = this.line(addDays(date, 2), net, { narration, reference: null });
    if (entries.length === amounts.length) this.match([line], entries, isRight ? 'batch' : 'none');
  }

  /** Salaries as one debit of the bank, or one by one with many of the same amount and numbers that follow each other. */
  salaries(date: IsoDate): void {
    const batch = code(this.random, 14);
    const staff = this.#staff.slice(0, 10 + this.random.below(40));
    const pays = [3_250_000n, 4_100_000n, 2_875_050n];
    if (chance(this.random, 50)) {
      const drafts = staff.map((name) => ({
        date,
        paise: -pick(this.random, pays),
        parties: [name],
        references: [batch],
      }));
      const sum = drafts.reduce((total, { paise }) => total + paise, 0n);
      const line = this.line(laterBy(this.random, date, 1), sum, {
        narration: `BULK NEFT SALARY ${batch}`,
        reference: null,
      });
      this.match(
        [line],
        drafts.map((draft) => this.entry(draft)),
        'batch',
      );
      return;
    }
    const first = this.random.below(900_000);
    const numbers = staff.map(
      (_, at) => `${utr(this.random, date).slice(0, 10)}${String(first + at).padStart(6, '0')}`,
    );
    const swapped = chance(this.random, 30) ? 1 + this.random.below(staff.length - 2) : -1;
    for (const [at, name] of staff.entries()) {
      const paise = -(pays[at % 2] ?? 0n);
      const own = numbers[at] ?? '';
      // The numbers of two people of the same pay were exchanged in the books.
      const other = at === swapped - 1 ? numbers[at + 2] : at === swapped + 1 ? numbers[at - 2] : undefined;
      const printed = printOut(this.random, this.bank, name, own);
      const draft = { date, paise, parties: [name], references: [other ?? own] };
      this.match([this.line(date, paise, printed)], [this.entry(draft)], other === undefined ? 'utr' : 'none');
    }
  }

  /** A payment that comes back some days later under the number it went out with. */
  returned(date: IsoDate): void {
    const [name, number, paise] = [pick(this.random, this.#firms), utr(this.random, date), -this.amount(60_000)];
    const out = this.line(date, paise, printOut(this.random, this.bank, name, number));
    const back = laterBy(this.random, addDays(date, 1), 2);
    const narration = `NEFT RETURN-${number}-${dirtyName(this.random, name)}-ACCOUNT CLOSED`;
    const came = this.line(back, -paise, { narration, reference: null });
    const common = { parties: [name], references: [number] };
    this.match([out], [this.entry({ date, paise, ...common })], 'utr');
    if (chance(this.random, 10)) return;
    this.match([came], [this.entry({ date: back, paise: -paise, kind: 'reversal', ...common })], 'utr');
  }

  /** Many equal receipts of one day of which nothing says whose they are. */
  twins(date: IsoDate): void {
    const paise = pick(this.random, fees);
    for (let left = 3 + this.random.below(8); left > 0; left -= 1) {
      const draft = { date, paise, parties: [pick(this.random, this.#students)], narration: 'Fee over the counter' };
      this.#single(date, draft, { narration: 'BY CASH DEPOSIT SELF', reference: null }, 'none');
    }
  }

  /** Bills of one vendor and day, paid with one transfer whose number nobody noted. */
  billsTogether(date: IsoDate): void {
    const [name, number] = [pick(this.random, this.#firms), utr(this.random, date)];
    const amounts = Array.from({ length: 2 + this.random.below(3) }, () => -this.amount(50_000));
    const sum = amounts.reduce((total, paise) => total + paise, 0n);
    const line = this.line(laterBy(this.random, date, 2), sum, printOut(this.random, this.bank, name, number));
    const entries = amounts.map((paise) =>
      this.entry({ date, paise, parties: [name], billNo: `B/${digits(this.random, 5)}` }),
    );
    this.match([line], entries, 'party');
  }

  charge(date: IsoDate): void {
    const narration = pick(this.random, [
      `NEFT CHGS INCL GST ${digits(this.random, 6)}`,
      'SMS CHARGES QTR',
      'INT.PD:01-04-2026 TO 30-06-2026',
    ]);
    const paise = BigInt(100 + this.random.below(90_000)) * (narration.startsWith('INT') ? 1n : -1n);
    const line = this.line(date, paise, { narration, reference: null });
    if (!chance(this.random, 15)) this.#ruleLines.push(line);
    // Somebody was quicker and posted it by hand.
    else this.match([line], [this.entry({ date, paise, narration: 'Charges of the bank' })], 'none');
  }

  history(): ReconHistory {
    return {
      lines: this.#lines,
      entries: this.#entries,
      rules: reconRules,
      matches: this.#matches,
      ruleLineIds: this.#ruleLines,
    };
  }
}

const firstDay = '2026-04-01';

/** A history of about so many lines, over so many days. */
export function reconHistory(seed: number, lineCount: number, days = 330): ReconHistory {
  const world = new ReconWorld(seed);
  const { random } = world;
  const kinds: readonly (readonly [number, (date: IsoDate) => void])[] = [
    [30, (date) => world.upiFee(date)],
    [24, (date) => world.payVendor(date)],
    [10, (date) => world.payCheque(date)],
    [10, (date) => world.settlement(date)],
    [1, (date) => world.salaries(date)],
    [4, (date) => world.returned(date)],
    [2, (date) => world.twins(date)],
    [3, (date) => world.billsTogether(date)],
    [6, (date) => world.charge(date)],
  ];
  const ways = kinds.flatMap(([weight, make]) => Array.from({ length: weight }, () => make));
  for (let month = 0; month * 30 < days; month += 1) {
    // The same rent every month, which now and then nobody noted the number of.
    world.payVendor(addDays(firstDay, month * 30), 'ANANDI ESTATES', -4_500_000n);
  }
  while (world.lineCount < lineCount) pick(random, ways)(addDays(firstDay, random.below(days)));
  return world.history();
}
