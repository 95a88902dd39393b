/// <reference types="node" />
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../../shared/domain/rows.ts';
import type { OrderStage } from '../../../shared/ipc/contract/payments.ts';
import { idOf } from '../../testing/memory-books.ts';
import { openAs } from '../../testing/open-as.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from '../../testing/open-page.ts';
import { bankAccounts, details, ordersForPerson, ordersUnderWay, payments } from '../../testing/sample-payments.ts';

/** What is done with payments after they were released, with bank details and with accounts. */
let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const done = { commandId: idOf('006', 77), seq: 1, reference: null };
async function open(
  tab: string,
  {
    role = 'college_accounts_admin',
    stage,
    answers,
    options,
  }: {
    readonly role?: Role;
    readonly stage?: OrderStage;
    readonly answers?: Readonly<Record<string, unknown>>;
    readonly options?: PageOptions;
  } = {},
): Promise<Page> {
  const page = await openAs(
    screens,
    role,
    `/payments/${tab}`,
    { ...payments(stage), 'commands.run': done, ...answers },
    options,
  );
  await page.locator('.payments [role=tabpanel][data-state=active]').waitFor();
  return page;
}
const sent = (page: Page, channel = 'commands.run'): Promise<readonly unknown[]> =>
  page.evaluate(
    (wanted) => window.memory.calls.filter((call) => call.channel === wanted).map(({ input }) => input),
    channel,
  );
