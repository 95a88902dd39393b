import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LedgerMatcher } from '../../../domain/exchange/match-ledgers.ts';
import { vouchersForBooks } from '../../../domain/exchange/vouchers-for-books.ts';
import type { VoucherLine } from '../../../domain/rows.ts';
import { CollegeWorld } from '../../../testing/college-world.ts';
import { mastersFrom, rowsOf, sentFrom } from '../../../testing/exchange-world.ts';
import { randomStep, takeStep } from '../../../testing/random-steps.ts';
import { TallyEmulator } from './emulator.ts';
import { mastersFile, readTallyFile, vouchersFile } from './files.ts';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}

/** A line as another program can keep it: the vendor only where the line is his. */
const kept = ({ accountCode, vendorId, departmentCode, fundCode, debitPaise, creditPaise }: VoucherLine) => ({
  ...{ accountCode, departmentCode, fundCode, debitPaise, creditPaise },
  vendorId: accountCode === '2100' ? vendorId : null,
});

it('the books of any college go into Tally without a refusal, and come back as they were', async () => {
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(randomStep, { minLength: 40, maxLength: 120, size: 'max' }), async (steps) => {
      const world = await CollegeWorld.create(7, { supplies: 90_00_000_00n, library: 9_00_000_00n });
      await world.vendor({ name: 'First Vendor' });
      for (const one of steps) await takeStep(one, world);
      const tally = new TallyEmulator({
        companies: [{ name: 'SVCE', isOpen: true, first: '2000-01-01', last: '2099-12-31' }],
      });
      const vouchers = sentFrom(world);
      const masters = tally.importFile(mastersFile(mastersFrom(world)));
      expect(masters).toMatch(/<ERRORS>0<.*<EXCEPTIONS>0</);
      expect(masters).not.toContain('LINEERROR');
      for (const created of [vouchers.length, 0]) {
        const summary = tally.importFile(vouchersFile(vouchers));
        expect(summary).not.toContain('LINEERROR');
        expect(summary).toContain(`<CREATED>${created}</CREATED><ALTERED>${vouchers.length - created}</ALTERED>`);
      }
      const read = await readTallyFile(once(vouchersFile(vouchers)));
      const rows = rowsOf(world);
      const into = { rows, ledgers: new LedgerMatcher(rows), hasVoucher: () => false, idFor: (id: string) => id };
      const { ready, unread } = vouchersForBooks(read.vouchers.vouchers, into);
      expect(unread).toEqual([]);
      const posted = world.books.rows('vouchers');
      expect(ready.map(({ voucherId }) => voucherId)).toEqual(posted.map(({ id }) => id));
      for (const [index, voucher] of posted.entries()) {
        const lines = (await world.books.voucherLines(voucher.id)).toSorted((one, other) => one.lineNo - other.lineNo);
        const { date, narration, reference, referenceDate } = voucher;
        expect(ready[index]).toMatchObject({ date, narration, reference, referenceDate });
        expect(ready[index]?.lines).toEqual(lines.map(kept));
        if (voucher.kind !== 'reversal') expect(ready[index]?.kind).toBe(voucher.kind);
        kinds.add(voucher.kind);
      }
    }),
    { numRuns: 25 },
  );
  expect([...kinds].sort()).toEqual([
    'contra',
    'credit_note',
    'debit_note',
    'journal',
    'payment',
    'purchase',
    'receipt',
    'reversal',
    'sales',
  ]);
});
