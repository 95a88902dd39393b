import { exchangeKey } from '../../../domain/exchange/names.ts';
import type { IsoDate } from '../../../kernel/dates.ts';
import { readAmount, readDate } from './amounts.ts';
import { standardGroups } from './standard-groups.ts';
import { PRIMARY_CATEGORY } from './vocabulary.ts';
import { attributeOf, childrenOf, isYes, textOf, type XmlNode } from './xml-reader.ts';
import { element, leaf, xmlSafe } from './xml-text.ts';

export interface EmulatedCompany {
  readonly name: string;
  isOpen: boolean;
  readonly first: IsoDate;
  readonly last: IsoDate;
}

export interface Counters {
  created: number;
  altered: number;
  errors: number;
  exceptions: number;
  lastVoucherId: number;
  lastMasterId: number;
  lineErrors: string[];
}

/** Days on which Tally takes vouchers without a licence. */
const EDUCATIONAL_DAYS = ['01', '02', '31'];

/** The books of one company as Tally keeps them: masters by name, vouchers by REMOTEID, and the checks it makes on the way in. */
export class EmulatedBooks {
  readonly company: EmulatedCompany;
  readonly vouchers = new Map<string, XmlNode>();
  readonly #isEducational: boolean;
  readonly #masters = new Map<string, Map<string, XmlNode>>();
  #masterIds = 0;
  #voucherIds = 0;

  constructor(company: EmulatedCompany, isEducational: boolean) {
    this.company = company;
    this.#isEducational = isEducational;
    for (const name of ['GROUP', 'LEDGER', 'COSTCATEGORY', 'COSTCENTRE', 'VOUCHERTYPE'])
      this.#masters.set(name, new Map());
    for (const { name, parent } of standardGroups) this.#put('GROUP', name, parent ?? '\u0004 Primary');
    this.#put('LEDGER', 'Cash', 'Cash-in-Hand');
    this.#put('LEDGER', 'Profit & Loss A/c', '\u0004 Primary');
    this.#put('COSTCATEGORY', PRIMARY_CATEGORY, '');
  }

  master(record: XmlNode, counters: Counters): void {
    const name = attributeOf(record, 'NAME') ?? '';
    const problem = this.#masterProblem(record, name);
    if (problem !== null) {
      counters.errors += 1;
      counters.lineErrors.push(problem);
      return;
    }
    const kept = this.#masters.get(record.name);
    if (kept === undefined) return;
    if (kept.has(exchangeKey(name))) counters.altered += 1;
    else counters.created += 1;
    kept.set(exchangeKey(name), record);
    this.#masterIds += 1;
    counters.lastMasterId = this.#masterIds;
  }

  /** A second voucher of the same REMOTEID takes the place of the first. */
  voucher(record: XmlNode, counters: Counters, refusedAs: 'errors' | 'exceptions'): void {
    const problem = this.#voucherProblem(record);
    if (problem !== null) {
      counters[refusedAs] += 1;
      counters.lineErrors.push(problem);
      return;
    }
    this.#voucherIds += 1;
    const id = attributeOf(record, 'REMOTEID') ?? `guid-${this.#voucherIds}`;
    if (this.vouchers.has(id)) counters.altered += 1;
    else counters.created += 1;
    this.vouchers.set(id, record);
    counters.lastVoucherId = this.#voucherIds;
  }

  masters(): readonly XmlNode[] {
    return [...this.#masters.values()].flatMap((kept) => [...kept.values()]);
  }

  vouchersOf(first: IsoDate, last: IsoDate): readonly XmlNode[] {
    return [...this.vouchers.values()].filter((record) => {
      const date = readDate(textOf(record, 'DATE') ?? '') ?? '';
      return date >= first && date <= last;
    });
  }

  #put(kind: string, name: string, parent: string): void {
    const inner: XmlNode = { name: 'PARENT', attributes: new Map(), children: [], text: parent, line: 0 };
    const record = { name: kind, attributes: new Map([['NAME', name]]), children: [inner], text: '', line: 0 };
    this.#masters.get(kind)?.set(exchangeKey(name), record);
  }

