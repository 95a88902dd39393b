import fc from 'fast-check';
import { cleanText } from '../../domain/import/clean-text.ts';
import type { Statement, StatementEntry, StatementFormat } from '../../domain/statement/model.ts';
import { addDays } from '../../kernel/dates.ts';

/** What a format can carry; what it cannot is null in the statements made for it. */
export interface Shape {
  readonly format: StatementFormat;
  readonly narration: fc.Arbitrary<string>;
  readonly reference: fc.Arbitrary<string | null>;
  readonly cheque: fc.Arbitrary<string | null>;
  readonly hasValueDate: boolean;
  readonly hasBalances: boolean;
  /** A cheque and a reference never on the same line. */
  readonly either?: boolean;
  readonly account?: fc.Arbitrary<string | null>;
}

const words = [
  'NEFT DR',
  'UPI/603412345678/fees/hdfc@ybl',
  'IMPS P2A 412345678902',
  'CLG',
  'RTGS Shree Traders',
  'INT.PD 01.04.26 TO 30.06.26',
  'CHRG GST 18.00',
  'Total Energies & Sons',
  'opening of hostel mess',
  '<fees>',
  '"a, b"',
  'शुल्क वापसी',
  '5,000.00',
  "Asha's",
] as const;

const graphemes = fc.string({ unit: 'grapheme', maxLength: 12 }).map(cleanText);
/** Any text of a bank in normal form, as cells and elements give it back. */
export const anyNarration: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: graphemes }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => cleanText(parts.join(' ')))
  .filter((text) => text !== '' && /[\p{L}\p{N}]/u.test(text) && !/^['=-]/.test(text) && text.isWellFormed());

/** The signs that SWIFT takes, without those that begin a field or end a message. */
export const swiftNarration: fc.Arbitrary<string> = fc
  .array(fc.stringMatching(/^[A-Za-z0-9/.,()+']{1,40}$/), { minLength: 1, maxLength: 9 })
  .map((parts) => `T ${parts.join(' ')}`);

export const transferReference: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[A-Z]{4}N26(?:0[0-9]{2}|1[0-9]{2})[0-9]{6}$/),
  fc.stringMatching(/^[1-9][0-9]{11}$/),
);

interface Drawn {
  readonly step: number;
  readonly valueStep: number;
  readonly amount: bigint;
  readonly isCredit: boolean;
  readonly narration: string;
  readonly reference: string | null;
  readonly cheque: string | null;
}

/** Statements that add up, of 2026, oldest first, over at least two days. */
export function statements(
  shape: Shape,
  count: { minLength?: number; maxLength?: number } = {},
): fc.Arbitrary<Statement> {
  const drawn: fc.Arbitrary<Drawn> = fc.record({
    step: fc.nat({ max: 2 }),
    valueStep: fc.integer({ min: -2, max: 2 }),
    amount: fc.oneof(
      fc.bigInt({ min: 1n, max: 500n }),
      fc.bigInt({ min: 1n, max: 10n ** 13n }),
      fc.constant(50_000_00n),
    ),
    isCredit: fc.boolean(),
    narration: shape.narration,
    reference: shape.reference,
    cheque: shape.cheque,
  });
  return fc
    .record({
      lines: fc.array(drawn, { minLength: count.minLength ?? 2, maxLength: count.maxLength ?? 25 }),
      opening: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 12n }),
      start: fc.nat({ max: 300 }),
      margin: fc.nat({ max: 3 }),
      account: shape.account ?? fc.stringMatching(/^[0-9]{9,18}$/),
    })
    .map(({ lines, opening, start, margin, account }): Statement => {
      const from = addDays('2026-01-01', start);
      let date = addDays(from, margin);
      let balance = opening;
      const entries = lines.map((line, index): StatementEntry => {
        date = addDays(date, index === 1 ? line.step + 1 : line.step);
        balance += line.isCredit ? line.amount : -line.amount;
        return {
          date,
          valueDate: shape.hasValueDate ? addDays(date, line.valueStep) : null,
          narration: line.narration,
          reference: shape.either === true && line.cheque !== null ? null : line.reference,
          chequeNo: line.cheque,
          debitPaise: line.isCredit ? 0n : line.amount,
          creditPaise: line.isCredit ? line.amount : 0n,
          balancePaise: shape.hasBalances ? balance : null,
        };
      });
      const to = addDays(date, margin);
      const ends = { openingPaise: opening, closingPaise: balance };
      return { format: shape.format, accountNumber: account, from, to, ...ends, entries };
    });
}

/** The value when it was read, the refusal as an exception when it was not. */
export function readValue<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.error)}`);
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
