/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { axeProblems, type Screens, startScreens } from '../../testing/open-page.ts';

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

const FILE = '01980000-0000-7000-8009-000000000001';

/** The import screen over a desk that reads one column right, one not at all, and finds a mistake in the second row. */
async function opened(language: 'en' | 'hi' = 'en'): Promise<Page> {
  const page = await screens.open({ path: '/import', language });
  await page.locator('input[type=file]').waitFor({ state: 'attached' });
  await page.evaluate((fileId) => {
    const guesses = [
      { index: 0, title: 'Dt', field: 'billDate' as const, confidence: 70 },
      { index: 1, title: 'Party', field: 'vendorName' as const, confidence: 99 },
      { index: 2, title: 'Head', field: 'category' as const, confidence: 99 },
      { index: 3, title: 'Figure', field: null, confidence: 0 },
    ];
    window.memory.answer('files.begin', () => ({ fileId }));
    window.memory.answer('files.write', () => ({}));
    window.memory.answer('files.discard', () => ({}));
    window.memory.answer('imports.plan', ({ mapping }) => ({
      fileId,
      fileName: 'bills.xlsx',
      sheets: [{ name: 'Bills', rows: 2 }],
      sheet: 'Bills',
      headerRow: 1,
      columns: guesses.map((guess) => ({
        ...guess,
        sample: [],
        ...(mapping === null
          ? {}
          : { field: mapping.find(({ index }) => index === guess.index)?.field ?? null, confidence: 100 }),
      })),
      preview: [
        { rowNumber: 2, cells: ['01-04-2026', 'Om Sai', 'travel', '500'], values: {}, problems: [], duplicate: false },
        {
          rowNumber: 3,
          cells: ['31-02-2026', 'Om Sai', 'travel', '700'],
          values: {},
          problems: [{ field: 'billDate', code: 'IMPORT_ROW_DATE_UNREADABLE', details: { text: '31-02-2026' } }],
          duplicate: false,
        },
      ],
    }));
    const job = { id: fileId, kind: 'import' as const, done: 2, total: 2, error: null };
    const result = { added: 1, known: 0, refused: 1, fileId, fileName: 'refused.xlsx' };
    window.memory.answer('imports.run', () => ({ ...job, state: 'running', result: null }));
    window.memory.answer('jobs.get', () => ({ ...job, state: 'done', result }));
  }, FILE);
  return page;
}

const bring = (page: Page) =>
  page.locator('input[type=file]').setInputFiles({ name: 'bills.xlsx', mimeType: '', buffer: Buffer.from('bills') });

test('mistakes are told in their cells, a missing column stops the run, and choosing it lets it go', async () => {
  const page = await opened();
  await bring(page);
  await page.locator('.import-preview').waitFor();
  await page.locator('td.is-wrong').getByText('"31-02-2026" is not a date.').waitFor();
  await page.getByText('Choose a column for: Total').waitFor();
  expect(await page.getByText('probably, check it').count()).toBe(1);
  await page.keyboard.press('Control+Enter');
  expect(await sent(page, 'imports.run')).toEqual([]);
  await page.getByLabel('What the column Figure is').selectOption('total');
  await page.getByText('1 would go in, 0 are in the books already, 1 would be refused').waitFor();
  expect(await axeProblems(page)).toEqual([]);

  await page.keyboard.press('Control+Enter');
  await page.getByText('The import has ended').waitFor();
  expect(await sent(page, 'imports.run')).toMatchObject([
    {
      fileId: FILE,
      sheet: 'Bills',
      headerRow: 1,
      mapping: expect.arrayContaining([{ index: 3, field: 'total' }]),
      language: 'en',
    },
  ]);
  expect(await page.locator('.job-figures dd').allInnerTexts()).toEqual(['1', '0', '1']);
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back to the columns' }).click();
  await page.locator('.import-preview').waitFor();
  // What was chosen before is still chosen.
  expect(await page.getByLabel('What the column Figure is').inputValue()).toBe('total');
  await page.context().close();
});

test('a file that cannot be read says why and leaves nothing behind', async () => {
  const page = await opened('hi');
  await page.evaluate(() => window.memory.refuse('imports.plan', 'IMPORT_ENCRYPTED', {}));
  await bring(page);
  await page.locator('.error-panel').getByText('IMPORT_ENCRYPTED').waitFor();
  expect(await page.locator('.error-panel').innerText()).toContain('bills.xlsx');
  expect(await sent(page, 'files.discard')).toEqual([{ fileId: FILE }]);
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test.each(['light', 'dark'] as const)(
  'what is in the file is chosen by arrows, and its columns are offered (%s)',
  async (theme) => {
    const page = await screens.open({ path: '/import', theme });
    await page.locator('.import-kinds').waitFor();
    expect(await page.locator('.import-kind').allInnerTexts()).toEqual([
      'Bills and expenses',
      'Vouchers',
      'Opening balances',
      'GL codes',
    ]);
    await page.getByRole('radio', { name: 'Bills and expenses' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByText('One line of a voucher in each row').waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await page.evaluate((fileId) => {
      const column = (index: number, title: string, field: 'voucherNo' | 'account' | null) => ({
        ...{ index, title, field, sample: [], confidence: field === null ? 0 : 99 },
      });
      const code = 'IMPORT_ROW_UNBALANCED';
      const details = { debit: '500.00', credit: '499.50', difference: '0.50' };
      window.memory.answer('files.begin', () => ({ fileId }));
      window.memory.answer('files.write', () => ({}));
      window.memory.answer('imports.plan', () => ({
        ...{ fileId, fileName: 'v.xlsx', sheets: [{ name: 'Vouchers', rows: 1 }], sheet: 'Vouchers', headerRow: 1 },
        columns: [column(0, 'No', 'voucherNo'), column(1, 'Ledger', 'account'), column(2, 'Figure', null)],
        preview: [
          {
            ...{ rowNumber: 2, cells: ['1', '1620', '500'], values: {}, duplicate: false },
            problems: [{ field: 'account', code, details }],
          },
        ],
      }));
    }, FILE);
    await bring(page);
    await page.locator('td.is-wrong').getByText('the difference is 0.50').waitFor();
    const offered = await page.getByLabel('What the column Figure is').locator('option').allInnerTexts();
    expect(offered).toEqual(expect.arrayContaining(['Debit', 'Credit', 'Dr or Cr']));
    expect(offered).not.toContain('IGST');
    expect(await sent(page, 'imports.plan')).toMatchObject([{ kind: 'vouchers' }]);
    expect(await axeProblems(page)).toEqual([]);
    await page.context().close();
  },
);
