/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { idOf } from '../../testing/memory-books.ts';
import { axeProblems, type Screens, startScreens } from '../../testing/open-page.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
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
const inField = (page: Page, name: string) =>
  page.locator(`[data-field="${name}"] :is(input, select, textarea):focus`).first().waitFor();
/** Types into the field that has to have the cursor, and goes on by Enter. */
async function enter(page: Page, name: string, typed: string): Promise<void> {
  await inField(page, name);
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}
const textIn = (page: Page, name: string): Promise<string> =>
  page.locator(`[data-field="${name}"] :is(input, select, textarea)`).first().inputValue();
const VOUCHER = `/vouchers/${idOf('00d', 1)}`;
const PATIL = idOf('003', 6);

async function party(page: Page, name: string): Promise<void> {
  await inField(page, name);
  await page.keyboard.type('patil');
  await page.getByRole('option', { name: 'Patil Brothers Hardware' }).waitFor();
  await page.keyboard.press('Enter');
}

test('a payment against two open bills goes in by the keyboard alone, from any screen', async () => {
  const page = await screens.open({ path: '/expenses' });
  await page.locator('[role=row]').nth(3).waitFor();
  await page.keyboard.press('F5');
  await enter(page, 'line.1.account', '2101');
  await page.getByText('Now ₹4,12,600.00 Cr').waitFor();
  await enter(page, 'line.1.amount', '15k');
  await party(page, 'line.1.vendorId');
  // The rest is proposed: the other side with what is still to be placed, and the bills oldest first.
  await enter(page, 'line.2.side', '');
  await enter(page, 'line.2.account', 'maharashtra');
  await inField(page, 'line.2.amount');
  expect(await textIn(page, 'line.2.amount')).toBe('15,000.00');
  await page.keyboard.press('Enter');
  await enter(page, 'reference', 'CHQ 004412');
  await enter(page, 'referenceDate', '20');
  await inField(page, 'narration');
  await page.keyboard.press('Control+KeyR');
  await expect.poll(() => textIn(page, 'narration')).toBe('Being cheque to Patil Brothers Hardware');
  await page.keyboard.press('Control+KeyA');
  await page.getByText('Posted: Payment over ₹15,000.00').waitFor();

  const [command] = (await sent(page, 'commands.run')) as { name: string; args: Record<string, unknown> }[];
  const none = { departmentCode: null, fundCode: null };
  expect(command).toMatchObject({ name: 'voucher.post' });
  expect(command?.args).toEqual({
    ...{ voucherId: expect.any(String), kind: 'payment', date: '2026-11-21' },
    ...{ narration: 'Being cheque to Patil Brothers Hardware', reference: 'CHQ 004412', referenceDate: '2026-11-20' },
    lines: [
      {
        ...{ ...none, accountCode: '2101', vendorId: PATIL, debitPaise: '1500000n', creditPaise: '0n' },
        bills: [
          { kind: 'against', name: 'PB/118', amountPaise: '1200000n', dueOn: null },
          { kind: 'against', name: 'PB/131', amountPaise: '300000n', dueOn: null },
        ],
      },
      { ...none, accountCode: '1101', vendorId: null, debitPaise: '0n', creditPaise: '1500000n' },
    ],
  });
  // Ready for the next, and nothing of this one is left as a draft.
  await inField(page, 'line.1.account');
  expect(await textIn(page, 'line.1.amount')).toBe('');
  expect((await sent(page, 'drafts.save')).at(-1)).toMatchObject({ content: null });
  await page.context().close();
});

