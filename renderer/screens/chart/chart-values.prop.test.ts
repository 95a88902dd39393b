import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChartAccount, ChartGroup } from '../../../shared/ipc/contract/chart.ts';
import { accountKinds, chartRows, editsBetween, proposedCode } from './chart-values.ts';

const codes = ['G1', 'G2', 'G3', 'G4', 'G5'];
const anyParent = fc.option(fc.constantFrom(...codes, 'GONE'));
/** Groups that may stand under any other, even in a circle or under one that is gone. */
const anyGroups: fc.Arbitrary<readonly ChartGroup[]> = fc
  .uniqueArray(fc.record({ code: fc.constantFrom(...codes), parentCode: anyParent }), { selector: ({ code }) => code })
  .map((drawn) =>
    drawn.map(({ code, parentCode }) => ({
      ...{ id: code, code, parentCode, name: `Group ${code}`, nameHi: null, kind: 'asset' },
      ...{ isActive: true, pending: false },
    })),
  );
const anyAccounts: fc.Arbitrary<readonly ChartAccount[]> = fc
  .uniqueArray(
    fc.record({
      code: fc.integer({ min: 1_000, max: 1_030 }).map(String),
      kind: fc.constantFrom(...accountKinds),
      groupCode: anyParent,
      balancePaise: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    }),
    { selector: ({ code }) => code },
  )
  .map((drawn) =>
    drawn.map((one) => ({
      ...{ id: one.code, name: `Account ${one.code}`, category: null, role: null, isActive: true, pending: false },
      ...one,
    })),
  );

test('every account is shown once wherever its group stands, and the kinds come to the sum of all', () => {
  fc.assert(
    fc.property(anyGroups, anyAccounts, (groups, accounts) => {
      // A circle of groups, which the rules refuse, hangs under nothing and hides what stands in it.
      const inCircle = (code: string | null, seen: readonly string[] = []): boolean => {
        const group = groups.find((one) => one.code === code);
        if (code === null || group === undefined) return false;
        return seen.includes(code) || inCircle(group.parentCode, [...seen, code]);
      };
      const shown = accounts.filter(({ kind, groupCode }) => kind === 'asset' && !inCircle(groupCode));
      const rows = chartRows(groups, shown, () => true);
      const found = rows.flatMap((row) => (row.type === 'account' ? [row.account.code] : []));
      expect([...found].sort()).toEqual(shown.map(({ code }) => code).sort());
      const top = rows.filter(({ type }) => type === 'kind').reduce((sum, { balancePaise }) => sum + balancePaise, 0n);
      expect(top).toBe(shown.reduce((sum, { balancePaise }) => sum + balancePaise, 0n));
    }),
  );
});

test('a search leaves the way down to what it found, and nothing else', () => {
  fc.assert(
    fc.property(anyAccounts, fc.constantFrom('1000', '1010', '9999'), (accounts, wanted) => {
      const rows = chartRows([], accounts, ({ code }) => code === wanted);
      const there = accounts.some(({ code }) => code === wanted);
      expect(rows.map(({ type }) => type)).toEqual(there ? ['kind', 'account'] : []);
    }),
  );
});

test('a proposed code is free and follows those of its group', () => {
  fc.assert(
    fc.property(anyAccounts, fc.constantFrom(...accountKinds), anyParent, (accounts, kind, groupCode) => {
      const code = proposedCode(accounts, kind, groupCode);
      expect(accounts.map((one) => one.code)).not.toContain(code);
      for (const one of accounts.filter((other) => other.kind === kind && other.groupCode === groupCode)) {
        expect(Number(code)).toBeGreaterThan(Number(one.code));
      }
    }),
  );
});

test('only what differs is edited, with what stood there', () => {
  expect(editsBetween({ name: 'A', groupCode: null }, { name: 'A', groupCode: 'G1' })).toEqual({
    groupCode: { from: null, to: 'G1' },
  });
});
