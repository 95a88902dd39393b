/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openAs } from '../../testing/open-as.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from '../../testing/open-page.ts';
import { chart, ledgerPage, trialBalance } from '../../testing/sample-reports.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const answers = { 'reports.get': trialBalance, 'ledger.page': ledgerPage, 'chart.get': chart };
const open = (path: string, options: PageOptions = {}): Promise<Page> =>
  openAs(screens, 'college_accounts_admin', path, answers, options);
const sent = (page: Page, channel: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.memory.calls.filter((call) => call.channel === wanted).map(({ input }) => input),
    channel,
  );
const hash = (page: Page): Promise<string> => page.evaluate(() => decodeURIComponent(window.location.hash));

test.each([
  ['/reports', 'light', 'en', '.report-cards'],
  ['/reports/trial_balance', 'dark', 'hi', '.report-total'],
  ['/reports/ledger/accountCode=1200', 'light', 'en', '[role=row][aria-rowindex="2"]'],
] as const)('axe finds nothing on %s (%s, %s)', async (path, theme, language, shown) => {
  const page = await open(path, { theme, language });
  await page.locator(shown).first().waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.close();
});

test('leads down from the trial balance to the ledger and the voucher by keys alone, and back', async () => {
  const page = await open('/reports/trial_balance/from=2026-04-01&to=2026-09-30');
  await page.getByText('Bank: current account').waitFor();
  // What is below zero is a credit balance, and says so.
  await page.getByText('1,500.00 Cr').waitFor();
  await page.locator('[role=grid]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Closing balance 87,000.00 Dr').waitFor();
  expect(await hash(page)).toBe('#/reports/ledger/from=2026-04-01&to=2026-09-30&accountCode=1200');
  expect(await sent(page, 'ledger.page')).toMatchObject([
    { accountCode: '1200', from: '2026-04-01', to: '2026-09-30', offset: 0 },
  ]);
  await page.locator('[role=grid]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.location.hash.startsWith('#/vouchers/'));
  await page.goBack();
  await page.getByText('Closing balance 87,000.00 Dr').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.report-cards').first().waitFor();
  await page.close();
});

test('asks again for the days that were typed, and not for days that are none', async () => {
  const page = await open('/reports/trial_balance');
  await page.getByText('Bank: current account').waitFor();
  await page.keyboard.press('Alt+F2');
  await page.keyboard.type('1-5');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.location.hash.includes('from=2026-05-01'));
  expect((await sent(page, 'reports.get')).at(-1)).toMatchObject({ from: '2026-05-01', report: 'trial_balance' });
  await page.getByLabel('To', { exact: true }).fill('31-6');
  await page.keyboard.press('Tab');
  await page.getByText('This is not a day.').waitFor();
  expect(await hash(page)).toContain('from=2026-05-01');
  await page.close();
});

test('prints and exports what is shown, and says when it could not', async () => {
  const page = await open('/reports/trial_balance/from=2026-04-01&to=2026-09-30');
  await page.getByText('Bank: current account').waitFor();
  await page.evaluate(() =>
    window.memory.refuse('reports.export', 'REPORT_TOTALS_DISAGREE', {
      label: 'Total: Assets',
      column: 'Debit',
      stated: '100',
      made: '200',
    }),
  );
  await page.keyboard.press('Alt+P');
  await page.getByText('has ₹1.00 in the column').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+E');
  await page.getByText('has ₹1.00 in the column').waitFor();
  expect(await sent(page, 'reports.export')).toMatchObject([
    { format: 'pdf', question: { report: 'trial_balance', from: '2026-04-01', to: '2026-09-30', language: 'en' } },
    { format: 'xlsx' },
  ]);
  await page.close();
});

test('a ledger asks for its account first, by code or name', async () => {
  const page = await open('/reports/ledger');
  await page.getByText('Choose an account').waitFor();
  await page.keyboard.type('cash');
  await page.getByRole('option', { name: 'Cash in hand' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Closing balance').waitFor();
  expect(await sent(page, 'ledger.page')).toMatchObject([{ accountCode: '1100' }]);
  await page.close();
});
