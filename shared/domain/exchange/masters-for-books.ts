import type { Id } from '../../kernel/ids.ts';
import type { AccountFields, CommandArgs, VendorFields } from '../command/args.ts';
import { nameOf } from '../command/context.ts';
import { checkGstin } from '../identity/gstin.ts';
import { checkPan } from '../identity/pan.ts';
import type { AccountGroup, AccountKind, CostCentre, Vendor } from '../rows.ts';
import { nameKey } from '../vendor/name-key.ts';
import { bookNames, type NamedRows } from './book-names.ts';
import { FreeCodes } from './free-codes.ts';
import type { LedgerMatcher } from './match-ledgers.ts';
import type { ExchangeCostCentre, ExchangeGroup, ExchangeLedger, ExchangeMasters } from './model.ts';
import { exchangeKey, headingKey } from './names.ts';

/** Names a row that is made of something of another program: the same thing has the same id, however often it is read. */
export type IdFor = (name: string) => Id;

export interface RefusedMaster {
  readonly name: string;
  /** ambiguous: an account and a vendor, or two of them, are called so. centreKind: it is a department here and a fund there. */
  readonly reason: 'ambiguous' | 'centreKind';
}

/** Masters of another program that the books do not have, as commands in the order in which the books take them. */
export interface NewMasters {
  readonly groups: readonly CommandArgs['group.create'][];
  readonly accounts: readonly CommandArgs['account.create'][];
  readonly vendors: readonly CommandArgs['vendor.create'][];
  readonly costCentres: readonly CommandArgs['costCentre.create'][];
  readonly refused: readonly RefusedMaster[];
  /** How many the books have already. */
  readonly known: number;
  /** The books as they are when the commands are done. */
  readonly rows: NamedRows;
}

/** Parties to whom money is owed become vendors, every other ledger a GL code under the heading that is called as its group. */
export function newMasters(
  { groups, ledgers, costCentres }: ExchangeMasters,
  rows: NamedRows,
  matcher: LedgerMatcher,
  idFor: IdFor,
): NewMasters {
  const matches = ledgers.map((ledger) => ({ ledger, match: matcher.find(ledger.name).kind }));
  const unknown = distinct(matches.flatMap(({ ledger, match }) => (match === 'unknown' ? ledger : [])));
  // Every company of Tally has this one, mostly with nothing in it.
  const wanted = unknown.filter(({ role, openingDebitPaise, openingCreditPaise }) => {
    return role !== 'surplus' || openingDebitPaise + openingCreditPaise > 0n;
  });
  const chart = new ChartGrowth(groups, rows, idFor);
  const accounts = wanted.filter((ledger) => !isVendor(ledger)).map((ledger) => chart.account(ledger));
  const vendors = wanted.filter(isVendor).map((ledger) => ({
    vendorId: idFor(nameOf('exchange', 'vendor', exchangeKey(ledger.name))),
    fields: vendorOf(ledger),
  }));
  const centres = newCentres(costCentres, rows, idFor);
  const ambiguous = matches.flatMap(({ ledger: { name }, match }): readonly RefusedMaster[] =>
    match === 'ambiguous' ? [{ name, reason: 'ambiguous' }] : [],
  );
  return {
    ...{ groups: chart.groups, accounts, vendors, costCentres: centres.made },
    refused: [...ambiguous, ...centres.refused],
    known: matches.filter(({ match }) => match === 'found').length + centres.known,
    rows: {
      groups: [...rows.groups, ...chart.groups.map(groupRow)],
      accounts: [...rows.accounts, ...accounts.map(({ accountId, fields }) => ({ ...fields, ...made, id: accountId }))],
      vendors: [...rows.vendors, ...vendors.map(vendorRow)],
      costCentres: [
        ...rows.costCentres,
        ...centres.made.map(({ costCentreId, fields }) => ({ ...fields, ...made, id: costCentreId, revision: 1 })),
      ],
    },
  };
}

/** Of a row that is not there yet, what no name depends on. */
const made = { collegeId: '', isActive: true } as const;

const groupRow = ({ groupId, fields }: CommandArgs['group.create']): AccountGroup => ({
  ...{ ...fields, ...made, id: groupId, revision: 1 },
});

const vendorRow = ({ vendorId, fields }: CommandArgs['vendor.create']): Vendor => ({
  ...{ ...fields, ...made, id: vendorId, nameKey: nameKey(fields.name), revision: 1, createdBy: '', createdAt: 0 },
});