test('bills are placed otherwise by their key, and have to add up to the line', async () => {
  const page = await screens.open({ path: '/vouchers/new/payment' });
  await enter(page, 'line.1.account', '2101');
  await enter(page, 'line.1.amount', '15000');
  await party(page, 'line.1.vendorId');
  await inField(page, 'line.2.side');
  await page.locator('[data-field="line.1.vendorId"] input').focus();
  await page.locator('[data-field="line.1.bill.1.name"]').waitFor();
  await page.keyboard.press('Alt+KeyB');
  await enter(page, 'line.1.bill.0.kind', '');
  await enter(page, 'line.1.bill.0.name', 'PB/131');
  await inField(page, 'line.1.bill.0.amount');
  expect(await textIn(page, 'line.1.bill.0.amount')).toBe('8,500.00');
  await page.getByText('₹3,500.00 not placed').waitFor();
  await page.keyboard.press('Control+KeyA');
  await page.getByText('The bills have to add up to the line.').waitFor();
  expect(await sent(page, 'commands.run')).toEqual([]);
  await page.context().close();
});

test('a journal that does not balance says so at its lines, is corrected and accepted', async () => {
  const page = await screens.open({ path: '/vouchers/new/journal' });
  await enter(page, 'line.1.account', '5201');
  await enter(page, 'line.1.amount', '12000+18%');
  await enter(page, 'line.1.departmentCode', 'mech');
  await enter(page, 'line.1.fundCode', '');
  await enter(page, 'line.2.side', '');
  await enter(page, 'line.2.account', 'fees rec');
  await inField(page, 'line.2.amount');
  await page.keyboard.type('14000');
  await page.getByText('₹160.00 still to credit').waitFor();
  expect(await page.getByText('Debit and credit differ.').count()).toBe(0);
  await page.keyboard.press('Control+KeyA');
  await page.getByText('Debit and credit differ.').waitFor();
  expect(await sent(page, 'commands.run')).toEqual([]);
  await inField(page, 'line.2.amount');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('+160');
  await page.keyboard.press('Control+KeyA');
  await page.getByText('Posted: Journal over ₹14,160.00').waitFor();
  expect(await sent(page, 'commands.run')).toMatchObject([
    { args: { lines: [{ departmentCode: 'MECH', debitPaise: '1416000n' }, { creditPaise: '1416000n' }] } },
  ]);
  await page.context().close();
});

test('an empty line goes on to the narration and does not count', async () => {
  const page = await screens.open({ path: '/vouchers/new/receipt' });
  await enter(page, 'line.1.account', '4101');
  await enter(page, 'line.1.amount', '500');
  await enter(page, 'line.1.departmentCode', '');
  await enter(page, 'line.1.fundCode', '');
  await enter(page, 'line.2.side', '');
  await enter(page, 'line.2.account', '');
  await inField(page, 'narration');
  expect(await page.locator('.entry-line').count()).toBe(1);
  await page.context().close();
});

test('Alt+C adds an account in the middle of an entry and comes back with it chosen', async () => {
  const page = await screens.open({ path: '/vouchers/new/journal' });
  await inField(page, 'line.1.account');
  await page.keyboard.type('Garden upkeep');
  await page.getByText('No account of this name or code').waitFor();
  await page.keyboard.press('Alt+KeyC');
  const dialog = page.locator('dialog');
  await dialog.getByLabel('Name').waitFor();
  expect(await dialog.getByLabel('Name').inputValue()).toBe('Garden upkeep');
  await dialog.getByLabel('Group').selectOption('E1');
  await page.keyboard.press('Control+KeyA');
  await dialog.waitFor({ state: 'detached' });
  expect(await sent(page, 'commands.run')).toMatchObject([
    {
      name: 'account.create',
      args: { fields: { code: '5611', name: 'Garden upkeep', kind: 'expense', groupCode: 'E1' } },
    },
  ]);
  await inField(page, 'line.1.account');
  await expect.poll(() => textIn(page, 'line.1.account')).toBe('Garden upkeep');
  await page.keyboard.press('Enter');
  await inField(page, 'line.1.amount');
  await page.context().close();
});

