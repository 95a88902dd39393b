import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import type { Output } from '../shared/ipc/contract.ts';
import { formatPaise } from '../shared/kernel/money.ts';
import { typeBill } from './support/entry.ts';
import { type DeskWindow, System } from './support/system.ts';

/**
 * The day of a college: entered without a network, killed in the middle, approved elsewhere without a network, and the same to the paisa
 * on every desk in the end. One server, three desks, real processes, real windows.
 */
let system: System;
let accounts: DeskWindow;
let principal: DeskWindow;
let group: DeskWindow;
let receipt: string;

beforeAll(async () => {
  system = await System.start();
  accounts = await system.desk('Accounts PC');
  principal = await system.desk('Principal PC');
  group = await system.desk('Group PC');
  receipt = join(system.folder, 'receipt.png');
  await accounts.page.screenshot({ path: receipt });
}, 300_000);
afterAll(async () => {
  await system?.stop();
}, 60_000);

const everything = {
  collegeId: null,
  text: '',
  status: [],
  category: [],
  accountCode: null,
  vendorId: null,
  from: null,
  to: null,
  minPaise: null,
  maxPaise: null,
  pendingOnly: false,
};
const counted = (desk: DeskWindow, text = ''): Promise<Output<'expenses.totals'>> =>
  desk.ask((client) => client.call('expenses.totals', { filter: { ...everything, text } }));

