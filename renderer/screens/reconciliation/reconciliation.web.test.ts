/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openAs } from '../../testing/open-as.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from '../../testing/open-page.ts';
import { BANK_ACCOUNT, bankAnswers, statementPreview } from '../../testing/sample-bank.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const open = (options: PageOptions = {}, answers: Readonly<Record<string, unknown>> = {}): Promise<Page> =>
  openAs(screens, 'college_accounts_admin', '/reconciliation', { ...bankAnswers, ...answers }, options);

const sent = (page: Page, channel: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.memory.calls.filter((call) => call.channel === wanted).map(({ input }) => input),
    channel,
  );
const grid = (page: Page, name: string) => page.getByRole('grid', { name });

test('what is marked in both lists by keys alone is matched when it is the same', async () => {
  const page = await open();
  await grid(page, 'Bank').locator('[aria-rowindex="3"]').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await grid(page, 'Bank').focus();
  await page.keyboard.press('Space');
  // One side alone is not matched.
  await page.keyboard.press('m');
  expect(await sent(page, 'commands.run')).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await page.locator('.recon-tally dd').allInnerTexts()).toEqual(['-5,000.00', '-5,000.00', '0.00']);
  await page.keyboard.press('m');
  await page.getByText('Matched.').waitFor({ state: 'attached' });
  const [first] = bankAnswers['reconciliation.lines'].rows;
  const [entry] = bankAnswers['reconciliation.entries'].rows;
  expect(await sent(page, 'commands.run')).toMatchObject([
    {
      name: 'reconciliation.match',
      args: { bankAccountId: BANK_ACCOUNT, matches: [{ lineIds: [first?.id], entryIds: [entry?.id], pass: 'manual' }] },
    },
  ]);
  await page.context().close();
});

test('letters do nothing while one types, and a charge is entered with the account of its rule', async () => {
  const page = await open({ theme: 'dark' });
  await grid(page, 'Bank').locator('[aria-rowindex="3"]').waitFor();
  await grid(page, 'Bank').focus();
  await page.keyboard.press('/');
  await page.keyboard.type('map');
  expect(await page.getByLabel('Find in both lists').inputValue()).toBe('map');
  expect(await page.locator('dialog[open]').count()).toBe(0);
  await page.getByLabel('Find in both lists').fill('');
  await grid(page, 'Bank').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('p');
  await page.getByText('₹590.00 went out that the books do not have').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Control+KeyA');
  await expect.poll(async () => (await sent(page, 'commands.run')).length).toBe(1);
  expect(await sent(page, 'commands.run')).toMatchObject([
    { name: 'reconciliation.post', args: { match: { pass: 'rule' }, lines: [{ accountCode: '5201' }] } },
  ]);
  await page.context().close();
});

test('a proposal says why and is accepted, and a match is undone with a reason', async () => {
  const page = await open();
  await page.getByRole('tab', { name: 'Proposals' }).click();
  await page.getByText('Both have the reference N322260001234567.').first().waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await grid(page, 'Proposals').focus();
  await page.keyboard.press('a');
  await expect.poll(() => sent(page, 'reconciliation.accept')).toMatchObject([{ which: [4] }]);
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => sent(page, 'reconciliation.accept')).toMatchObject([{ which: [4] }, { which: 'automatic' }]);
  await page.getByRole('tab', { name: /Matched/ }).click();
  await grid(page, 'Matched').focus();
  await page.keyboard.press('u');
  await page.getByRole('dialog').getByLabel('Reason').fill('Another payment');
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Control+KeyA');
  await expect
    .poll(() => sent(page, 'commands.run'))
    .toMatchObject([{ name: 'reconciliation.undo', args: { reason: 'Another payment' } }]);
  await page.context().close();
});

