import type {
  ExchangeCostCentre,
  ExchangeGroup,
  ExchangeLedger,
  ExchangeMasters,
  OpeningBill,
} from '../../../domain/exchange/model.ts';
import { exchangeKey } from '../../../domain/exchange/names.ts';
import { signedAmount, writeAmount, writeDate, writeDueDate } from './amounts.ts';
import { ledgerNameTo, rootOfKind, standardGroup, standardGroupFor } from './standard-groups.ts';
import { categoryOf, PRIMARY_CATEGORY } from './vocabulary.ts';
import { element, leaf, leafOf } from './xml-text.ts';

type Place = Pick<ExchangeGroup, 'parent' | 'kind'>;
/** Deeper no chart goes. */
const STEPS_MAX = 32;

/** Where our groups stand in Tally. One that Tally has itself is not made again: what stands under ours goes under Tally's. */
class GroupPlaces {
  readonly #groups: ReadonlyMap<string, ExchangeGroup>;
  /** Names of ledgers and cost centres, which a group cannot have besides. */
  readonly #taken: ReadonlySet<string>;

  constructor({ groups, ledgers, costCentres }: ExchangeMasters) {
    this.#groups = new Map(groups.map((group) => [exchangeKey(group.name), group]));
    const names = [...ledgers.map(({ name }) => ledgerNameTo(name)), ...costCentres.map(({ name }) => name)];
    this.#taken = new Set(names.map(exchangeKey));
  }

  nameIn(group: ExchangeGroup): string {
    const standard = standardGroupFor(group.name, group.kind);
    if (standard !== undefined) return standard.name;
    let name = group.name;
    while (this.#taken.has(exchangeKey(name))) name = `${name} (group)`;
    return name;
  }

  /** The name in Tally of the parent of a group or ledger. */
  parentIn({ parent, kind }: Place): string {
    if (parent === null) return rootOfKind[kind];
    const group = this.#groups.get(exchangeKey(parent));
    return group === undefined ? (standardGroup(parent)?.name ?? parent) : this.nameIn(group);
  }

  /** Whether a ledger or group stands somewhere below one of these groups of Tally. */
  isBelow(place: Place, above: readonly string[]): boolean {
    let at = place;
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const name = this.parentIn(at);
      const standard = standardGroup(name);
      if (standard !== undefined) return above.includes(standard.name) || above.includes(standard.parent ?? '');
      const group = at.parent === null ? undefined : this.#groups.get(exchangeKey(at.parent));
      if (group === undefined) return false;
      at = group;
    }
    return false;
  }
}

/** One message for each master, in the order in which Tally can take them. */
export function mastersXml(masters: ExchangeMasters): readonly string[] {
  const { groups, ledgers, costCentres } = masters;
  const places = new GroupPlaces(masters);
  const own = groups.filter((group) => standardGroup(places.nameIn(group)) === undefined);
  const categories = [...new Set(costCentres.map(({ kind }) => categoryOf(kind)))];
  return [
    ...own.map((group) => groupXml(group, places)),
    ...categories.filter((name) => name !== PRIMARY_CATEGORY).map(categoryXml),
    ...costCentres.map(costCentreXml),
    ...ledgers.map((ledger) => ledgerXml(ledger, places)),
  ];
}

const create = (name: string) => ({ NAME: name, ACTION: 'Create' });
const yes = (is: boolean): string => (is ? 'Yes' : 'No');
const nameList = (name: string): string => element('NAME.LIST', [leaf('NAME', name)], { TYPE: 'String' });

function groupXml(group: ExchangeGroup, places: GroupPlaces): string {
  const name = places.nameIn(group);
  return element('GROUP', [nameList(name), leaf('NAME', name), leaf('PARENT', places.parentIn(group))], create(name));
}

const categoryXml = (name: string): string =>
  element(
    'COSTCATEGORY',
    [leaf('NAME', name), leaf('ALLOCATEREVENUE', 'Yes'), leaf('ALLOCATENONREVENUE', 'Yes')],
    create(name),
  );

const costCentreXml = ({ name, kind }: ExchangeCostCentre): string =>
  element('COSTCENTRE', [leaf('NAME', name), leaf('CATEGORY', categoryOf(kind))], create(name));

/**
 * Tally tells bank, cash and parties by the group they stand under; a ledger that our chart has elsewhere goes there. Input tax stays under
 * our own group: Tally's Duties & Taxes are liabilities.
 */
function placeOfLedger({ role, isParty, kind, parent }: ExchangeLedger, places: GroupPlaces): string {
  const place = { parent, kind };
  const needed: readonly string[] = isParty
    ? kind === 'asset'
      ? ['Sundry Debtors']
      : ['Sundry Creditors']
    : role === 'bank'
      ? ['Bank Accounts', 'Bank OD A/c']
      : role === 'cash'
        ? ['Cash-in-Hand']
        : role === 'tax' && kind === 'liability'
          ? ['Duties & Taxes']
          : [];
  const [first] = needed;
  return first === undefined || places.isBelow(place, needed) ? places.parentIn(place) : first;
}

function ledgerXml(ledger: ExchangeLedger, places: GroupPlaces): string {
  const { isParty, hasCostCentres, openingDebitPaise, openingCreditPaise, openingBills, gstin, pan } = ledger;
  const name = ledgerNameTo(ledger.name);
  const opening = signedAmount(openingDebitPaise, openingCreditPaise);
  return element(
    'LEDGER',
    [
      nameList(name),
      leaf('PARENT', placeOfLedger(ledger, places)),
      leaf('ISBILLWISEON', yes(isParty)),
      leaf('ISCOSTCENTRESON', yes(hasCostCentres)),
      leaf('OPENINGBALANCE', writeAmount(opening)),
      leafOf('PARTYGSTIN', gstin),
      leafOf('INCOMETAXNUMBER', pan),
      ...openingBills.map(openingBillXml),
    ],
    create(name),
  );
}

/** A bill of the opening balance; what no bill takes of it, Tally keeps on account. */
const openingBillXml = ({ name, billDate, dueOn, debitPaise, creditPaise }: OpeningBill): string =>
  element('BILLALLOCATIONS.LIST', [
    leafOf('BILLDATE', billDate === null ? null : writeDate(billDate)),
    leaf('NAME', name),
    leafOf('BILLCREDITPERIOD', dueOn === null ? null : writeDueDate(dueOn)),
    leaf('ISADVANCE', 'No'),
    leaf('OPENINGBALANCE', writeAmount(signedAmount(debitPaise, creditPaise))),
  ]);