  #has(kind: string, name: string): boolean {
    return this.#masters.get(kind)?.has(exchangeKey(name)) ?? false;
  }

  #masterProblem(record: XmlNode, name: string): string | null {
    if (name === '') return 'Name is missing!';
    if (record.name === 'GROUP' && this.#has('LEDGER', name)) return `Ledger '${name}' already exists!`;
    if (record.name === 'LEDGER' && this.#has('GROUP', name)) return `Group '${name}' already exists!`;
    const parent = textOf(record, 'PARENT');
    const needsGroup = record.name === 'GROUP' || record.name === 'LEDGER';
    if (needsGroup && (parent === null || !this.#has('GROUP', parent))) return `Group '${parent}' does not exist!`;
    const category = textOf(record, 'CATEGORY');
    if (record.name === 'COSTCENTRE' && (category === null || !this.#has('COSTCATEGORY', category))) {
      return `Cost Category '${category}' does not exist!`;
    }
    return null;
  }

  #voucherProblem(record: XmlNode): string | null {
    const text = textOf(record, 'DATE') ?? '';
    const date = readDate(text);
    if (date === undefined || !/^\d{8}$/.test(text)) return 'Voucher date is missing!';
    if (date < this.company.first || date > this.company.last) return "The date is out of range! Can't import!";
    if (this.#isEducational && !EDUCATIONAL_DAYS.includes(date.slice(8))) return 'Voucher date is missing!';
    const entries = childrenOf(record, 'ALLLEDGERENTRIES.LIST');
    let sum = 0n;
    for (const entry of entries) {
      const problem = this.#entryProblem(entry);
      if (problem !== null) return problem;
      sum += readAmount(textOf(entry, 'AMOUNT') ?? '') ?? 0n;
    }
    if (entries.length < 2 || sum !== 0n) return 'Voucher totals do not match!';
    return null;
  }

  #entryProblem(entry: XmlNode): string | null {
    const ledger = textOf(entry, 'LEDGERNAME') ?? '';
    if (!this.#has('LEDGER', ledger)) return `Ledger '${ledger}' does not exist!`;
    const amount = readAmount(textOf(entry, 'AMOUNT') ?? '');
    if (amount === undefined) return `Amount of '${ledger}' is invalid!`;
    if (isYes(entry, 'ISDEEMEDPOSITIVE') !== amount < 0n) return `Debit and credit of '${ledger}' do not match!`;
    for (const category of childrenOf(entry, 'CATEGORYALLOCATIONS.LIST')) {
      let sum = 0n;
      for (const share of childrenOf(category, 'COSTCENTREALLOCATIONS.LIST')) {
        const centre = textOf(share, 'NAME') ?? '';
        if (!this.#has('COSTCENTRE', centre)) return `Cost Centre '${centre}' does not exist!`;
        sum += readAmount(textOf(share, 'AMOUNT') ?? '') ?? 0n;
      }
      if (sum !== amount) return `Cost allocations of '${ledger}' do not match!`;
    }
    const bills = childrenOf(entry, 'BILLALLOCATIONS.LIST').map(
      (bill) => readAmount(textOf(bill, 'AMOUNT') ?? '') ?? 0n,
    );
    const billed = bills.reduce((sum, one) => sum + one, 0n);
    return bills.length > 0 && billed !== amount ? `Bill allocations of '${ledger}' do not match!` : null;
  }
}

/** A record as Tally exports it: with what it fills in of its own, and a control character before the name of what stands above all. */
export function exportedXml(record: XmlNode): string {
  const extra = record.name === 'VOUCHER' ? ['ISCANCELLED', 'ISOPTIONAL'].map((name) => leaf(name, 'No')) : [];
  const lists = record.name === 'VOUCHER' ? ['      <INVENTORYENTRIES.LIST>      </INVENTORYENTRIES.LIST>'] : [];
  return element(
    record.name,
    [...record.children.map(nodeXml), ...extra, ...lists].map((inner) => `\r\n     ${inner}`),
    Object.fromEntries(record.attributes),
  );
}

function nodeXml(node: XmlNode): string {
  const attributes = Object.fromEntries(node.attributes);
  if (node.children.length > 0) return element(node.name, node.children.map(nodeXml), attributes);
  const written = leaf(node.name, node.text, attributes);
  return node.text === xmlSafe(node.text) ? written : written.replace('>', '>&#4;');
}