test('what the desk refuses lands on its line and field', async () => {
  const page = await screens.open({ path: '/vouchers/new/journal' });
  await enter(page, 'line.1.account', '5201');
  await enter(page, 'line.1.amount', '500');
  await enter(page, 'line.1.departmentCode', '');
  await enter(page, 'line.1.fundCode', '');
  await enter(page, 'line.2.side', '');
  await enter(page, 'line.2.account', '1301');
  await page.evaluate(() =>
    window.memory.refuse('commands.run', 'VOUCHER_INVALID', { field: 'accountCode', reason: 'inactive', line: 2 }),
  );
  await page.keyboard.press('Control+KeyA');
  const field = page.locator('[data-field="line.2.account"]');
  await field.getByText('it is no longer in use').waitFor();
  await inField(page, 'line.2.account');
  expect(await field.locator('[aria-invalid]').count()).toBe(1);
  expect(await textIn(page, 'line.1.amount')).toBe('500.00');
  await page.evaluate(() => window.memory.refuse('commands.run', 'PERIOD_CLOSED', { date: '2026-11-21' }));
  await page.keyboard.press('Control+KeyA');
  await page.locator('[data-field="date"]').getByText('is closed').waitFor();
  await page.context().close();
});

test('lines are put in and taken out by their keys', async () => {
  const page = await screens.open({ path: '/vouchers/new/journal' });
  await enter(page, 'line.1.account', '5201');
  await enter(page, 'line.1.amount', '500');
  await page.keyboard.press('Alt+KeyI');
  await inField(page, 'line.2.side');
  expect(await page.locator('.entry-line').count()).toBe(2);
  await page.keyboard.press('Control+KeyD');
  await inField(page, 'line.1.account');
  expect(await page.locator('.entry-line').count()).toBe(1);
  expect(await textIn(page, 'line.1.amount')).toBe('500.00');
  await page.context().close();
});

test('what was typed survives Esc, another kind of voucher, and a new start of the page', async () => {
  const page = await screens.open({ path: '/vouchers/new/journal' });
  await enter(page, 'line.1.account', '5201');
  await inField(page, 'line.1.amount');
  await page.keyboard.type('7,50,000');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Day book' }).waitFor();
  await page.keyboard.press('F7');
  await page.getByText('This is what you typed last time and did not save.').waitFor();
  expect(await textIn(page, 'line.1.amount')).toBe('7,50,000');
  await page.keyboard.press('F6');
  await page.getByRole('heading', { name: 'New receipt' }).waitFor();
  expect(await textIn(page, 'line.1.amount')).toBe('');
  await page.keyboard.press('F7');
  await page.getByRole('heading', { name: 'New journal' }).waitFor();
  await page.reload();
  await page.getByText('This is what you typed last time and did not save.').waitFor();
  expect(await textIn(page, 'line.1.account')).toBe('Travel and conveyance');
  expect(await textIn(page, 'line.1.amount')).toBe('7,50,000');
  expect(await sent(page, 'commands.run')).toEqual([]);
  await page.context().close();
});

