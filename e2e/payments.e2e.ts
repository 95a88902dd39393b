import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { lastFetchTime } from '../shared/domain/reconciliation/fetch-times.ts';
import type { OrderStage } from '../shared/ipc/contract/payments.ts';
import { uuidv7 } from '../shared/kernel/ids.ts';
import { formatPaise } from '../shared/kernel/money.ts';
import { type Pace, pacedClock } from '../shared/ports/paced-clock.ts';
import { systemRandom } from '../shared/ports/random.ts';
import { billFields, vendorFields } from '../shared/testing/entries.ts';
import { askRunning } from '../sync-server/composition/control.ts';
import { Control } from '../tools/sandbox/control.ts';
import { Sandbox } from '../tools/sandbox/sandbox.ts';
import { deskHere, Keeper, serverWith, timeFrom } from './support/bank-office.ts';
import { type DeskWindow, System } from './support/system.ts';

/**
 * Bills are paid through two banks and what became of each comes back: prepared by one person, released by another in two steps, sent, paid by the
 * message of the bank, in doubt and cleared up, returned, and found again in the statement. Real desks, server and windows; the banks are those of
 * the sandbox.
 */
let system: System;
let sandbox: Sandbox;
let keeper: Keeper;
let control: Control;
let accounts: DeskWindow;
let principal: DeskWindow;
/**
 * The time of all that runs here but the windows. It begins a little after an hour at which desks ask for statements by themselves, so that none asks once
 * more in between, whatever the time of day.
 */
const pace = timeFrom(lastFetchTime(Date.now()) + 60_000);
const clock = pacedClock(pace);
/** The principal's desk lives a day and a half ago while he approves bank details, which then have cooled down today. */
let paceOfPrincipal: Pace = pace;

const HOUR_MS = 3_600_000;
const PAYEE = 'Godavari Lab Supplies';
const DETAILS = { accountNumber: '50200012345678', ifsc: 'HDFC0001234', accountName: PAYEE };
const bills = [
  ['PAY/1', 1_100_00n],
  ['PAY/2', 1_111_00n],
  ['PAY/3', 1_122_00n],
] as const;
/** The rows of payments are known by their amounts, since not every message of a bank names a UTR. */
const [first, second, third] = bills.map(([, paise]) => formatPaise(paise)) as [string, string, string];
/** What comes by a round of a desk, as long as a busy machine may take. */
const round = { timeout: 120_000 };
const newId = () => uuidv7(Date.now(), systemRandom.bytes(10));
const accept = (page: Page): Promise<void> => page.keyboard.press('Control+KeyA');
const closed = (page: Page): Promise<void> => page.locator('dialog').waitFor({ state: 'detached', timeout: 60_000 });
const line = (dialog: Locator, name: string) => dialog.getByRole('textbox', { name, exact: true });
const choice = (dialog: Locator, name: string) => dialog.getByRole('combobox', { name, exact: true });
const row = (page: Page, text: string) => page.locator('[role=row]', { hasText: text }).first();

beforeAll(async () => {
  system = await System.start(serverWith(pace));
  sandbox = await Sandbox.start({ dataDir: join(system.folder, 'sandbox'), port: 0, settleAfterMs: null, clock });
  keeper = new Keeper(sandbox);
  control = new Control(sandbox, { server: system.server.address, serverCa: null });
  accounts = await system.desk('Accounts PC', deskHere({ prompt: keeper, pace: () => pace }));
  principal = await system.desk('Principal PC', deskHere({ pace: () => paceOfPrincipal }));
}, 300_000);
afterAll(async () => {
  await system?.stop();
  await sandbox?.stop();
}, 60_000);

/** Where one goes by the address, and waits until it is there. */
async function goTo(desk: DeskWindow, path: string, heading: string): Promise<Page> {
  await desk.goTo(path);
  await desk.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  return desk.page;
}

