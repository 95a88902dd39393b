import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tallyMasters, vouchersOver } from '../../../testing/exchange-arbitraries.ts';
import { mastersFile, readTallyFile, vouchersFile } from './files.ts';
import { ledgerNameFrom, ledgerNameTo, standardGroups } from './standard-groups.ts';

const encoding = fc.constantFrom('utf-8', 'utf-16le');

/** The bytes in pieces of some size, as a disk or a network gives them. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const pieceSize = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(65_536));

describe('what goes out comes back', () => {
  it('masters: groups, ledgers with their openings and numbers, cost centres', async () => {
    await fc.assert(
      fc.asyncProperty(tallyMasters, encoding, pieceSize, async (masters, as, size) => {
        const read = await readTallyFile(pieces(mastersFile(masters, as), size));
        const { skipped, groups, ledgers, costCentres } = read.masters;
        expect(skipped).toEqual([]);
        expect({ groups: byName(groups), ledgers, costCentres }).toEqual({
          ...masters,
          groups: byName(masters.groups),
        });
      }),
    );
  });

  it('vouchers of every kind with bills and cost centres', async () => {
    const books = tallyMasters.chain((masters) => vouchersOver(masters));
    await fc.assert(
      fc.asyncProperty(books, encoding, pieceSize, async (vouchers, as, size) => {
        const read = await readTallyFile(pieces(vouchersFile(vouchers, as), size));
        expect(read.vouchers.skipped).toEqual([]);
        expect(read.vouchers.vouchers).toEqual(vouchers);
      }),
    );
  });

  it('the name of every ledger, and none has the name of a group of Tally', () => {
    const reserved = fc.constantFrom(
      ...standardGroups.map(({ name }) => name),
      'Suspense',
      'sundry creditors',
      'SALES ACCOUNTS',
    );
    const name = fc
      .tuple(reserved, fc.array(fc.constantFrom(' A/c', ' a/c', ' '), { maxLength: 3 }))
      .map(([head, tail]) => [head, ...tail].join(''));
    const taken = new Set(standardGroups.map((group) => group.name.toLowerCase()));
    fc.assert(
      fc.property(name, (given) => {
        expect(ledgerNameFrom(ledgerNameTo(given))).toBe(given);
        expect(taken.has(ledgerNameTo(given).toLowerCase())).toBe(false);
      }),
    );
  });
});

const byName = <T extends { readonly name: string }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((one, other) => (one.name < other.name ? -1 : 1));