test('F5 begins a payment and never loads the page anew, not even over a dialog or for who only reads', async () => {
  for (const query of ['', '?role=principal']) {
    const page = await screens.open({ path: '/expenses', query });
    await page.locator('[role=row]').nth(3).waitFor();
    await page.evaluate(() => Object.assign(window, { sameStart: true }));
    await page.keyboard.press('F1');
    await page.locator('dialog').waitFor();
    await page.keyboard.press('F5');
    await page.keyboard.press('Control+KeyR');
    expect(await page.locator('dialog').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('F5');
    if (query === '') await inField(page, 'line.1.account');
    expect(await page.evaluate(() => 'sameStart' in window)).toBe(true);
    expect(await page.locator('.entry').count()).toBe(query === '' ? 1 : 0);
    await page.context().close();
  }
});

test('a voucher is duplicated by its key as a new one of today', async () => {
  const page = await screens.open({ path: '/vouchers' });
  await page.locator('[role=row][aria-rowindex="2"]').waitFor();
  await page.locator('[role=grid]').focus();
  await page.keyboard.press('Enter');
  await page.locator('.timeline').waitFor();
  await page.keyboard.press('Alt+Digit2');
  await page.getByRole('heading', { name: 'New payment' }).waitFor();
  expect(await textIn(page, 'date')).toBe('21-11-2026');
  expect(await textIn(page, 'line.1.vendorId')).toBe('Patil Brothers Hardware');
  await expect.poll(() => textIn(page, 'line.1.bill.0.name')).toBe('PB/118');
  await page.keyboard.press('Control+KeyA');
  await page.getByText('Saved on this desk.').waitFor();
  const [command] = (await sent(page, 'commands.run')) as { args: { voucherId: string; lines: unknown } }[];
  expect(command?.args.voucherId).not.toBe(idOf('00d', 1));
  expect(command?.args.lines).toMatchObject([
    { debitPaise: '920000n', bills: [{ kind: 'against', name: 'PB/118', amountPaise: '920000n' }] },
    { creditPaise: '920000n' },
  ]);
  await page.keyboard.press('PageUp');
  await page.getByRole('heading', { name: 'PAY-2026-27-000041' }).waitFor();
  await page.keyboard.press('PageDown');
  await page.getByRole('heading', { name: 'Payment of 21-11-2026' }).waitFor();
  await page.context().close();
});

test('a voucher is reversed with its consequence in figures and a reason', async () => {
  const page = await screens.open({ path: VOUCHER });
  await page.locator('.timeline').waitFor();
  await page.keyboard.press('Alt+KeyX');
  const dialog = page.locator('dialog');
  await dialog
    .getByText('PAY-2026-27-000041 over ₹9,200.00 is reversed by a dated opposite entry of 2 lines.')
    .waitFor();
  await page.keyboard.press('Control+KeyA');
  await dialog.getByText('Fill this in.').waitFor();
  expect(await sent(page, 'commands.run')).toEqual([]);
  await dialog.getByLabel('Reason').fill('Cheque was never handed over');
  await page.keyboard.press('Control+KeyA');
  await dialog.waitFor({ state: 'detached' });
  expect(await sent(page, 'commands.run')).toMatchObject([
    { name: 'voucher.reverse', args: { date: '2026-11-21', reason: 'Cheque was never handed over' } },
  ]);
  await page.getByText('Reversed on 21-11-2026 by').waitFor();
  expect(await page.getByRole('button', { name: 'Reverse' }).count()).toBe(0);
  await page.context().close();
});

test('opening balances stand on the day before the books begin, and nobody can move them', async () => {
  const page = await screens.open({ path: '/chart' });
  await page.locator('[role=row]').nth(3).waitFor();
  await page.keyboard.press('Alt+KeyO');
  await inField(page, 'line.1.account');
  expect(await textIn(page, 'date')).toBe('31-03-2026');
  expect(await page.locator('[data-field=date] input').getAttribute('readonly')).not.toBeNull();
  await page.keyboard.type('fees');
  await page.getByRole('option', { name: 'Fees receivable' }).waitFor();
  // Income begins each year at nothing.
  expect(await page.getByRole('option', { name: 'Tuition fees' }).count()).toBe(0);
  await page.context().close();
});

for (const [name, path, shown] of [
  ['day book', '/vouchers', '[role=row][aria-rowindex="2"]'],
  ['voucher', VOUCHER, '.timeline'],
  ['payment', '/vouchers/new/payment', '[data-field="line.1.account"]'],
  ['purchase', '/vouchers/new/purchase', '[data-field=reference]'],
  ['chart', '/chart', '[role=row][aria-rowindex="5"]'],
] as const) {
  test.each([
    ['light', 'en'],
    ['dark', 'hi'],
  ] as const)(`${name}: axe finds nothing (%s, %s)`, async (theme, language) => {
    const page = await screens.open({ path, theme, language });
    await page.locator(shown).first().waitFor();
    if (path === '/vouchers/new/payment') {
      await enter(page, 'line.1.account', '2101');
      await enter(page, 'line.1.amount', '15000');
      await party(page, 'line.1.vendorId');
      await page.keyboard.press('Control+KeyA');
    }
    expect(await axeProblems(page)).toEqual([]);
    await page.context().close();
  });
}