/** Sets a connection up on its screen; what the desk asks outside of it, the keeper answers. */
async function connect(bankId: string, name: string, accountCode: string): Promise<void> {
  keeper.bank = bankId;
  const { entry, emulator } = keeper.of(bankId);
  const [account] = entry.accounts;
  const page = await goTo(accounts, '/connections', 'Bank connections');
  await page.keyboard.press('Alt+KeyN');
  const dialog = page.locator('dialog');
  await choice(dialog, 'Bank').selectOption(bankId);
  await choice(dialog, 'Bank account in the books').selectOption(accountCode);
  await line(dialog, 'Account number').fill(account?.number ?? '');
  await choice(dialog, 'Environment').selectOption('custom');
  await line(dialog, 'Address').fill(entry.url);
  if (entry.settings.clientId !== undefined) await line(dialog, 'Client ID').fill(entry.settings.clientId);
  await accept(page);
  await closed(page);
  const card = page.locator('.connection', { hasText: name });
  await card.click();
  for (const [keys, said] of [
    ['Alt+KeyS', 'The secrets are kept.'],
    ['Alt+KeyP', 'The certificate is kept.'],
    ['Alt+KeyA', 'The CA certificate is kept.'],
  ] as const) {
    await page.keyboard.press(keys);
    await page.getByText(said).first().waitFor();
  }
  await card.getByText('Set up', { exact: true }).waitFor();
  await page.keyboard.press('Control+Enter');
  const { availablePaise } = emulator.bank.balance(account?.number ?? '');
  await page.getByText(`${name} answers. Available: ₹${formatPaise(availablePaise)}`).waitFor();
}

async function addAccount(bankId: string, name: string, accountCode: string): Promise<void> {
  const [account] = keeper.of(bankId).entry.accounts;
  const page = await goTo(accounts, '/payments/accounts', 'Payments');
  await page.locator('[role=grid]').waitFor();
  await page.keyboard.press('Alt+KeyN');
  const dialog = page.locator('dialog');
  await line(dialog, 'Name').fill(name);
  await line(dialog, 'Bank').fill(bankId.toUpperCase());
  await line(dialog, 'Account number').fill(account?.number ?? '');
  await line(dialog, 'IFSC').fill(account?.ifsc ?? '');
  await choice(dialog, 'GL code').selectOption(accountCode);
  await choice(dialog, 'Payments go').selectOption(bankId);
  await accept(page);
  await closed(page);
  await row(page, name).waitFor();
}

async function setLimits(name: string): Promise<void> {
  const page = await goTo(principal, '/payments/accounts', 'Payments');
  await row(page, name).click();
  await page.locator('[role=grid]').focus();
  await page.keyboard.press('Alt+KeyM');
  const dialog = page.locator('dialog');
  await line(dialog, 'One payment ₹').fill('5L');
  await line(dialog, 'One day ₹').fill('20L');
  await accept(page);
  await closed(page);
}

/** Approved on a desk whose clock stands a day and a half ago and that sees no server meanwhile. */
async function approveDetails(): Promise<void> {
  await principal.ask((client) => client.call('sync.pause', { paused: true }));
  await principal.shutDown();
  paceOfPrincipal = timeFrom(clock.now() - 36 * HOUR_MS);
  await principal.startAgain();
  await principal.signIn('principal', 'SCE');
  const page = await goTo(principal, '/payments/details', 'Payments');
  await row(page, PAYEE).click();
  await page.locator('[role=grid]').focus();
  await page.keyboard.press('Alt+KeyA');
  await page.locator('dialog').getByText('5020 0012 3456 78').waitFor();
  await page.locator('dialog input').fill(DETAILS.accountNumber.slice(-4));
  await accept(page);
  await closed(page);
  await principal.shutDown();
  paceOfPrincipal = pace;
  await principal.startAgain();
  await principal.signIn('principal', 'SCE');
  await principal.ask((client) => client.call('sync.pause', { paused: false }));
  await principal.synced();
}

