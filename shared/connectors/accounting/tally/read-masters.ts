import type {
  ExchangeCostCentre,
  ExchangeGroup,
  ExchangeLedger,
  ExchangeMasters,
  LedgerRole,
  OpeningBill,
} from '../../../domain/exchange/model.ts';
import { exchangeKey } from '../../../domain/exchange/names.ts';
import { surplusNames } from '../../../domain/exchange/surplus.ts';
import type { AccountKind } from '../../../domain/rows.ts';
import { readAmount, readDate, readDueDate } from './amounts.ts';
import type { SkippedRecord } from './skipped.ts';
import { ledgerNameFrom, standardGroup } from './standard-groups.ts';
import { categoryKind } from './vocabulary.ts';
import { attributeOf, childOf, childrenOf, isYes, textOf, type XmlNode } from './xml-reader.ts';

export interface TallyMasters extends ExchangeMasters {
  /** The voucher types of the company, folded, with the type each is one of. */
  readonly voucherTypes: ReadonlyMap<string, string>;
  readonly skipped: readonly SkippedRecord[];
}

export const masterRecords: ReadonlySet<string> = new Set([
  'GROUP',
  'LEDGER',
  'COSTCATEGORY',
  'COSTCENTRE',
  'VOUCHERTYPE',
]);

/** Tally's name for what stands above the primary groups; it writes a control character before it. */
const PRIMARY = 'primary';
const STEPS_MAX = 32;

/** Gathers the masters of an export, in whatever order they come. */
export class MastersReader {
  /** What `TallyMasters.voucherTypes` will be. */
  readonly voucherTypes = new Map<string, string>();
  readonly #groups: XmlNode[] = [];
  readonly #ledgers: XmlNode[] = [];
  readonly #centres: ExchangeCostCentre[] = [];
  readonly #skipped: SkippedRecord[] = [];

  add(record: XmlNode): void {
    const name = nameOf(record);
    if (name === null) {
      this.#skip(record, 'name');
      return;
    }
    if (record.name === 'GROUP') this.#groups.push(record);
    if (record.name === 'LEDGER') this.#ledgers.push(record);
    if (record.name === 'COSTCENTRE') this.#centres.push({ name, kind: categoryKind(textOf(record, 'CATEGORY')) });
    if (record.name === 'VOUCHERTYPE') this.voucherTypes.set(exchangeKey(name), textOf(record, 'PARENT') ?? name);
  }

  end(): TallyMasters {
    const tree = new GroupTree(this.#groups);
    const groups = this.#groups.flatMap((record) => this.#group(record, tree));
    return {
      groups: parentsFirst(groups),
      ledgers: this.#ledgers.flatMap((record) => this.#ledger(record, tree)),
      costCentres: this.#centres,
      voucherTypes: this.voucherTypes,
      skipped: this.#skipped,
    };
  }

  #group(record: XmlNode, tree: GroupTree): readonly ExchangeGroup[] {
    const name = nameOf(record) ?? '';
    const kind = tree.kindOf(name);
    if (kind !== undefined) return [{ name, parent: tree.parentOf(name), kind }];
    this.#skip(record, 'parent');
    return [];
  }

  #ledger(record: XmlNode, tree: GroupTree): readonly ExchangeLedger[] {
    const name = ledgerNameFrom(nameOf(record) ?? '');
    const given = textOf(record, 'PARENT');
    const isTop = given === null || exchangeKey(given) === PRIMARY;
    // Right under Primary stands one ledger only: the Profit & Loss A/c, which a trust calls Income & Expenditure.
    const isSurplus = surplusNames.has(exchangeKey(name));
    const kind = isTop ? (isSurplus ? 'fund' : undefined) : tree.kindOf(given);
    if (kind === undefined) {
      this.#skip(record, 'parent');
      return [];
    }
    const openingText = textOf(record, 'OPENINGBALANCE');
    const opening = openingText === null ? 0n : readAmount(openingText);
    if (opening === undefined) {
      this.#skip(record, 'amount');
      return [];
    }
    const openingBills = openingBillsOf(record);
    if (openingBills === undefined) {
      this.#skip(record, 'bill');
      return [];
    }
    const above = isTop ? [] : tree.pathOf(given);
    return [
      {
        name,
        parent: isTop ? null : tree.nameOf(given),
        kind,
        role: isSurplus && kind === 'fund' ? 'surplus' : roleOf(above),
        isParty: above.includes('Sundry Creditors') || above.includes('Sundry Debtors'),
        hasCostCentres: isYes(record, 'ISCOSTCENTRESON'),
        openingDebitPaise: opening < 0n ? -opening : 0n,
        openingCreditPaise: opening > 0n ? opening : 0n,
        openingBills,
        gstin: gstinOf(record),
        pan: textOf(record, 'INCOMETAXNUMBER'),
      },
    ];
  }

  #skip(record: XmlNode, reason: SkippedRecord['reason']): void {
    this.#skipped.push({ record: record.name, name: nameOf(record) ?? '', reason, line: record.line });
  }
}

