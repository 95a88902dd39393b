/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openAs } from '../../testing/open-as.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from '../../testing/open-page.ts';
import { exchangePreview } from '../../testing/sample-answers.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const FILE = exchangePreview.fileId;
const job = { id: FILE, kind: 'export', state: 'done', done: 3, total: 3, error: null };

const sent = (page: Page, channel: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.memory.calls.filter((call) => call.channel === wanted).map(({ input }) => input),
    channel,
  );

const open = (answers: Readonly<Record<string, unknown>>, options: PageOptions = {}): Promise<Page> =>
  openAs(screens, 'college_accounts_admin', '/tally', answers, options);

test('vouchers go straight into a company that was found, and refusals stand in the words of Tally', async () => {
  const refusals = [
    {
      name: 'PAY-2026-27-000001',
      code: 'TALLY_REFUSED',
      details: { detail: "The date is out of range! Can't import" },
    },
  ];
  const result = { added: 2, known: 0, refused: 1, fileId: null, fileName: null, refusals };
  const ended = { ...job, result };
  const page = await open({
    ...{ 'exchange.companies': { companies: ['SVCE', 'Trust'] } },
    ...{ 'exchange.export': ended, 'jobs.get': ended },
  });
  await page.getByLabel('What').selectOption('vouchers');
  await page.getByLabel('How').selectOption('tally');
  // Without a company nothing is sent.
  await page.keyboard.press('Control+Enter');
  expect(await sent(page, 'exchange.export')).toEqual([]);
  await page.keyboard.press('Alt+KeyT');
  await page.getByText('2 companies are open').waitFor();
  await page.getByLabel('Company').selectOption('Trust');
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.getByText("The date is out of range! Can't import").waitFor();
  expect(await sent(page, 'exchange.export')).toMatchObject([
    {
      what: 'vouchers',
      way: 'tally',
      host: 'http://localhost:9000',
      company: 'Trust',
      from: '2026-04-01',
      to: '2027-03-31',
    },
  ]);
  expect(await page.locator('.job-figures dd').allInnerTexts()).toEqual(['2', '0', '1']);
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test('a Tally that is not there says what to do, and days the wrong way round send nothing', async () => {
  const page = await open({}, { theme: 'dark' });
  await page.evaluate(() => window.memory.refuse('exchange.companies', 'TALLY_UNREACHABLE', { address: 'http://x' }));
  await page.getByLabel('How').selectOption('tally');
  await page.keyboard.press('Alt+KeyT');
  await page.locator('.error-panel').getByText('TALLY_UNREACHABLE').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByLabel('How').selectOption('file');
  await page.getByLabel('What').selectOption('vouchers');
  await page.getByLabel('To', { exact: true }).fill('01-04-2020');
  await page.getByText('This day lies before the first one.').waitFor();
  await page.keyboard.press('Control+Enter');
  expect(await sent(page, 'exchange.export')).toEqual([]);
  await page.context().close();
});

test.each(['en', 'hi'] as const)('a file is shown before it is entered, and then counted (%s)', async (language) => {
  const result = { added: 1_288, known: 158, refused: 3, fileId: null, fileName: null };
  const ended = { ...job, kind: 'import', result };
  const page = await open(
    {
      ...{ 'files.begin': { fileId: FILE }, 'files.write': {}, 'exchange.plan': exchangePreview },
      ...{ 'exchange.import': ended, 'jobs.get': ended },
    },
    { language },
  );
  await page.getByRole('tab').nth(1).click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'DayBook.xml', mimeType: '', buffer: Buffer.from('<ENVELOPE/>') });
  await page.getByText('₹1,25,000.50').waitFor();
  await page.getByText('श्री गणेश स्टेशनर्स').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  expect(await sent(page, 'exchange.import')).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.locator('.job-figures').waitFor();
  expect(await sent(page, 'exchange.import')).toMatchObject([{ fileId: FILE, openingDate: '2026-03-31' }]);
  expect(await page.locator('.job-figures dd').allInnerTexts()).toEqual(['1,288', '158', '3']);
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test('another opening day is asked for anew, one that cannot be is told', async () => {
  const answers = { 'files.begin': { fileId: FILE }, 'files.write': {}, 'exchange.plan': exchangePreview };
  const page = await open(answers);
  await page.getByRole('tab').nth(1).click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'DayBook.xml', mimeType: '', buffer: Buffer.from('<ENVELOPE/>') });
  const day = page.getByLabel('Opening balances as on');
  await day.fill('01-04-2026');
  await page.getByText('Opening balances stand on a 31 March.').waitFor();
  await day.fill('31-03-2025');
  await day.blur();
  await expect
    .poll(() => sent(page, 'exchange.plan'))
    .toMatchObject([{ openingDate: null }, { openingDate: '2025-03-31' }]);
  await page.context().close();
});
