/// <reference types="node" />
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../../shared/domain/rows.ts';
import type { OrderStage } from '../../../shared/ipc/contract/payments.ts';
import { idOf, makeExpense } from '../../testing/memory-books.ts';
import { openAs } from '../../testing/open-as.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from '../../testing/open-page.ts';
import { bills, orderPages, payments, waitingOrders } from '../../testing/sample-payments.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

interface Where {
  readonly tab?: string;
  readonly role?: Role;
  readonly stage?: OrderStage;
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly options?: PageOptions;
}

async function open({ tab = 'pay', role = 'college_accounts_admin', stage, answers, options }: Where): Promise<Page> {
  const given = { ...payments(stage), 'commands.run': done, ...answers };
  const page = await openAs(screens, role, `/payments/${tab}`, given, options);
  await page.locator('.payments [role=tabpanel][data-state=active]').waitFor();
  return page;
}
const done = { commandId: idOf('006', 77), seq: 1, reference: null };

interface Sent {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}
const sent = (page: Page): Promise<readonly Sent[]> =>
  page.evaluate(() =>
    window.memory.calls.filter(({ channel }) => channel === 'commands.run').map(({ input }) => input as Sent),
  );
const keys = async (page: Page, ...all: readonly string[]): Promise<void> => {
  for (const key of all) await page.keyboard.press(key);
};
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.MUNIM_PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/payments-${name}.png` });
};

interface Part {
  readonly tab: string;
  readonly shown: string;
  readonly role: Role;
  readonly stage?: OrderStage;
}
const row = (index: number): string => `[role=row][aria-rowindex="${index}"]`;
const parts: readonly Part[] = [
  { role: 'college_accounts_admin', tab: 'pay', shown: row(5) },
  { role: 'college_accounts_admin', tab: 'way', shown: row(3), stage: 'under_way' },
  { role: 'college_accounts_admin', tab: 'person', shown: '.person-card', stage: 'person' },
  { role: 'college_accounts_admin', tab: 'done', shown: row(3), stage: 'done' },
  { role: 'college_accounts_admin', tab: 'accounts', shown: row(2) },
  { role: 'principal', tab: 'release', shown: row(3) },
  { role: 'principal', tab: `release/${idOf('010', 1)}`, shown: row(3) },
  { role: 'principal', tab: 'details', shown: row(2) },
];
const looks = [
  { theme: 'light', language: 'en', size: [1366, 768] },
  { theme: 'dark', language: 'hi', size: [1920, 1080] },
] as const;

test.each(looks)('axe finds nothing in any part ($theme, $language)', async (options) => {
  for (const role of ['college_accounts_admin', 'principal'] as const) {
    const page = await open({ role, options });
    for (const { tab, shown, stage } of parts.filter((part) => part.role === role)) {
      await page.evaluate(
        (given) => {
          if (given.orders !== null) window.memory.answer('payments.orders', () => given.orders as never);
          window.location.hash = given.path;
        },
        { path: `/payments/${tab}`, orders: stage === undefined ? null : orderPages[stage] },
      );
      await page.locator(`[role=tabpanel][data-state=active] ${shown}`).first().waitFor();
      expect([tab, await axeProblems(page)]).toEqual([tab, []]);
      await picture(page, `${tab.replace('/', '-').slice(0, 12)}-${options.theme}-${options.language}`);
    }
    await page.context().close();
  }
});

test('a bill that a bank pays says by which payment, and leads there', async () => {
  const order = { id: idOf('00f', 12), number: 'PO-2026-27-000053', status: 'exported', stage: 'under_way' };
  const expense = { ...makeExpense(2), status: 'paying', payment: null, actions: [], order };
  const page = await openAs(screens, 'college_accounts_admin', `/expenses/${expense.id}`, {
    ...{ ...payments('under_way'), 'expenses.get': expense },
  });
  await page.getByText('A bank pays it by payment PO-2026-27-000053: In a file for the bank.').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('link', { name: 'Show the payment' }).click();
  await page.locator('[role=tab][data-state=active]').getByText('Under way').waitFor();
  await page.locator('[role=row][aria-rowindex="4"]').waitFor();
  await page.context().close();
});

test('bills are prepared by keyboard alone: only those whose details can be used, with the sum in figures and words', async () => {
  const page = await open({});
  await page.locator('[role=row][aria-rowindex="9"]').waitFor();
  await page.locator('.data-table').focus();
  // The first, the second, and the third, whose details are too new.
  await keys(page, 'Home', 'Space', 'ArrowDown', 'Space', 'ArrowDown', 'Space');
  await page.locator('.pay-figure.is-sum').getByText('₹2,60,500.50').waitFor();
  await keys(page, 'Alt+KeyP');
  const dialog = page.locator('dialog');
  await dialog.getByText('Rupees two lakh sixty thousand five hundred and fifty paise only').waitFor();
  expect(await dialog.locator('tbody tr').count()).toBe(2);
  expect(await dialog.innerText()).toContain(`${bills[2]?.vendorName} · ${bills[2]?.reference}`);
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, 'prepare');
  expect(await sent(page)).toEqual([]);
  await keys(page, 'Control+KeyA');
  await dialog.waitFor({ state: 'detached' });
  const [command, ...more] = await sent(page);
  expect(more).toEqual([]);
  expect(command).toMatchObject({ name: 'order.prepare', args: { bankAccountId: idOf('00e', 1) } });
  expect(command?.args.orders).toMatchObject([
    { expenseId: bills[0]?.expenseId, revision: 3 },
    { expenseId: bills[1]?.expenseId, revision: 3 },
  ]);
  expect(await page.locator('.pay-figure.is-sum').innerText()).toContain('Nothing ticked');
  await page.context().close();
});

test('the account that pays is remembered, and one without limits says so', async () => {
  const page = await open({});
  await page.locator('.pay-strip select').selectOption(idOf('00e', 2));
  await page.getByText('No limits are set').waitFor();
  await keys(page, 'Alt+Digit7');
  await page.locator('[role=row][aria-rowindex="3"]').waitFor();
  await keys(page, 'Alt+Digit1');
  await page.getByText('No limits are set').waitFor();
  await page.context().close();
});

test('a checker releases in two steps what he has seen, without what he unticked', async () => {
  const page = await open({ tab: 'release', role: 'principal' });
  await page.locator('[role=row][aria-rowindex="3"]').waitFor();
  await page.locator('.data-table').focus();
  await keys(page, 'Home', 'Enter');
  await page.locator('.batch-head').getByText('3 payments').waitFor();
  expect(await page.locator('.data-rows').innerText()).toContain('5010 0012 3456 70');
  await page.locator('.data-table').focus();
  await keys(page, 'Home', 'Space', 'Alt+KeyR');
  const dialog = page.locator('dialog');
  const [, second, third] = waitingOrders;
  const total = (second?.amountPaise ?? 0n) + (third?.amountPaise ?? 0n);
  await dialog
    .getByText('Rupees six lakh fifty-eight thousand six hundred fifty and seventy-five paise only')
    .waitFor();
  await dialog.getByText('left today ₹20,15,000.00').waitFor();
  for (const order of [second, third]) await dialog.getByText(order?.beneficiaryName ?? '-').waitFor();
  await dialog.getByText('the same amount went to the same vendor').waitFor();
  await dialog.getByText('Usually credited by').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, 'release-confirm');
  expect(await sent(page)).toEqual([]);
  await keys(page, 'Control+KeyA');
  await dialog.waitFor({ state: 'detached' });
  expect(await sent(page)).toMatchObject([
    { name: 'order.release', args: { orderIds: [second?.id, third?.id], totalPaise: total } },
  ]);
  await page.context().close();
});

test('who prepared a batch sees why he cannot release it, and withdraws it with a reason', async () => {
  const own = waitingOrders.filter(({ batchId }) => batchId === idOf('010', 2));
  const page = await open({ tab: `release/${idOf('010', 2)}`, answers: { 'payments.batch': { rows: own } } });
  await page.getByText('Another person has to release them').waitFor();
  await page.locator('.batch-head').getByText('1 payment').waitFor();
  await keys(page, 'Alt+KeyR');
  expect(await page.locator('dialog').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Release', exact: true }).count()).toBe(0);
  await keys(page, 'Alt+KeyX');
  await page.locator('dialog').waitFor();
  await keys(page, 'Control+KeyA');
  await page.getByText('Fill this in.').waitFor();
  await page.keyboard.type('Paid by cheque');
  await keys(page, 'Control+KeyA');
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await sent(page)).toMatchObject([
    { name: 'order.withdraw', args: { orderIds: [own[0]?.id], reason: 'Paid by cheque' } },
  ]);
  await page.context().close();
});

test('what the rules refuse at releasing is said in the dialog, which stays', async () => {
  const page = await open({ tab: `release/${idOf('010', 1)}`, role: 'principal' });
  await page.evaluate(() =>
    window.memory.refuse('commands.run', 'ORDER_TOTAL_DIFFERS', { total: '65865075', seen: '67115125' }),
  );
  await page.locator('.batch-head').getByText('3 payments').waitFor();
  await keys(page, 'Alt+KeyR');
  await page.locator('dialog button[type=submit]').waitFor();
  await keys(page, 'Control+KeyA');
  await page.getByText('The payments add up to ₹6,58,650.75, not to ₹6,71,151.25').waitFor();
  await page.context().close();
});