function nameOf(record: XmlNode): string | null {
  const own = attributeOf(record, 'NAME') ?? textOf(record, 'NAME');
  if (own !== null) return own;
  const language = childOf(record, 'LANGUAGENAME.LIST') ?? record;
  const list = childOf(language, 'NAME.LIST');
  return list === undefined ? null : textOf(list, 'NAME');
}

/** The bills of the opening balance; undefined when one of them cannot be read. */
function openingBillsOf(record: XmlNode): readonly OpeningBill[] | undefined {
  const bills: OpeningBill[] = [];
  for (const list of childrenOf(record, 'BILLALLOCATIONS.LIST')) {
    if (list.children.length === 0) continue;
    const name = textOf(list, 'NAME');
    const signed = readAmount(textOf(list, 'OPENINGBALANCE') ?? '');
    if (signed === undefined) return undefined;
    // Without a name it is on account, as what is left over.
    if (name === null || signed === 0n) continue;
    const billDate = readDate(textOf(list, 'BILLDATE') ?? '') ?? null;
    const due = textOf(list, 'BILLCREDITPERIOD');
    const dueOn = due === null || billDate === null ? null : (readDueDate(due, billDate) ?? null);
    const sides = { debitPaise: signed < 0n ? -signed : 0n, creditPaise: signed > 0n ? signed : 0n };
    bills.push({ name, billDate, dueOn, ...sides });
  }
  return bills;
}

function roleOf(above: readonly string[]): LedgerRole | null {
  if (above.includes('Bank Accounts') || above.includes('Bank OD A/c')) return 'bank';
  if (above.includes('Cash-in-Hand')) return 'cash';
  return above.includes('Duties & Taxes') ? 'tax' : null;
}

/** TallyPrime from 3.0 keeps registrations in dated lists; the latest one counts. */
function gstinOf(record: XmlNode): string | null {
  const dated = childrenOf(record, 'LEDGSTREGDETAILS.LIST')
    .map((list) => ({ from: textOf(list, 'APPLICABLEFROM') ?? '', gstin: textOf(list, 'GSTIN') }))
    .filter(({ gstin }) => gstin !== null)
    .sort((one, other) => (one.from < other.from ? 1 : -1));
  return dated[0]?.gstin ?? textOf(record, 'PARTYGSTIN');
}

/** The groups of a company and Tally's own ones, by names in any letter case. */
class GroupTree {
  readonly #records: ReadonlyMap<string, XmlNode>;

  constructor(records: readonly XmlNode[]) {
    this.#records = new Map(records.map((record) => [exchangeKey(nameOf(record) ?? ''), record]));
  }

  nameOf(name: string): string {
    const record = this.#records.get(exchangeKey(name));
    return standardGroup(name)?.name ?? (record === undefined ? name : (nameOf(record) ?? name));
  }

  parentOf(name: string): string | null {
    const standard = standardGroup(name);
    if (standard !== undefined) return standard.parent;
    const record = this.#records.get(exchangeKey(name));
    const parent = record === undefined ? null : textOf(record, 'PARENT');
    return parent === null || exchangeKey(parent) === PRIMARY ? null : this.nameOf(parent);
  }

  /** The group itself and those above it. */
  pathOf(name: string): readonly string[] {
    const path: string[] = [];
    for (let at: string | null = this.nameOf(name); at !== null && path.length < STEPS_MAX; at = this.parentOf(at)) {
      path.push(at);
    }
    return path;
  }

  /** By the group of Tally it stands under, or by what a primary group of the company says of itself. */
  kindOf(name: string): AccountKind | undefined {
    const path = this.pathOf(name);
    const standard = path.map(standardGroup).find((one) => one !== undefined);
    if (standard !== undefined) return standard.kind;
    const root = this.#records.get(exchangeKey(path.at(-1) ?? ''));
    if (root === undefined || childOf(root, 'ISREVENUE') === undefined || path.length === STEPS_MAX) return undefined;
    const isDebit = isYes(root, 'ISDEEMEDPOSITIVE');
    if (isYes(root, 'ISREVENUE')) return isDebit ? 'expense' : 'income';
    return isDebit ? 'asset' : 'liability';
  }
}

function parentsFirst(groups: readonly ExchangeGroup[]): readonly ExchangeGroup[] {
  const byKey = new Map(groups.map((group) => [exchangeKey(group.name), group]));
  const ordered = new Set<ExchangeGroup>();
  const visit = (group: ExchangeGroup, steps: number): void => {
    const parent = group.parent === null ? undefined : byKey.get(exchangeKey(group.parent));
    if (parent !== undefined && !ordered.has(parent) && steps < STEPS_MAX) visit(parent, steps + 1);
    ordered.add(group);
  };
  for (const group of groups) visit(group, 0);
  return [...ordered];
}
