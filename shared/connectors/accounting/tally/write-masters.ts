import type {
  ExchangeCostCentre,
  ExchangeGroup,
  ExchangeLedger,
  ExchangeMasters,
} from '../../../domain/exchange/model.ts';
import { exchangeKey } from '../../../domain/exchange/names.ts';
import { signedAmount, writeAmount } from './amounts.ts';
import { ledgerNameTo, rootOfKind, standardGroup, standardGroupFor } from './standard-groups.ts';
import { categoryOf, PRIMARY_CATEGORY } from './vocabulary.ts';
import { element, leaf, leafOf } from './xml-text.ts';

/** Where our groups stand in Tally. One that Tally has itself is not made again: what stands under ours goes under Tally's. */
class GroupPlaces {
  readonly #groups: ReadonlyMap<string, ExchangeGroup>;

  constructor(groups: readonly ExchangeGroup[]) {
    this.#groups = new Map(groups.map((group) => [exchangeKey(group.name), group]));
  }

  nameIn(group: ExchangeGroup): string {
    return standardGroupFor(group.name, group.kind)?.name ?? group.name;
  }

  /** The name in Tally of the parent of a group or ledger. */
  parentIn({ parent, kind }: Pick<ExchangeGroup, 'parent' | 'kind'>): string {
    if (parent === null) return rootOfKind[kind];
    const group = this.#groups.get(exchangeKey(parent));
    return group === undefined ? (standardGroup(parent)?.name ?? parent) : this.nameIn(group);
  }

  /** Whether a group of Tally is `above` or stands below it. */
  isBelow(nameInTally: string, above: readonly string[]): boolean {
    let name = nameInTally;
    for (let step = 0; step < 32; step += 1) {
      if (above.includes(name)) return true;
      const group = this.#groups.get(exchangeKey(name));
      const parent = standardGroup(name)?.parent ?? (group === undefined ? null : this.parentIn(group));
      if (parent === null) return false;
      name = parent;
    }
    return false;
  }
}

/** One message for each master, in the order in which Tally can take them. */
export function mastersXml({ groups, ledgers, costCentres }: ExchangeMasters): readonly string[] {
  const places = new GroupPlaces(groups);
  const own = groups.filter((group) => places.nameIn(group) === group.name && standardGroup(group.name) === undefined);
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

const groupXml = (group: ExchangeGroup, places: GroupPlaces): string =>
  element(
    'GROUP',
    [nameList(group.name), leaf('NAME', group.name), leaf('PARENT', places.parentIn(group))],
    create(group.name),
  );

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
  const own = places.parentIn({ parent, kind });
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
  return first === undefined || places.isBelow(own, needed) ? own : first;
}

function ledgerXml(ledger: ExchangeLedger, places: GroupPlaces): string {
  const { isParty, hasCostCentres, openingDebitPaise, openingCreditPaise, gstin, pan } = ledger;
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
    ],
    create(name),
  );
}
