import type { BillRef, CostShare, ExchangeLine, ExchangeVoucher } from '../../../domain/exchange/model.ts';
import type { IsoDate } from '../../../kernel/dates.ts';
import type { Paise } from '../../../kernel/money.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { readAmount, readDate, readDueDate } from './amounts.ts';
import type { SkipReason } from './skipped.ts';
import { ledgerNameFrom } from './standard-groups.ts';
import { billKind, categoryKind, voucherKind } from './vocabulary.ts';
import { attributeOf, childOf, childrenOf, isYes, textOf, type XmlNode } from './xml-reader.ts';

/** One voucher of an export, or why it is left out. @param parents the company's own voucher types (`TallyMasters.voucherTypes`) */
export function readVoucher(
  record: XmlNode,
  parents: ReadonlyMap<string, string>,
): Result<ExchangeVoucher, SkipReason> {
  if (isYes(record, 'ISCANCELLED') || attributeOf(record, 'ACTION')?.toLowerCase() === 'cancel')
    return err('cancelled');
  if (isYes(record, 'ISOPTIONAL')) return err('optional');
  if (isYes(record, 'ISDELETED') || attributeOf(record, 'ACTION')?.toLowerCase() === 'delete') return err('deleted');
  const kind = voucherKind(textOf(record, 'VOUCHERTYPENAME') ?? attributeOf(record, 'VCHTYPE') ?? '', parents);
  if (kind === undefined) return err('kind');
  const id = attributeOf(record, 'REMOTEID') ?? textOf(record, 'GUID');
  if (id === null) return err('name');
  const date = readDate(textOf(record, 'DATE') ?? '');
  if (date === undefined) return err('date');
  const lines = readLines(record, date);
  if (!lines.ok) return lines;
  const referenceText = textOf(record, 'REFERENCEDATE');
  const party = textOf(record, 'PARTYLEDGERNAME');
  return ok({
    ...{ id, kind, date, number: textOf(record, 'VOUCHERNUMBER') },
    narration: textOf(record, 'NARRATION') ?? '',
    reference: textOf(record, 'REFERENCE'),
    referenceDate: referenceText === null ? null : (readDate(referenceText) ?? null),
    partyLedger: party === null ? null : ledgerNameFrom(party),
    lines: lines.value,
  });
}

function readLines(record: XmlNode, date: IsoDate): Result<readonly ExchangeLine[], SkipReason> {
  const lines: ExchangeLine[] = [];
  let sum = 0n;
  for (const entry of entriesOf(record)) {
    const read = readLine(entry, date);
    if (!read.ok) return read;
    if (read.value === null) continue;
    lines.push(read.value);
    sum += read.value.creditPaise - read.value.debitPaise;
  }
  if (lines.length < 2) return err('lines');
  return sum === 0n ? ok(lines) : err('unbalanced');
}

/** An invoice has its parties in another list, and its ledgers under the items that were bought or sold. */
const entriesOf = (record: XmlNode): readonly XmlNode[] =>
  [
    ...childrenOf(record, 'ALLLEDGERENTRIES.LIST'),
    ...childrenOf(record, 'LEDGERENTRIES.LIST'),
    ...[...childrenOf(record, 'ALLINVENTORYENTRIES.LIST'), ...childrenOf(record, 'INVENTORYENTRIES.LIST')].flatMap(
      (item) => childrenOf(item, 'ACCOUNTINGALLOCATIONS.LIST'),
    ),
    // Tally writes empty lists for everything that is not there.
  ].filter((entry) => entry.children.length > 0);

/** Null for a line of nothing, which Tally takes and the books here do not. */
function readLine(entry: XmlNode, date: IsoDate): Result<ExchangeLine | null, SkipReason> {
  const ledger = textOf(entry, 'LEDGERNAME');
  if (ledger === null) return err('name');
  const signed = readAmount(textOf(entry, 'AMOUNT') ?? '');
  if (signed === undefined) return err('amount');
  if (signed === 0n) return ok(null);
  const isDebit = signed < 0n;
  if (childOf(entry, 'ISDEEMEDPOSITIVE') !== undefined && isYes(entry, 'ISDEEMEDPOSITIVE') !== isDebit) {
    return err('sign');
  }
  const bills = readBills(entry, isDebit, date);
  if (!bills.ok) return bills;
  const costShares = readShares(entry, isDebit);
  if (!costShares.ok) return costShares;
  return ok({
    ledger: ledgerNameFrom(ledger),
    debitPaise: isDebit ? -signed : 0n,
    creditPaise: isDebit ? 0n : signed,
    bills: bills.value,
    costShares: costShares.value,
  });
}

/** An amount inside a line, as it stands to the side of the line. */
function onSide(node: XmlNode, isDebit: boolean): Paise | undefined {
  const signed = readAmount(textOf(node, 'AMOUNT') ?? '');
  return signed === undefined ? undefined : isDebit ? -signed : signed;
}

function readBills(entry: XmlNode, isDebit: boolean, date: IsoDate): Result<readonly BillRef[], SkipReason> {
  const bills: BillRef[] = [];
  for (const list of childrenOf(entry, 'BILLALLOCATIONS.LIST')) {
    if (list.children.length === 0) continue;
    const kind = billKind(textOf(list, 'BILLTYPE') ?? '');
    const name = textOf(list, 'NAME');
    if (kind === undefined || (name === null && kind !== 'on_account')) return err('bill');
    const amountPaise = onSide(list, isDebit);
    if (amountPaise === undefined) return err('amount');
    const due = textOf(list, 'BILLCREDITPERIOD');
    bills.push({ kind, name, amountPaise, dueOn: due === null ? null : (readDueDate(due, date) ?? null) });
  }
  return ok(bills);
}

function readShares(entry: XmlNode, isDebit: boolean): Result<readonly CostShare[], SkipReason> {
  const shares: CostShare[] = [];
  const direct = childrenOf(entry, 'COSTCENTREALLOCATIONS.LIST').map((list) => ({ list, category: null }));
  const nested = childrenOf(entry, 'CATEGORYALLOCATIONS.LIST').flatMap((category) =>
    childrenOf(category, 'COSTCENTREALLOCATIONS.LIST').map((list) => ({
      list,
      category: textOf(category, 'CATEGORY'),
    })),
  );
  for (const { list, category } of [...direct, ...nested]) {
    if (list.children.length === 0) continue;
    const name = textOf(list, 'NAME');
    if (name === null) return err('name');
    const amountPaise = onSide(list, isDebit);
    if (amountPaise === undefined) return err('amount');
    shares.push({ name, kind: categoryKind(category), amountPaise });
  }
  return ok(shares);
}
