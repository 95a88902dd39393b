import fc from 'fast-check';
import type {
  BillRef,
  CostShare,
  ExchangeCostCentre,
  ExchangeGroup,
  ExchangeKind,
  ExchangeLedger,
  ExchangeLine,
  ExchangeMasters,
  ExchangeVoucher,
  OpeningBill,
} from '../domain/exchange/model.ts';
import type { AccountKind } from '../domain/rows.ts';
import { sumPaise } from '../kernel/money.ts';
import { dayBetween, validGstin, validPan } from './arbitraries.ts';

/** Characters that names and texts of other programs have and XML, or an 8-bit character set, could lose. */
const signs = [...'abcXYZ019 -/.,&<>"\'%()', 'श्', 'री', 'गणेश', '₹', 'é', '😀', ']]>', '&amp;', '&#4;'];
const words = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...signs), { minLength: min, maxLength: max })
    .map((parts) => parts.join('').normalize('NFC').trim().replace(/\s+/g, ' '));

/** A text of several lines. */
const narration = fc
  .array(words(0, 12), { maxLength: 3 })
  .chain((lines) => fc.constantFrom('\n', '\r\n', '\t').map((between) => lines.join(between).trim()));

const kinds: readonly AccountKind[] = ['asset', 'liability', 'income', 'expense', 'fund'];
const tallyHomes: Readonly<Record<AccountKind, string>> = {
  asset: 'Current Assets',
  liability: 'Current Liabilities',
  income: 'Indirect Incomes',
  expense: 'Indirect Expenses',
  fund: 'Capital Account',
};

const opening = fc.oneof(fc.constant(0n), fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }));

const openingBill = fc
  .record({
    name: words(1, 8),
    billDate: fc.option(dayBetween('2024-04-01', 700)),
    dueOn: fc.option(dayBetween('2024-04-01', 900)),
    amount: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    isDebit: fc.boolean(),
  })
  .map(
    ({ name, billDate, dueOn, amount: paise, isDebit }): OpeningBill => ({
      name: name || 'B',
      billDate,
      dueOn: billDate === null ? null : dueOn,
      debitPaise: isDebit ? paise : 0n,
      creditPaise: isDebit ? 0n : paise,
    }),
  );

/**
 * Masters whose every group says where it stands in Tally, so that they come back as they went. A number at the head of each name keeps
 * names apart.
 */
