import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentFault } from '../../shared/domain/report/check-document.ts';
import { reportNames } from '../../shared/domain/report/names.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import { makeBankAccount } from '../../shared/testing/bank-steps.ts';
import { CollegeWorld, expectOk } from '../../shared/testing/college-world.ts';
import { reportHandlers } from './report-handlers.ts';
import { openTestDesk, type TestDesk } from './testing.ts';

const { folder, remove } = testFolder();
let desk: TestDesk;
beforeAll(async () => {
  const world = await CollegeWorld.create(1, { supplies: 100_000_00n });
  expectOk(await world.approve(await world.submitted({ taxablePaise: 60_000_00n })));
  await makeBankAccount(world);
  desk = await openTestDesk(folder, world);
});
afterAll(async () => {
  await desk?.close();
  remove();
});

const dates = { from: '2026-04-01', to: '2027-03-31' };

test('every report crosses to the screen as it was built, in either language', async () => {
  const { collegeId } = desk.world;
  for (const report of reportNames) {
    if (report === 'utilisation') continue;
    for (const language of ['en', 'hi'] as const) {
      const accountCode = report === 'bank_reconciliation' ? '1200' : '5200';
      const question = { report, collegeId, ...dates, language, accountCode };
      const document = await desk.call('reports.get', question);
      expect([report, documentFault(document)]).toEqual([report, null]);
      expect(document.collegeName).toBe(desk.world.college.name);
    }
  }
});

test('pages of a ledger lead to the vouchers', async () => {
  const { collegeId, books } = desk.world;
  const [voucher] = books.rows('vouchers');
  const ledger = await desk.call('ledger.page', { collegeId, ...dates, accountCode: '5200', offset: 0, limit: 10 });
  expect(ledger).toMatchObject({ openingPaise: 0n, count: 1, closingPaise: 60_000_00n });
  expect(ledger.rows).toMatchObject([{ voucherId: voucher?.id, particulars: ['Sundry creditors'] }]);
});

test('a report that lists more than a screen takes is refused by its count, a statement never', async () => {
  const { collegeId } = desk.world;
  const scope = async () => [{ id: collegeId, code: 'SVCE' }];
  const handlers = reportHandlers(desk.context, scope, 0);
  const question = { collegeId, ...dates, language: 'en', accountCode: '5200' } as const;
  for (const report of ['ledger', 'day_book'] as const) {
    const refused = { code: 'REPORT_TOO_LONG', details: { count: 1, limit: 0 } };
    await expect(handlers['reports.get']({ ...question, report })).rejects.toMatchObject(refused);
  }
  expect((await handlers['reports.get']({ ...question, report: 'cash_book' })).rows).toEqual([]);
  expect((await handlers['reports.get']({ ...question, report: 'trial_balance' })).rows).not.toEqual([]);
});

test('another college, nobody and a question that lacks its account get nothing', async () => {
  const { collegeId } = desk.world;
  const question = { report: 'ledger', collegeId, ...dates, language: 'en' } as const;
  await expect(desk.call('reports.get', question)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await expect(desk.call('reports.get', { ...question, from: '2027-04-01' })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
  const foreign = { ...question, report: 'trial_balance', collegeId: '018f0000-0000-7000-8000-0000000000ff' } as const;
  await expect(desk.call('reports.get', foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  desk.signIn(null);
  await expect(desk.call('reports.get', question)).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
  desk.signIn(desk.world.accountant);
});
