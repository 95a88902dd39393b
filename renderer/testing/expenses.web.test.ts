import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ExpenseAction, ExpenseView } from '../../shared/ipc/contract/expenses.ts';
import { makeExpense, NOW } from './memory-books.ts';
import { openAs } from './open-as.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from './open-page.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
// No test may leave a refused style, a refused script or a fault of the page behind.
afterEach(() => expect(screens.complaints()).toEqual([]));

/** What the page sent on a channel, amounts as `…n`. */
const sent = (page: Page, channel: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) =>
      window.memory.calls
        .filter((call) => call.channel === wanted)
        .map(({ input }) =>
          JSON.parse(JSON.stringify(input, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value))),
        ),
    channel,
  );

const FIRST = '/expenses/01980000-0000-7000-8004-000000000000';
const places: readonly (readonly [string, PageOptions, string])[] = [
  ['enrolment', { query: '?phase=unenrolled' }, 'h1'],
  ['sign-in', { query: '?phase=signed_out' }, 'h1'],
  ['expenses', { path: '/expenses' }, '[role=row][aria-rowindex="5"]'],
  ['expenses, none', { path: '/expenses', query: '?rows=0' }, '.empty'],
  ['an expense', { path: FIRST }, '.timeline'],
  ['a new expense', { path: '/expenses/new' }, '[data-field=taxable]'],
  ['editing', { path: `${FIRST}/edit` }, '[data-field=taxable]'],
  ['list and expense side by side', { path: FIRST, size: [1920, 1080] }, '.side-by-side .timeline'],
];

for (const [name, options, shown] of places) {
  test.each([
    ['light', 'en'],
    ['dark', 'hi'],
  ] as const)(`${name}: axe finds nothing (%s, %s)`, async (theme, language) => {
    const page = await screens.open({ ...options, theme, language });
    await page.locator(shown).first().waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.context().close();
  });
}