/** The accountant ticks these bills and prepares them from this account. */
async function prepare(accountName: string, references: readonly string[]): Promise<void> {
  const page = await goTo(accounts, '/payments/pay', 'Payments');
  const from = page.getByRole('combobox', { name: 'Pay from' });
  const option = await from.locator('option', { hasText: accountName }).getAttribute('value');
  await from.selectOption(option);
  for (const reference of references) await row(page, reference).locator('input[type=checkbox]').check();
  await page.keyboard.press('Alt+KeyP');
  await page.locator('dialog').getByText(PAYEE).first().waitFor();
  await accept(page);
  await closed(page);
  await page
    .getByText(/to be released\./)
    .first()
    .waitFor();
  await accounts.synced();
}

/** The principal looks at a batch, then says that it shall go: two steps. */
async function release(accountName: string): Promise<void> {
  await principal.synced();
  const page = await goTo(principal, '/payments/release', 'Payments');
  await row(page, accountName).dblclick();
  await page.getByRole('heading', { level: 2, name: accountName }).waitFor();
  await page.keyboard.press('Alt+KeyR');
  await page.locator('dialog').getByText('Once it is with the bank it cannot be called back').waitFor();
  await accept(page);
  await closed(page);
  await principal.synced();
  await accounts.synced();
}

const orders = async (collegeId: string, stage: OrderStage) =>
  (
    await accounts.ask((client) =>
      client.call('payments.orders', { collegeId, stage, text: '', offset: 0, limit: 100 }),
    )
  ).rows;

/** What a bank has taken upon itself, the smallest first. */
const taken = (bankId: string) =>
  [...keeper.of(bankId).emulator.instructions()].sort((a, b) => (a.amountPaise < b.amountPaise ? -1 : 1));

/** Until the accountant's desk has asked both banks for their statements, as it does of itself a minute after it can. */
async function statementsFetched(collegeId: string): Promise<void> {
  const added = () =>
    accounts.ask(async (client) => {
      const { rows } = await client.call('statements.fetching', { collegeId });
      return rows.map((row) => row.added);
    });
  await expect.poll(added, round).toEqual([0, 0]);
}

/** Until the accountant's screen shows these words in the row of this text. */
async function seen(tab: string, text: string, words: string): Promise<void> {
  const page = await goTo(accounts, `/payments/${tab}`, 'Payments');
  await page.locator('[role=row]', { hasText: text }).filter({ hasText: words }).first().waitFor(round);
}