test('a search that ended while one asked for it has ended, though the answer is of before', async () => {
  const page = await open();
  await grid(page, 'Bank').locator('[aria-rowindex="3"]').waitFor();
  await page.evaluate(() => {
    const id = '01980000-0000-7000-8000-00000000000a';
    const running = { id, kind: 'match', state: 'running', done: 100, total: 100, error: null, result: null } as const;
    window.memory.answer('reconciliation.propose', () => running);
    window.memory.answer('jobs.get', () => {
      window.memory.emit({ name: 'job', data: { ...running, state: 'done' } });
      return running;
    });
  });
  const asked = () => sent(page, 'reconciliation.proposals');
  await page.keyboard.press('Alt+KeyS');
  await page.getByText('Both have the reference N322260001234567.').first().waitFor();
  // What it found is asked for when it ends, after what stood before.
  await expect.poll(async () => (await asked()).length).toBeGreaterThan(1);
  await expect.poll(() => sent(page, 'jobs.get')).toHaveLength(1);
  expect(await page.getByRole('progressbar').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Find matches' }).isEnabled()).toBe(true);
  await page.context().close();
});

test('a statement is shown before it is kept, also in Hindi, and one that looks known says so', async () => {
  const uploads = { 'files.begin': { fileId: statementPreview.fileId }, 'files.write': {} };
  const page = await open({ language: 'hi' }, uploads);
  await grid(page, 'बैंक').waitFor();
  await page.keyboard.press('Alt+KeyI');
  await page.locator('dialog input[type=file]').setInputFiles({
    ...{ name: 'november.csv', mimeType: 'text/csv', buffer: Buffer.from('x') },
  });
  await page.locator('dialog .notice-bad').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.locator('dialog .button-primary').last().click();
  await expect.poll(() => sent(page, 'statements.import')).toMatchObject([{ bankAccountId: BANK_ACCOUNT }]);
  await page.context().close();
});

test('who only reads marks and enters nothing', async () => {
  const page = await openAs(screens, 'auditor', '/reconciliation', bankAnswers);
  await grid(page, 'Bank').locator('[aria-rowindex="3"]').waitFor();
  expect(await page.getByRole('button', { name: /Match|Import|Enter in the books/ }).count()).toBe(0);
  await page.keyboard.press('Alt+KeyR');
  await page.getByRole('rowheader', { name: 'consolidated charges' }).waitFor();
  expect(await page.getByRole('button', { name: 'Add the rule' }).count()).toBe(0);
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test('a rule is worded anew over the one that was seen, or left as it is', async () => {
  const page = await open();
  await grid(page, 'Bank').locator('[aria-rowindex="3"]').waitFor();
  await page.keyboard.press('Alt+KeyR');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Reword the rule consolidated charges' }).click();
  const form = dialog.getByRole('form', { name: 'Reword' });
  expect(await form.getByLabel('Words in the narration').inputValue()).toBe('consolidated charges');
  expect(await form.getByLabel('Narration', { exact: true }).inputValue()).toBe('Bank charges');
  expect(await axeProblems(page)).toEqual([]);
  await form.getByRole('button', { name: 'Leave it as it is' }).click();
  expect(await dialog.getByLabel('Words in the narration').inputValue()).toBe('');
  await dialog.getByRole('button', { name: 'Reword the rule consolidated charges' }).click();
  await form.getByLabel('Words in the narration').fill('consolidated sms charges');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => sent(page, 'commands.run'))
    .toMatchObject([
      {
        name: 'bankRule.set',
        args: { revision: 1, fields: { words: 'consolidated sms charges', accountCode: '5201', isActive: true } },
      },
    ]);
  await dialog.getByRole('form', { name: 'Add the rule' }).waitFor();
  await page.context().close();
});

test('statements that were kept and what the fee portal said are reached by keys, in either language', async () => {
  const page = await open();
  await grid(page, 'Bank').locator('[aria-rowindex="3"]').waitFor();
  await page.keyboard.press('Alt+Digit4');
  const row = grid(page, 'Statements').locator('[aria-rowindex="2"]');
  await row.waitFor();
  for (const shown of ['15-11-2026 to 20-11-2026', 'fetched from the bank', '9,94,410.00', 'Meera Kulkarni']) {
    expect(await row.innerText()).toContain(shown);
  }
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Alt+Digit5');
  await page.getByText('The portal says: Refund not settled · FEE/2026/10/0041 · ₹5,000.00.').waitFor();
  await page.getByText('₹5,000.00 was collected and not deposited.').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await grid(page, 'Fees').focus();
  await page.keyboard.press('ArrowDown');
  await page.getByText('Portal, bank and books agree.').waitFor();
  await page.context().close();
});

test('the bank is asked at once, and says when it was and will be asked; where none is set up that is said', async () => {
  const page = await open();
  await page.getByText(/The bank was asked .*: 12 new lines\. Next /).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Alt+KeyF');
  await expect.poll(() => sent(page, 'statements.fetchNow')).toMatchObject([{ bankAccountId: BANK_ACCOUNT }]);
  await page.context().close();
  const refusal = { code: 'CONNECTOR_AUTH', details: { name: 'ICICI Bank' } };
  const [row] = bankAnswers['statements.fetching'].rows;
  const failed = await open({}, { 'statements.fetching': { rows: [{ ...row, added: null, refusal }] } });
  await failed.getByText(/gave no statement\./).waitFor();
  await failed
    .getByText(/ICICI Bank/)
    .first()
    .waitFor();
  await failed.context().close();
  const none = await open({ language: 'hi' }, { 'statements.fetching': { rows: [] } });
  await none.getByText(/इस डेस्क पर जोड़ा नहीं गया/).waitFor();
  expect(await none.getByRole('button', { name: /मँगाएँ/ }).count()).toBe(0);
  expect(await axeProblems(none)).toEqual([]);
  await none.context().close();
});