test('a bill goes in by the keyboard alone, exactly as typed, and the form is ready for the next', async () => {
  const page = await screens.open({ path: '/expenses' });
  await page.locator('[role=row]').nth(3).waitFor();
  await page.keyboard.press('Alt+KeyN');
  await page.locator('[data-field=vendorId] input:focus').waitFor();
  await page.keyboard.type('ganesh');
  await page.getByRole('option', { name: 'Shree Ganesh Travels' }).waitFor();
  for (const typed of ['', 'GT/104', '2011', 'trav', '', 'Bus hire for the industrial visit', '', '1.25L', '9%']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Control+KeyA');
  await page.getByText('Saved: PC1-1 · Shree Ganesh Travels · ₹1,47,500.00').waitFor();

  const [command] = (await sent(page, 'commands.run')) as { name: string; args: { fields: unknown } }[];
  expect(command?.name).toBe('expense.create');
  expect(command?.args.fields).toEqual({
    category: 'TRAVEL',
    accountCode: '5201',
    vendorId: '01980000-0000-7000-8003-000000000002',
    billNo: 'GT/104',
    billDate: '2026-11-20',
    description: 'Bus hire for the industrial visit',
    department: null,
    taxablePaise: '12500000n',
    cgstPaise: '1125000n',
    sgstPaise: '1125000n',
    igstPaise: '0n',
    itcEligible: false,
    tdsPaise: '0n',
  });
  expect((await sent(page, 'drafts.save')).at(-1)).toMatchObject({ content: null });
  await page.locator('[data-field=vendorId] input:focus').waitFor();
  expect(await page.locator('[data-field=taxable] input').inputValue()).toBe('');
  await page.context().close();
});

test('while a bill is being saved its fields take nothing, keep the cursor, and take it again when it is refused', async () => {
  const page = await screens.open({ path: '/expenses/new' });
  await page.locator('[data-field=vendorId] input:focus').waitFor();
  await page.keyboard.type('ganesh');
  await page.getByRole('option', { name: 'Shree Ganesh Travels' }).waitFor();
  for (const typed of ['', 'GT/104', '2011', 'trav', '', 'Bus hire', '', '500']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  }
  // The desk answers a command only when it is let go.
  await page.evaluate(() => {
    const { invoke } = window.memory;
    const held: (() => void)[] = [];
    window.memory.invoke = async (channel, input) => {
      if (channel === 'commands.run') await new Promise<void>((resolve) => held.push(resolve));
      return await invoke(channel, input);
    };
    Object.assign(window, { letGo: () => held.shift()?.() });
  });
  const letGo = () => page.evaluate(() => (window as unknown as { letGo(): void }).letGo());
  const description = page.locator('[data-field=description] input');
  await description.focus();
  await page.keyboard.press('Control+KeyA');
  await page.locator('.bill-fields[aria-busy=true]').waitFor();
  await page.keyboard.type(' of the next one');
  await page.keyboard.press('Control+KeyV');
  expect(await description.inputValue()).toBe('Bus hire');
  expect(await description.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('Tab');
  expect(
    await page.locator('[data-field=department] input').evaluate((field) => field === document.activeElement),
  ).toBe(true);
  await page.locator('.bill-check input').click({ force: true });
  expect(await page.locator('.bill-check input').isChecked()).toBe(false);
  await page.keyboard.press('Escape');
  expect(await page.locator('[data-field=description]').count()).toBe(1);

  await page.evaluate(() => window.memory.refuse('commands.run', 'ENGINE_RESTARTING', {}));
  await letGo();
  await page.locator('.bill-fields[aria-busy=false] .error-panel').waitFor();
  await description.focus();
  await page.keyboard.press('End');
  await page.keyboard.type(' to Nashik');
  expect(await description.inputValue()).toBe('Bus hire to Nashik');
  await page.context().close();
});

test('Esc leaves the form without losing what was typed', async () => {
  const page = await screens.open({ path: '/expenses/new' });
  await page.locator('[data-field=description] input').fill('Chairs for the reading room');
  await page.keyboard.press('Escape');
  await page.locator('[role=grid]').waitFor();
  await page.keyboard.press('Alt+KeyN');
  await page.getByText('This is what you typed last time and did not save.').waitFor();
  expect(await page.locator('[data-field=description] input').inputValue()).toBe('Chairs for the reading room');
  expect(await sent(page, 'commands.run')).toEqual([]);
  await page.context().close();
});

test('errors stand at their fields after leaving, not before, and nothing is sent', async () => {
  const page = await screens.open({ path: '/expenses/new' });
  const taxable = page.locator('[data-field=taxable]');
  await taxable.locator('input').fill('about 500');
  expect(await taxable.locator('[aria-invalid]').count()).toBe(0);
  await page.keyboard.press('Tab');
  await taxable.getByText('This is not an amount.').waitFor();
  await page.keyboard.press('Control+KeyA');
  await page.locator('[data-field=description]').getByText('Fill this in.').waitFor();
  expect(await sent(page, 'commands.run')).toEqual([]);
  await page.context().close();
});

test('a list of 100,000 keeps few rows in the document and reaches its end by one key', async () => {
  const page = await screens.open({ path: '/expenses', query: '?rows=100000' });
  await page.locator('[role=row]').nth(5).waitFor();
  const total = await page.locator('[role=grid]').getAttribute('aria-rowcount');
  await page.locator('[role=grid]').focus();
  await page.keyboard.press('End');
  await page.locator(`[aria-rowindex="${total}"]`).waitFor();
  expect(await page.locator('[role=row]').count()).toBeLessThan(80);
  await page.context().close();
});

test('the rows beside those in sight are asked for ahead, and nothing is while the list moves within them', async () => {
  const page = await screens.open({ path: '/expenses', query: '?rows=100000' });
  await page.locator('[role=row]').nth(5).waitFor();
  const asked = async () => ((await sent(page, 'expenses.page')) as { offset: number }[]).map(({ offset }) => offset);
  const scrollToRow = (row: number): Promise<void> =>
    page.locator('[role=grid]').evaluate((grid, to) => grid.scrollTo(0, to * 32), row);
  await expect.poll(asked).toEqual([0, 100]);
  await scrollToRow(40);
  await page.locator('[aria-rowindex="45"]').waitFor();
  expect(await asked()).toEqual([0, 100]);
  await scrollToRow(120);
  await expect.poll(asked).toEqual([0, 100, 200]);
  await page.context().close();
});

test('a click on a tick only ticks, a click beside it opens the document', async () => {
  const page = await screens.open({ path: '/expenses' });
  await page.locator('[aria-rowindex="4"] .data-tick').click();
  await page.locator('[aria-rowindex="4"].is-ticked').waitFor();
  await page.locator('[aria-rowindex="6"] .data-tick input').click();
  expect(await page.locator('.is-ticked').count()).toBe(2);
  await page.locator('[aria-rowindex="4"] .data-tick').click();
  expect(await page.locator('.is-ticked').count()).toBe(1);
  expect(await page.locator('.timeline').count()).toBe(0);
  await page.locator('[aria-rowindex="5"] .data-cell').nth(2).click();
  await page.locator('.timeline').first().waitFor();
  await page.context().close();
});

test('search narrows the list and its total while typing', async () => {
  const page = await screens.open({ path: '/expenses' });
  await page.getByText('2,000 expenses').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('generator');
  await page.getByText('250 expenses').waitFor();
  await page.locator('[role=row] >> text=Om Sai Generator Services').first().waitFor();
  expect(await page.locator('[role=row] >> text=Shree Ganesh Travels').count()).toBe(0);
  await page.context().close();
});

test('the list keeps its search, its place and its ticks while a document is open', async () => {
  const page = await screens.open({ path: '/expenses' });
  await page.getByText('2,000 expenses').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('patil');
  await page.getByText('250 expenses').waitFor();
  await page.locator('[role=grid]').focus();
  for (let step = 0; step < 60; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  const before = await page.locator('[role=grid]').evaluate((grid) => grid.scrollTop);
  expect(before).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await page.locator('.timeline').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('250 expenses').waitFor();
  expect(await page.locator('[role=grid]').evaluate((grid) => grid.scrollTop)).toBe(before);
  expect(await page.locator('.is-ticked').count()).toBe(1);
  await page.context().close();
});

test('a payment asks with the consequence in figures, wants its reference, and Esc does nothing', async () => {
  const page = await screens.open({ path: '/expenses/01980000-0000-7000-8004-000000000002' });
  await page.locator('.timeline').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('₹18,894.08 to Shree Ganesh Travels is posted as paid.').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await sent(page, 'commands.run')).toEqual([]);
  await page.keyboard.press('Alt+KeyP');
  await page.locator('dialog').waitFor();
  await page.keyboard.press('Control+KeyA');
  await page.locator('dialog').getByText('Fill this in.').waitFor();
  expect(await sent(page, 'commands.run')).toEqual([]);
  await page.getByLabel('UTR or cheque number').fill('MAHBN52026112100412');
  await page.keyboard.press('Control+KeyA');
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await sent(page, 'commands.run')).toMatchObject([
    { name: 'expense.pay', args: { paidOn: '2026-11-21', accountCode: '1101', reference: 'MAHBN52026112100412' } },
  ]);
  await page.context().close();
});

test('a payment is taken upon the desk first, and the page says when money may move', async () => {
  const page = await screens.open({ path: '/expenses/01980000-0000-7000-8004-000000000002' });
  await page.locator('.timeline').first().waitFor();
  await page.keyboard.press('Alt+KeyQ');
  await page.getByText('From now on no other desk pays ₹18,894.08 to Shree Ganesh Travels.').waitFor();
  await page.keyboard.press('Control+KeyA');
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await sent(page, 'commands.run')).toMatchObject([{ name: 'payment.take' }]);
  await page.context().close();
});