test('bills are paid through two banks, and what became of each is seen', async () => {
  onTestFailed(() => system.takePictures(join('.data', 'e2e')));
  await accounts.enrol(['SCE']);
  await principal.enrol(['SCE']);
  await accounts.signIn('college_accounts_admin', 'SCE');
  await principal.signIn('principal', 'SCE');
  const { colleges, today } = await accounts.ask((client) => client.call('session.get', {}));
  const collegeId = colleges[0]?.id ?? '';
  await connect('icici', 'ICICI Bank', '1210');
  await connect('hdfc', 'HDFC Bank', '1220');
  await addAccount('icici', 'Fees at ICICI', '1210');
  await addAccount('hdfc', 'Salaries at HDFC', '1220');
  const secret = keeper.of('icici').entry.secrets.webhookSecret ?? '';
  const webhook = { provider: 'icici', colleges: ['SCE'], secret, allowsNoTime: false };
  await askRunning(join(system.folder, 'server'), 'add-webhook-secret', webhook);

  const vendorId = newId();
  const run = (name: string, args: object) =>
    accounts.ask((client) => client.call('commands.run', { collegeId, name, args } as never));
  await run('vendor.create', { vendorId, fields: vendorFields(PAYEE, DETAILS) });
  for (const [billNo, taxablePaise] of bills) {
    const expenseId = newId();
    await run('expense.create', { expenseId, fields: billFields(vendorId, today, { billNo, taxablePaise }) });
    await run('expense.submit', { expenseId, overBudgetReason: null });
  }
  await accounts.synced();
  await principal.synced();
  await setLimits('Fees at ICICI');
  await setLimits('Salaries at HDFC');
  await principal.synced();
  await approveDetails();
  await accounts.synced();

  // Two over ICICI: the one is paid, the other comes back.
  await prepare('Fees at ICICI', ['PAY/1', 'PAY/2']);
  await release('Fees at ICICI');
  for (const amount of [first, second]) await seen('way', amount, 'With the bank');
  const [paid, back, ...others] = taken('icici');
  if (paid === undefined || back === undefined) throw new Error('the bank has not taken both');
  expect([paid.amountPaise, back.amountPaise, others]).toEqual([1_100_00n, 1_111_00n, []]);
  // Its messages name what they are about by the bank's own word, which the server has to know from the desk.
  await accounts.synced();
  for (const { reference } of [paid, back]) {
    expect(await control.run(`settle icici ${reference}`)).toContain('server said 200');
  }
  for (const amount of [first, second]) await seen('done', amount, 'Paid');
  // What is paid is asked after no more: only a message tells that it came back.
  expect(await control.run(`return icici ${back.reference}`)).toContain('server said 200');
  await seen('done', second, 'Came back');
  await accounts.goTo('/payments/pay');
  await row(accounts.page, 'PAY/2').waitFor(round);

  // One over HDFC, which takes it and does not answer: in doubt, until the bank is asked. Nothing but the payment asks it for anything now.
  await statementsFetched(collegeId);
  // The payment meets the first; the others keep the answer from the desk until the doubt was seen.
  const troubles = ['line-breaks-but-done', 'line-breaks', 'line-breaks', 'line-breaks'];
  for (const trouble of troubles) await control.run(`trouble hdfc ${trouble}`);
  await prepare('Salaries at HDFC', ['PAY/3']);
  await release('Salaries at HDFC');
  const page = await goTo(accounts, '/payments/person', 'Payments');
  await page.locator('.person-card', { hasText: third }).getByText('In doubt').first().waitFor(round);
  keeper.of('hdfc').emulator.faults.length = 0;
  await seen('way', third, 'With the bank');
  const [only, ...more] = taken('hdfc');
  expect([only?.amountPaise, more]).toEqual([1_122_00n, []]);
  // HDFC sends no messages: that it is paid, and its UTR, comes by the next question.
  const settled = await control.run(`settle hdfc ${only?.reference}`);
  const utr = taken('hdfc')[0]?.utr ?? '';
  expect(settled).toBe(`${only?.reference} paid, ${utr}`);
  await seen('done', utr, 'Paid');

  // The next morning's start fetches the statements, and what the desk has paid is found in them.
  await accounts.shutDown();
  await accounts.startAgain();
  await accounts.signIn('college_accounts_admin', 'SCE');
  await reconcile('Fees at ICICI', 3);
  await reconcile('Salaries at HDFC', 1);
  expect((await orders(collegeId, 'person')).filter(({ beneficiaryName }) => beneficiaryName === PAYEE)).toEqual([]);
  expect(await accounts.ask((client) => client.call('audit.verify', { collegeId }))).toMatchObject({ intact: true });
  expect([...accounts.complaints, ...principal.complaints]).toEqual([]);
});

/** So many lines of the account were fetched, are certain, and are accepted in one go: there are no others. */
async function reconcile(accountName: string, lines: number): Promise<void> {
  const page = await goTo(accounts, '/reconciliation', 'Bank');
  const chosen = page.getByRole('combobox', { name: 'Bank account', exact: true });
  const option = await chosen.locator('option', { hasText: accountName }).getAttribute('value');
  await chosen.selectOption(option);
  await page.getByText(lines === 1 ? 'one new line.' : `${lines} new lines.`).waitFor(round);
  await page.keyboard.press('Alt+KeyS');
  await page.getByText(`Accept all certain (${lines})`).waitFor(round);
  await page.keyboard.press('Control+Enter');
  await page.getByText(`Matched (${lines})`).waitFor(round);
}
