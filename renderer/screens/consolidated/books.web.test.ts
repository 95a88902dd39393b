/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { COLLEGE, idOf, vendors } from '../../testing/memory-books.ts';
import { openAs } from '../../testing/open-as.ts';
import { axeProblems, type Screens, startScreens } from '../../testing/open-page.ts';
import { entry, OTHER, summary } from '../../testing/sample-answers.ts';

/** Consolidated books, budgets, audit trail and vendors: what could show or send something untrue. */
let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const sent = (page: Page, channel: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.memory.calls.filter((call) => call.channel === wanted).map(({ input }) => input),
    channel,
  );

test.each(['en', 'hi'] as const)('the consolidated books in %s: axe finds nothing', async (language) => {
  const page = await openAs(
    screens,
    'super_accountant',
    '/consolidated',
    { 'consolidation.summary': summary },
    { language },
  );
  await page.getByText('3,00,000.50').first().waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test('a figure of a month and college opens exactly its expenses', async () => {
  const page = await openAs(screens, 'super_accountant', '/consolidated', { 'consolidation.summary': summary });
  await page.getByRole('button', { name: /^Jun 2026, KAS/ }).click();
  await page.waitForURL(/#\/expenses$/);
  await page.getByRole('heading', { name: 'Expenses' }).waitFor();
  await expect
    .poll(async () => (await sent(page, 'expenses.totals')).at(-1))
    .toMatchObject({
      filter: {
        collegeId: OTHER,
        from: '2026-06-01',
        to: '2026-06-30',
        status: ['approved', 'payable', 'paying', 'paid', 'reconciled'],
      },
    });
  await page.context().close();
});

test('a GL code leads to its expenses, and the list says so', async () => {
  const page = await openAs(screens, 'super_accountant', '/consolidated', { 'consolidation.summary': summary });
  await page.getByRole('tab', { name: 'By GL code' }).click();
  await page.getByRole('button', { name: /^Travel and conveyance, SVCE/ }).click();
  await page.getByRole('button', { name: /^GL code: 5201/ }).waitFor();
  await expect
    .poll(async () => (await sent(page, 'expenses.totals')).at(-1))
    .toMatchObject({
      filter: { collegeId: COLLEGE, accountCode: '5201' },
    });
  await page.context().close();
});

test('totals that do not agree are never shown without a warning', async () => {
  const page = await openAs(screens, 'super_accountant', '/consolidated', {
    'consolidation.summary': { ...summary, agrees: false },
  });
  await page.getByRole('alert').filter({ hasText: 'Do not report these figures' }).waitFor();
  expect(await page.getByText('Agrees with every posted line').count()).toBe(0);
  await page.context().close();
});

test('a budget is set from what was seen to what was typed, and not below what is in use', async () => {
  const page = await openAs(screens, 'principal', '/budgets', {});
  await page.getByRole('button', { name: 'Set the budget of Travel' }).click();
  const field = page.getByRole('dialog').getByRole('textbox');
  await field.fill('2L');
  await page.keyboard.press('Control+a');
  await page.getByText('At least ₹2,50,000.00').waitFor();
  expect(await sent(page, 'commands.run')).toEqual([]);
  await field.fill('6.5L');
  await page.getByText('from ₹5,00,000.00 to ₹6,50,000.00').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Set to ₹6,50,000.00' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await sent(page, 'commands.run')).toEqual([
    {
      collegeId: COLLEGE,
      name: 'budget.set',
      args: { financialYear: '2026-27', category: 'TRAVEL', allocated: { from: 5_00_000_00n, to: 6_50_000_00n } },
    },
  ]);
  await page.context().close();
});

test('who may not set a budget is not offered to', async () => {
  const page = await openAs(screens, 'auditor', '/budgets', {});
  await page.getByRole('button', { name: 'Travel: show its expenses' }).waitFor();
  expect(await page.getByRole('button', { name: /^Set the budget/ }).count()).toBe(0);
  await page.context().close();
});

test('an audit entry shows before and after, and that it came from another desk', async () => {
  const page = await openAs(screens, 'auditor', '/audit', { 'audit.page': { rows: [entry], count: 1 } });
  await page.getByRole('grid', { name: 'Audit trail' }).waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  for (const shown of ['₹1,25,000.50', '₹1,25,000.00', 'ab12'.repeat(16), 'cd34'.repeat(16)]) {
    await dialog.getByText(shown).waitFor();
  }
  await dialog.getByText('another desk (0007)').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Only this document' }).click();
  await expect.poll(async () => (await sent(page, 'audit.page')).at(-1)).toMatchObject({ documentId: idOf('004', 1) });
  await page.context().close();
});

test.each([
  [
    { intact: true, entries: 41, brokenAt: null, headHash: 'ab12'.repeat(16) },
    'status',
    'The chain is whole: 41 entries',
  ],
  [{ intact: false, entries: 16, brokenAt: 17, headHash: 'cd34'.repeat(16) }, 'alert', 'broken at entry 17'],
] as const)('the chain is verified by a key and told as it is (%o)', async (report, role, words) => {
  const page = await openAs(screens, 'auditor', '/audit', {
    'audit.page': { rows: [entry], count: 1 },
    'audit.verify': report,
  });
  await page.getByRole('grid', { name: 'Audit trail' }).waitFor();
  await page.keyboard.press('Alt+y');
  await page.getByRole(role).filter({ hasText: words }).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test('a vendor is checked beside its fields, and only what changed is sent', async () => {
  const [vendor] = vendors;
  if (vendor === undefined) throw new Error('no vendor in the books');
  const page = await openAs(screens, 'college_accounts_admin', '/vendors', { 'vendors.get': vendor });
  await page.getByRole('grid', { name: 'Vendors' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: vendor.fields.name }).waitFor();
  await page.keyboard.press('Alt+l');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('IFSC').fill('MAHBO000123');
  await dialog.getByLabel('Phone').click();
  await dialog.getByText('the fifth character is always a zero').waitFor();
  await dialog.getByLabel('IFSC').fill('SBIN0000300');
  await dialog.getByText('The bank account changes').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Control+a');
  await dialog.waitFor({ state: 'detached' });
  const commands = (await sent(page, 'commands.run')) as { args: { edits: Record<string, unknown> } }[];
  expect(commands[0]?.args.edits.ifsc).toEqual({ from: 'MAHB0000123', to: 'SBIN0000300' });
  expect(Object.keys(commands[0]?.args.edits ?? {})).not.toContain('name');
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('grid', { name: 'Vendors' }).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test('the bills of a vendor are those of the vendor itself and not of its name, until its chip is taken off', async () => {
  const [vendor] = vendors;
  if (vendor === undefined) throw new Error('no vendor in the books');
  const page = await openAs(screens, 'college_accounts_admin', '/vendors', { 'vendors.get': vendor });
  await page.getByRole('grid', { name: 'Vendors' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: vendor.fields.name }).waitFor();
  await page.keyboard.press('Alt+b');
  const bills = page.getByRole('toolbar').getByText(`Vendor: ${vendor.fields.name}`);
  await bills.waitFor();
  const ofOthers = page.locator('[role=row]', { hasText: 'Shree Ganesh Travels' });
  await page.locator('[role=row]', { hasText: vendor.fields.name }).first().waitFor();
  expect(await ofOthers.count()).toBe(0);
  const asked = async () => ((await sent(page, 'expenses.totals')).at(-1) as { filter: object } | undefined)?.filter;
  await expect.poll(asked).toMatchObject({ collegeId: vendor.collegeId, vendorId: vendor.id, text: '' });
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Take the filter Vendor away' }).click();
  await bills.waitFor({ state: 'detached' });
  await ofOthers.first().waitFor();
  await page.context().close();
});