test.each([
  ['asked for', { isHere: true, isConfirmed: false }, /Do not send the money until the server has confirmed/, false],
  ['confirmed', { isHere: true, isConfirmed: true }, /the money may be sent/, true],
  ['elsewhere', { isHere: false, isConfirmed: true }, /upon another desk.*Do not pay it/, false],
] as const)('of a payment that is %s the page says whether money may move', async (_, at, words, mayPay) => {
  const held = { fence: 1, holderName: 'Asha Kulkarni', takenAt: NOW, ...at };
  const actions: ExpenseAction[] = [
    ...(mayPay ? (['pay'] as const) : []),
    ...(at.isHere ? (['give_back_payment'] as const) : []),
  ];
  const expense: ExpenseView = { ...makeExpense(2), status: 'paying', payment: held, actions };
  const page = await openAs(screens, 'college_accounts_admin', `/expenses/${expense.id}`, { 'expenses.get': expense });
  await page.getByText(words).waitFor();
  expect(await page.getByRole('button', { name: 'Record payment' }).count()).toBe(mayPay ? 1 : 0);
  expect(await page.getByRole('button', { name: 'Give the payment back' }).count()).toBe(at.isHere ? 1 : 0);
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test('a wrong password says so with its code, and the right one opens the desk', async () => {
  const page = await screens.open({ query: '?phase=signed_out' });
  await page.getByLabel('Password').fill('guess');
  await page.keyboard.press('Enter');
  await page.getByText('AUTH_BAD_CREDENTIALS').waitFor();
  expect(await page.getByLabel('Password').inputValue()).toBe('');
  await page.getByLabel('Password').fill('correct horse');
  await page.keyboard.press('Enter');
  await page.getByText('Offline, 12 entries waiting').waitFor();
  await page.context().close();
});

test('the status bar follows the desk: restarting, back, synced', async () => {
  const page = await screens.open({ path: '/expenses' });
  const bar = page.locator('.status-bar');
  await bar.getByText('Offline, 12 entries waiting').waitFor();
  await page.evaluate(() => window.memory.emit({ name: 'ledger', data: { state: 'restarting' } }));
  await bar.getByText('The books process is restarting').waitFor();
  await page.evaluate(() => window.memory.emit({ name: 'ledger', data: { state: 'ready' } }));
  await bar.getByText('Offline, 12 entries waiting').waitFor();
  await page.evaluate(() =>
    window.memory.emit({
      name: 'sync.status',
      data: {
        state: 'synced',
        pending: 0,
        attention: 0,
        parked: 0,
        lastSyncedAt: Date.UTC(2020, 0, 1, 6, 0),
        error: null,
        colleges: [],
        receivedRows: null,
        paused: false,
      },
    }),
  );
  await bar.getByText('Synced 01-01-2020 11:30').waitFor();
  expect(await bar.getByText('attention').count()).toBe(0);
  await page.context().close();
});

test('the palette finds a document by its vendor, and the key sheet lists the keys of the screen', async () => {
  const page = await screens.open({ path: '/expenses' });
  await page.locator('[role=row]').nth(5).waitFor();
  await page.keyboard.press('?');
  await page.locator('dialog').getByText('New expense').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+KeyK');
  await page.keyboard.type('EXP-2026-27-000003');
  await page.getByRole('option', { name: /EXP-2026-27-000003/ }).click();
  await page.getByRole('heading', { name: 'EXP-2026-27-000003' }).waitFor();
  await page.context().close();
});