export const tallyMasters: fc.Arbitrary<ExchangeMasters> = fc
  .record({
    groups: fc.array(fc.record({ name: words(0, 8), kind: fc.constantFrom(...kinds), isDeep: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    }),
    ledgers: fc.array(
      fc.record({
        name: words(0, 10),
        pick: fc.nat(),
        what: fc.constantFrom('plain', 'bank', 'cash', 'tax', 'creditor', 'debtor'),
        opening,
        bills: fc.array(openingBill, { maxLength: 3 }),
        hasCostCentres: fc.boolean(),
        gstin: fc.option(validGstin),
        pan: fc.option(validPan),
      }),
      { minLength: 3, maxLength: 12 },
    ),
    centres: fc.array(fc.record({ name: words(0, 8), kind: fc.constantFrom('department', 'fund', 'grant', null) }), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ groups, ledgers, centres }) => {
    const made: ExchangeGroup[] = [];
    for (const [index, { name, kind, isDeep }] of groups.entries()) {
      const above = isDeep ? made.find((one) => one.kind === kind) : undefined;
      made.push({ name: `G${index} ${name}`.trim(), parent: above?.name ?? tallyHomes[kind], kind });
    }
    const costCentres: ExchangeCostCentre[] = centres.map(({ name, kind }, index) => ({
      name: `C${index} ${name}`.trim(),
      kind,
    }));
    return { groups: made, costCentres, ledgers: ledgers.map((one, index) => ledgerOf(one, index, made)) };
  });

interface LedgerSeed {
  readonly name: string;
  readonly pick: number;
  readonly what: 'plain' | 'bank' | 'cash' | 'tax' | 'creditor' | 'debtor';
  readonly opening: bigint;
  readonly bills: readonly OpeningBill[];
  readonly hasCostCentres: boolean;
  readonly gstin: string | null;
  readonly pan: string | null;
}

function ledgerOf(seed: LedgerSeed, index: number, groups: readonly ExchangeGroup[]): ExchangeLedger {
  const { what, pick, gstin, pan, hasCostCentres } = seed;
  const group = groups[pick % groups.length];
  const places = {
    plain: [group?.name ?? 'Current Assets', group?.kind ?? 'asset'],
    bank: ['Bank Accounts', 'asset'],
    cash: ['Cash-in-Hand', 'asset'],
    tax: ['Duties & Taxes', 'liability'],
    creditor: ['Sundry Creditors', 'liability'],
    debtor: ['Sundry Debtors', 'asset'],
  } as const;
  const [parent, kind] = places[what];
  return {
    name: `${index} ${seed.name}`.trim(),
    parent,
    kind,
    role: what === 'bank' || what === 'cash' || what === 'tax' ? what : null,
    isParty: what === 'creditor' || what === 'debtor',
    hasCostCentres,
    openingDebitPaise: seed.opening > 0n ? seed.opening : 0n,
    openingCreditPaise: seed.opening < 0n ? -seed.opening : 0n,
    openingBills: what === 'creditor' || what === 'debtor' ? seed.bills : [],
    gstin,
    pan,
  };
}

const entryKinds: readonly ExchangeKind[] = [
  'payment',
  'receipt',
  'contra',
  'journal',
  'purchase',
  'sales',
  'debit_note',
  'credit_note',
];

const amount = fc.oneof(fc.bigInt({ min: 1n, max: 200n }), fc.bigInt({ min: 1n, max: 10n ** 15n }));
const lineSeed = fc.record({
  pick: fc.nat(),
  amount,
  isDebit: fc.boolean(),
  bill: fc.option(
    fc.record({
      kind: fc.constantFrom('new', 'against', 'advance', 'on_account'),
      name: words(1, 8),
      dueOn: fc.option(dayBetween('2026-04-01', 700)),
      isSplit: fc.boolean(),
    }),
  ),
  centre: fc.option(fc.nat()),
});
type LineSeed = typeof lineSeed extends fc.Arbitrary<infer T> ? T : never;

/** Vouchers over the ledgers and cost centres of these masters, dated in 2026-27; each has its own id. */
export function vouchersOver({ ledgers, costCentres }: ExchangeMasters): fc.Arbitrary<readonly ExchangeVoucher[]> {
  return fc
    .array(
      fc.record({
        id: fc.uuid({ version: 7 }),
        kind: fc.constantFrom(...entryKinds),
        number: fc.option(words(1, 6)),
        date: dayBetween('2026-04-01', 364),
        narration,
        reference: fc.option(words(1, 8)),
        referenceDate: fc.option(dayBetween('2025-04-01', 600)),
        party: fc.option(fc.nat()),
        lines: fc.array(lineSeed, { minLength: 1, maxLength: 6 }),
      }),
      { maxLength: 8 },
    )
    .map((seeds) =>
      [...new Map(seeds.map((seed) => [seed.id, seed])).values()].map(({ lines, party, ...head }) => ({
        ...head,
        number: head.number || null,
        reference: head.reference || null,
        partyLedger: party === null ? null : (ledgers[party % ledgers.length]?.name ?? null),
        lines: balanced(
          lines.map((seed) => lineOf(seed, ledgers, costCentres)),
          ledgers,
        ),
      })),
    );
}

function lineOf(
  { pick, amount: whole, isDebit, bill, centre }: LineSeed,
  ledgers: readonly ExchangeLedger[],
  centres: readonly ExchangeCostCentre[],
): ExchangeLine {
  const costCentre = centre === null ? undefined : centres[centre % centres.length];
  const costShares: CostShare[] = costCentre === undefined ? [] : [{ ...costCentre, amountPaise: whole }];
  const bills: BillRef[] = [];
  if (bill !== null) {
    const { kind, dueOn, isSplit } = bill;
    const name = kind === 'on_account' ? null : bill.name || 'B';
    // More than the line is settled and the rest stands on the other side of it.
    const first = isSplit ? whole + 7n : whole;
    bills.push({ kind, name, amountPaise: first, dueOn });
    if (isSplit) bills.push({ kind: 'on_account', name: null, amountPaise: -7n, dueOn: null });
  }
  const ledger = ledgers[pick % ledgers.length]?.name ?? '';
  return { ledger, debitPaise: isDebit ? whole : 0n, creditPaise: isDebit ? 0n : whole, bills, costShares };
}

/** With a last line that evens the sides; where they are even already, with two that do nothing. */
function balanced(lines: readonly ExchangeLine[], ledgers: readonly ExchangeLedger[]): readonly ExchangeLine[] {
  const rest = sumPaise(lines.map(({ debitPaise, creditPaise }) => debitPaise - creditPaise));
  const even = (debitPaise: bigint, creditPaise: bigint): ExchangeLine => ({
    ...{ ledger: ledgers[0]?.name ?? '', debitPaise, creditPaise, bills: [], costShares: [] },
  });
  if (rest === 0n) return [...lines, even(1n, 0n), even(0n, 1n)];
  return [...lines, rest < 0n ? even(-rest, 0n) : even(0n, rest)];
}
