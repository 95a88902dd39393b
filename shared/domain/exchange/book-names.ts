import type { Id } from '../../kernel/ids.ts';
import type { Account, AccountGroup, CostCentre, Vendor } from '../rows.ts';
import { TakenNames } from './names.ts';

export interface NamedRows {
  readonly accounts: readonly Account[];
  readonly groups: readonly AccountGroup[];
  readonly vendors: readonly Vendor[];
  readonly costCentres: readonly CostCentre[];
}

export interface BookNames {
  readonly accounts: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
  readonly vendors: ReadonlyMap<Id, string>;
  readonly costCentres: ReadonlyMap<string, string>;
}

/**
 * What everything in the books is called outside. Accounts come first and keep their names, since they are unique here; a vendor of the
 * same name gets his GSTIN or the end of his id added, a cost centre its code. Groups are headings and only unlike each other. The order
 * of the rows does not matter, so that the same books give the same names every time.
 */
export function bookNames({ accounts, groups, vendors, costCentres }: NamedRows): BookNames {
  const posted = new TakenNames();
  const headings = new TakenNames();
  const named = <Row, Key>(
    taken: TakenNames,
    rows: readonly Row[],
    keyOf: (row: Row) => Key,
    nameOf: (row: Row) => readonly [string, ...string[]],
  ): ReadonlyMap<Key, string> =>
    new Map(sorted(rows, (row) => String(keyOf(row))).map((row) => [keyOf(row), taken.take(...nameOf(row))]));
  return {
    accounts: named(
      posted,
      accounts,
      ({ code }) => code,
      ({ name, code }) => [name, code],
    ),
    vendors: named(
      posted,
      vendors,
      ({ id }) => id,
      ({ name, gstin, id }) => (gstin === null ? [name, id.slice(-6)] : [name, gstin, id.slice(-6)]),
    ),
    costCentres: named(
      posted,
      costCentres,
      ({ code }) => code,
      ({ name, code }) => [name, code],
    ),
    groups: named(
      headings,
      groups,
      ({ code }) => code,
      ({ name, code }) => [name, code],
    ),
  };
}

const sorted = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] =>
  rows
    .map((row): [string, Row] => [keyOf(row), row])
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([, row]) => row);