const isVendor = ({ isParty, kind }: ExchangeLedger): boolean => isParty && kind === 'liability';

const distinct = (ledgers: readonly ExchangeLedger[]): readonly ExchangeLedger[] => [
  ...new Map(ledgers.map((ledger) => [exchangeKey(ledger.name), ledger])).values(),
];

/** A number that is none is left out: the vendor is needed for his entries, and his page asks for the number. */
function vendorOf({ name, gstin: gstinText, pan: panText }: ExchangeLedger): VendorFields {
  const gstin = gstinText === null ? undefined : checkGstin(gstinText);
  const pan = panText === null ? undefined : checkPan(panText);
  const ofGstin = gstin?.ok === true ? gstin.value : null;
  return {
    name,
    gstin: ofGstin?.text ?? null,
    pan: ofGstin?.pan ?? (pan?.ok === true ? pan.value : null),
    ...{ ifsc: null, accountNumber: null, accountName: null, email: null, phone: null },
  };
}

/** The chart with what is added to it for ledgers that it does not have. */
class ChartGrowth {
  readonly groups: CommandArgs['group.create'][] = [];
  readonly #given: ReadonlyMap<string, ExchangeGroup>;
  readonly #codes: FreeCodes;
  readonly #idFor: IdFor;
  /** Codes of headings by kind and name. */
  readonly #known = new Map<string, string>();

  constructor(given: readonly ExchangeGroup[], rows: NamedRows, idFor: IdFor) {
    this.#given = new Map(given.map((group) => [headingKey(group.name), group]));
    this.#codes = new FreeCodes([...rows.groups, ...rows.accounts].map(({ code }) => code));
    this.#idFor = idFor;
    const names = bookNames(rows).groups;
    for (const { code, name, kind } of rows.groups) this.#known.set(placeKey(names.get(code) ?? name, kind), code);
  }

  account({ name, parent, kind, role }: ExchangeLedger): CommandArgs['account.create'] {
    const fields: AccountFields = {
      ...{ code: this.#codes.ofAccount(kind), name, kind, category: null },
      groupCode: parent === null ? null : this.#groupCode(parent, kind, 0),
      role: kind === 'asset' && (role === 'bank' || role === 'cash') ? role : null,
    };
    return { accountId: this.#idFor(nameOf('exchange', 'account', exchangeKey(name))), fields };
  }

  /** Of the heading of this name and kind, which is made when there is none. Null too far down, where no statement shows it. */
  #groupCode(name: string, kind: AccountKind, depth: number): string | null {
    const key = placeKey(name, kind);
    const known = this.#known.get(key);
    if (known !== undefined || depth > 4) return known ?? null;
    const above = this.#given.get(headingKey(name))?.parent ?? null;
    const parentCode = above === null ? null : this.#groupCode(above, kind, depth + 1);
    const code = this.#codes.ofGroup(kind);
    this.#known.set(key, code);
    const groupId = this.#idFor(nameOf('exchange', 'group', kind, headingKey(name)));
    this.groups.push({ groupId, fields: { code, name, nameHi: null, kind, parentCode } });
    return code;
  }
}

const placeKey = (name: string, kind: AccountKind): string => `${kind} ${headingKey(name)}`;

/** One of no kind is a department: that is what most are, and the preview shows it before anything is made. */
function newCentres(given: readonly ExchangeCostCentre[], rows: NamedRows, idFor: IdFor) {
  const names = bookNames(rows).costCentres;
  const kinds = new Map<string, CostCentre['kind']>();
  for (const { code, name, kind } of rows.costCentres) kinds.set(exchangeKey(names.get(code) ?? name), kind);
  const codes = new FreeCodes(rows.costCentres.map(({ code }) => code));
  const made: CommandArgs['costCentre.create'][] = [];
  const refused: RefusedMaster[] = [];
  let known = 0;
  for (const { name, kind } of given) {
    const key = exchangeKey(name);
    const ours = kinds.get(key);
    if (ours !== undefined) {
      if (kind === null || kind === ours) known += 1;
      else refused.push({ name, reason: 'centreKind' });
      continue;
    }
    const own = kind ?? 'department';
    kinds.set(key, own);
    const none = { agency: null, sanctionNo: null, sanctionedPaise: null, startsOn: null, endsOn: null };
    const costCentreId = idFor(nameOf('exchange', 'costCentre', key));
    made.push({ costCentreId, fields: { code: codes.ofCentre(name), name, kind: own, ...none } });
  }
  return { made, refused, known };
}