const inList = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  await page.locator('[role=row][aria-rowindex="3"]').waitFor();
  await page.locator('[role=grid]').focus();
  for (const key of ['Home', ...keys]) await page.keyboard.press(key);
  await page.locator('dialog').waitFor();
};
const accept = (page: Page): Promise<void> => page.keyboard.press('Control+KeyA');
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.MUNIM_PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/payments-${name}.png` });
};

test('what the bank said is entered by hand in two steps; without a UTR nothing is said', async () => {
  const page = await open('way', { stage: 'under_way' });
  await inList(page, 'ArrowDown', 'ArrowDown', 'Alt+KeyO');
  const dialog = page.locator('dialog');
  await accept(page);
  await dialog.getByText('Fill this in.').waitFor();
  await dialog.getByLabel('UTR').fill('hdfcn52026112100417');
  await picture(page, 'record');
  await accept(page);
  await dialog.getByText('Rupees eighteen thousand nine hundred only').waitFor();
  expect(await sent(page)).toEqual([]);
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, 'record-sure');
  // Back from the second step leads to the first, with what was typed.
  await page.keyboard.press('Escape');
  expect(await dialog.getByLabel('UTR').inputValue()).toBe('hdfcn52026112100417');
  await accept(page);
  await dialog.getByText('You say that the bank paid').waitFor();
  await accept(page);
  await dialog.waitFor({ state: 'detached' });
  const [exported] = ordersUnderWay.filter(({ status }) => status === 'exported');
  const outcome = {
    orderId: exported?.id,
    fence: 1,
    state: 'paid',
    utr: 'HDFCN52026112100417',
    bookedOn: '2026-11-21',
  };
  expect(await sent(page)).toMatchObject([{ name: 'order.record', args: { source: 'person', outcomes: [outcome] } }]);
  await page.context().close();
});

test('the bank is asked at a key after what it has, and its answer or its silence is told; of what it has not there is nothing to ask', async () => {
  const page = await open('way', { stage: 'under_way', answers: { 'payments.askBank': { state: 'accepted' } } });
  await page.locator('[role=row][aria-rowindex="5"]').waitFor();
  await page.locator('[role=grid]').focus();
  for (const key of ['Home', 'Alt+KeyQ', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  const ask = page.getByRole('button', { name: 'Ask the bank' });
  await expect.poll(() => ask.isEnabled()).toBe(true);
  expect(await sent(page, 'payments.askBank')).toEqual([]);
  await page.keyboard.press('Alt+KeyQ');
  const [, , , accepted] = ordersUnderWay;
  await page.getByText(`has payment ${accepted?.number} and has not carried it out yet`).first().waitFor();
  const { id: orderId, bankAccountId } = accepted ?? {};
  expect(await sent(page, 'payments.askBank')).toMatchObject([{ orderId, bankAccountId }]);
  await page.evaluate(() => window.memory.refuse('payments.askBank', 'BANK_NOT_SET_UP', {}));
  await page.keyboard.press('Alt+KeyQ');
  await page.getByText('is not set up on this desk').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, 'ask');
  await page.context().close();

  const doubts = await open('person', { stage: 'person', answers: { 'payments.askBank': { state: 'unknown_there' } } });
  const cards = doubts.locator('.person-card');
  expect(await cards.getByRole('button', { name: 'Ask the bank' }).count()).toBe(1);
  await cards.nth(0).getByRole('button', { name: 'Ask the bank' }).click();
  await doubts.getByText(`does not know payment ${ordersForPerson[0]?.number}`).first().waitFor();
  await picture(doubts, 'ask-doubt');
  await doubts.context().close();
});

test('released ones go into a file after a look at it; it is saved only when the server has confirmed', async () => {
  const page = await open('way', { stage: 'under_way', answers: { 'payments.exportFile': { state: 'waiting' } } });
  await inList(page, 'Alt+KeyB');
  const dialog = page.locator('dialog');
  await dialog.getByText('RTG', { exact: true }).waitFor();
  await dialog.getByLabel('Client code').fill('SVCE 1');
  await dialog.getByText('Only letters, figures').waitFor();
  await dialog.getByLabel('Client code').fill('SVCE');
  await picture(page, 'file');
  expect(await axeProblems(page)).toEqual([]);
  await accept(page);
  await dialog.getByText('as soon as the server has confirmed').waitFor();
  const released = ordersUnderWay.filter(({ status }) => status === 'released').map(({ id }) => id);
  expect(await sent(page, 'payments.exportFile')).toMatchObject([{ orderIds: released, client: 'SVCE', serial: 2 }]);
  expect(await dialog.locator('button[type=submit]').isDisabled()).toBe(true);

  await page.evaluate(
    (rows) => {
      window.memory.answer('payments.batch', () => ({ rows }) as never);
      window.memory.answer(
        'payments.exportFile',
        () => ({ state: 'made', fileId: rows[0]?.id, fileName: 'a' }) as never,
      );
      window.memory.answer('files.read', () => ({ bytes: '', sizeBytes: 0, mime: 'text/plain', fileName: 'SVCE.txt' }));
      window.memory.emit({ name: 'changed', data: { tables: ['payment_orders'] } });
    },
    ordersUnderWay
      .filter(({ id }) => released.includes(id))
      .map((order) => ({ ...order, status: 'exported', here: true })),
  );
  await dialog.getByText('The server has confirmed it').waitFor();
  const saved = page.waitForEvent('download');
  await accept(page);
  expect((await saved).suggestedFilename()).toBe('SVCE.txt');
  await dialog.waitFor({ state: 'detached' });
  await page.context().close();
});

test('payments in doubt say what to do; the flag is taken away with what was found; letters of banks are tried again', async () => {
  const page = await open('person', { stage: 'person', answers: { 'webhooks.replay': {} } });
  const cards = page.locator('.person-card');
  await cards.nth(0).getByText('no clear answer came').waitFor();
  expect(await cards.nth(0).getByRole('button', { name: 'Release again' }).count()).toBe(0);
  await cards.nth(1).getByRole('button', { name: 'Release again' }).waitFor();
  await cards.nth(2).getByRole('button', { name: 'I have looked at it' }).click();
  await page.getByLabel('What you found and what was agreed').fill('Set off against the next bill');
  await accept(page);
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await sent(page)).toMatchObject([
    { name: 'order.settle', args: { orderId: ordersForPerson[2]?.id, reason: 'Set off against the next bill' } },
  ]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(async () => (await sent(page, 'webhooks.replay')).length).toBe(1);
  await page.evaluate(() => window.memory.refuse('webhooks.dead', 'SYNC_OFFLINE', {}));
  await page.evaluate(() => window.memory.emit({ name: 'changed', data: { tables: ['outbox'] } }));
  await page.getByText('this desk has no connection to it now').waitFor();
  await page.context().close();
});

test('bank details are approved by the last figures of the number, in Hindi too; ones own are not', async () => {
  const page = await open('details', { role: 'principal', options: { language: 'hi', theme: 'dark' } });
  await inList(page, 'Alt+KeyA');
  const dialog = page.locator('dialog');
  await dialog.getByText('5010 0012 3456 74').waitFor();
  await page.keyboard.type('1234');
  await accept(page);
  await dialog.getByText('ये इस खाता संख्या के अंतिम अंक नहीं हैं').waitFor();
  expect(await sent(page)).toEqual([]);
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, 'approve-hi');
  await dialog.locator('input').fill('5674');
  await accept(page);
  await dialog.waitFor({ state: 'detached' });
  const [first] = details.rows;
  const { accountNumber, ifsc, accountName, revision } = first?.beneficiary ?? {};
  expect(await sent(page)).toEqual([
    expect.objectContaining({
      name: 'beneficiary.approve',
      args: { vendorId: first?.vendorId, accountNumber, ifsc, accountName, revision },
    }),
  ]);
  await inList(page, 'ArrowDown', 'Enter');
  await dialog.getByText('ये विवरण आपने ही लिखे या बदले हैं').waitFor();
  expect(await dialog.locator('button[type=submit]').isDisabled()).toBe(true);
  await page.context().close();
});

test('the principal sets limits; one payment is never more than a day', async () => {
  const page = await open('accounts', { role: 'principal' });
  await inList(page, 'ArrowDown', 'Alt+KeyM');
  const dialog = page.locator('dialog');
  await page.keyboard.type('5L');
  await page.keyboard.press('Enter');
  await page.keyboard.type('2L');
  await accept(page);
  await dialog.getByText('A day cannot have less than one payment.').waitFor();
  await dialog.getByLabel('One day').fill('20L');
  await accept(page);
  await dialog.waitFor({ state: 'detached' });
  const args = { bankAccountId: bankAccounts[1]?.id, paymentLimitPaise: 5_00_000_00n, dailyLimitPaise: 20_00_000_00n };
  expect(await sent(page)).toMatchObject([{ name: 'bankAccount.setLimits', args }]);
  await page.context().close();
});

test('a new account wants a real IFSC; a layout of ones own is kept as text that is one', async () => {
  const page = await open('accounts');
  await inList(page, 'Alt+KeyN');
  const dialog = page.locator('dialog');
  for (const typed of ['Fees account', 'Axis Bank', '9110 1002 3456 7890', 'UTIBO000123']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  }
  await dialog.getByText('the fifth character is always a zero').waitFor();
  // What is wrong is said also where one never left the field.
  await dialog.getByLabel('IFSC').fill('UTIB123');
  await accept(page);
  await dialog.getByText('the number of characters is wrong').waitFor();
  expect(await sent(page)).toEqual([]);
  // A code that is in no list is a reason to look again, and none to refuse it.
  await dialog.getByLabel('IFSC').fill('ZZZZ0000123');
  await dialog.getByText('No bank is known whose codes begin with ZZZZ').waitFor();
  await dialog.getByLabel('IFSC').fill('UTIB0ZZZ123');
  await dialog.getByText('Axis Bank, but no branch with this code is known').waitFor();
  await dialog.getByLabel('IFSC').fill('UTIB0000123');
  await dialog.locator('.field-note', { hasText: /^Axis Bank$/ }).waitFor();
  await picture(page, 'account');
  await accept(page);
  await dialog.waitFor({ state: 'detached' });
  const fields = { accountNumber: '9110100234567890', ifsc: 'UTIB0000123', accountCode: '1101', connector: null };
  expect(await sent(page)).toMatchObject([{ name: 'bankAccount.create', args: { fields } }]);

  await inList(page, 'Alt+KeyY');
  await dialog.getByLabel('Between two places').selectOption(';');
  await dialog.getByRole('button', { name: 'Move place 2 down' }).click();
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, 'layout');
  await accept(page);
  await dialog.waitFor({ state: 'detached' });
  const edit = (await sent(page))[1] as { args: { edits: { fileFormat: { from: string; to: string } } } };
  expect(edit.args.edits.fileFormat.from).toBe('icici_cib');
  const kept = JSON.parse(edit.args.edits.fileFormat.to);
  expect(kept.delimiter).toBe(';');
  expect(kept.row.slice(1, 3).map((cell: { value: string }) => cell.value)).toEqual(['amount', 'mode']);
  await page.context().close();
});