test('the main job, from an unplugged desk to the consolidated books', async () => {
  onTestFailed(() => system.takePictures(join('.data', 'e2e')));
  await accounts.enrol(['SCE']);
  await principal.enrol(['SCE']);
  await group.enrol(['KAS', 'NIM', 'SCE']);
  await accounts.signIn('college_accounts_admin', 'SCE');
  await principal.signIn('principal', 'SCE');
  await group.signIn('super_accountant', 'SCE');
  for (const desk of [accounts, principal, group]) await desk.synced();
  const before = await counted(accounts);
  const { colleges, financialYear } = await accounts.ask((client) => client.call('session.get', {}));
  const collegeId = colleges[0]?.id ?? '';
  const budgetsOf = (desk: DeskWindow) =>
    desk.ask((client) => client.call('budgets.list', { collegeId, financialYear }));
  const roomiest = [...(await budgetsOf(accounts)).rows].sort((a, b) =>
    a.availablePaise > b.availablePaise ? -1 : 1,
  )[0];
  if (!roomiest || roomiest.availablePaise < 2_00_000_00n)
    throw new Error('the demonstration has no room in its budgets');

  // The cable is out. A year of bills comes in from a workbook, twice; the second time adds nothing.
  await system.server.stop();
  await importSample(accounts, 2_000, 0);
  await importSample(accounts, 0, 2_000);

  // Three more by the keyboard alone, each with its receipt; two go to the principal.
  await accounts.goTo('/expenses/new');
  const bill = { vendor: 'Deccan Office Mart', category: roomiest.label };
  const typed = [
    await typeBill(
      accounts.page,
      { ...bill, billNo: 'DAY/1', description: 'Journals', taxable: '75,000' },
      'Control+Enter',
      receipt,
    ),
    await typeBill(
      accounts.page,
      { ...bill, billNo: 'DAY/2', description: 'Shelves', taxable: '60k' },
      'Control+Enter',
      receipt,
    ),
    await typeBill(
      accounts.page,
      { ...bill, billNo: 'DAY/3', description: 'Labels', taxable: '1,200' },
      'Control+a',
      receipt,
    ),
  ];

  // The power goes the moment the last one was acknowledged.
  await accounts.kill();
  await accounts.startAgain();
  await accounts.signIn('college_accounts_admin', 'SCE');
  expect((await counted(accounts)).count).toBe(before.count + 2_003);
  for (const reference of typed) expect((await counted(accounts, reference)).count, reference).toBe(1);

  // The cable is back: everything reaches the server, and the principal sees what waits for him.
  await system.startServerAgain();
  await accounts.synced();
  expect((await accounts.ask((client) => client.call('attention.list', {}))).rows).toEqual([]);
  await principal.synced();
  const inbox = await principal.ask((client) =>
    client.call('approvals.inbox', { collegeId: null, offset: 0, limit: 100 }),
  );
  const asked = ['DAY/1', 'DAY/2'].map((billNo) => inbox.rows.find((row) => row.billNo === billNo));
  expect(asked.map((row) => row?.totalPaise)).toEqual([75_000_00n, 60_000_00n]);
  const spentBefore = (await budgetsOf(principal)).rows.find((row) => row.category === roomiest.category);

  // He decides in his office without a network: one approved, one sent back.
  await system.server.stop();
  await decide(principal, asked[0]?.id ?? '', 'approve');
  await decide(principal, asked[1]?.id ?? '', 'return', 'The quotation is missing');
  await system.startServerAgain();
  await principal.synced();
  await accounts.synced();
  await group.synced();

  const stateOf = async (desk: DeskWindow, index: number) =>
    (await desk.ask((client) => client.call('expenses.get', { id: asked[index]?.id ?? '' }))).status;
  for (const desk of [accounts, principal, group]) {
    expect(await stateOf(desk, 0)).toBe('approved');
    expect(await stateOf(desk, 1)).toBe('returned');
  }

  // The same to the paisa on every desk, at the server, and as the sum of the posted lines.
  const [mine, his, theirs] = [await budgetsOf(accounts), await budgetsOf(principal), await budgetsOf(group)];
  expect(his).toEqual(mine);
  expect(theirs).toEqual(mine);
  const used = mine.rows.find((row) => row.category === roomiest.category);
  expect(used?.spentPaise).toBe((spentBefore?.spentPaise ?? 0n) + 75_000_00n);
  expect(used?.committedPaise).toBe((spentBefore?.committedPaise ?? 0n) - 75_000_00n - 60_000_00n);
  const consolidated = await group.ask((client) => client.call('consolidation.summary', { financialYear }));
  expect(consolidated.agrees).toBe(true);
  expect(consolidated.colleges.map((college) => college.code).sort()).toEqual(['KAS', 'NIM', 'SCE']);
  const ours = consolidated.colleges.find((college) => college.id === collegeId);
  expect(ours?.spentPaise).toBe(mine.spentPaise);

  // The audit chain fits together everywhere, and ends in the same link.
  const heads = [];
  for (const desk of [accounts, principal, group]) {
    const verdict = await desk.ask((client) => client.call('audit.verify', { collegeId }));
    expect(verdict.intact, desk.name).toBe(true);
    heads.push(verdict.headHash);
  }
  expect(new Set(heads).size).toBe(1);

  // And the super-accountant reads it in his window.
  await group.goTo('/consolidated');
  await group.page
    .getByText(formatPaise(ours?.spentPaise ?? 0n))
    .first()
    .waitFor({ timeout: 30_000 });
  expect([...accounts.complaints, ...principal.complaints, ...group.complaints]).toEqual([]);
}, 900_000);

async function importSample(desk: DeskWindow, added: number, known: number): Promise<void> {
  const { page } = desk;
  await desk.goTo('/import');
  const another = page.getByRole('button', { name: 'Another file' });
  if (await another.isVisible()) await another.click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles(join('resources', 'samples', 'expenses-clean-2000.xlsx'));
  await page.getByRole('button', { name: 'Import the good rows' }).click({ timeout: 60_000 });
  await page.getByRole('heading', { name: 'The import has ended' }).waitFor({ timeout: 180_000 });
  const figure = async (name: string) =>
    (await page.getByText(name, { exact: true }).locator('..').textContent())?.replace(/\D/g, '');
  expect(await figure('Went in as drafts')).toBe(String(added));
  expect(await figure('Were there already')).toBe(String(known));
  expect(await figure('Refused')).toBe('0');
}

async function decide(
  desk: DeskWindow,
  expenseId: string,
  action: 'approve' | 'return',
  reason?: string,
): Promise<void> {
  const { page } = desk;
  await desk.goTo(`/expenses/${expenseId}`);
  await page
    .getByRole('button', { name: action === 'approve' ? 'Approve' : 'Return', exact: false })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  if (reason !== undefined) await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: action === 'approve' ? /^Approve ₹/ : /^Return it/ }).click();
  await dialog.waitFor({ state: 'detached' });
}
