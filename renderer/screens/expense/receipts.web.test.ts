/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makePdf } from '../../testing/make-pdf.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from '../../testing/open-page.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
// What the content policy refuses (eval, foreign files, a worker it does not know) would stand here.
afterEach(() => expect(screens.complaints()).toEqual([]));

const EXPENSE = '01980000-0000-7000-8004-000000000000';

/** An expense with one receipt of the given bytes, its preview open. */
async function looking(bytes: Buffer, options: PageOptions = {}): Promise<Page> {
  const page = await screens.open({ path: '/expenses', ...options });
  await page.locator('[role=grid]').waitFor();
  await page.evaluate(
    async ([id, base64]) => {
      const sizeBytes = atob(base64).length;
      const facts = { fileName: 'bill.pdf', mime: 'application/pdf', sizeBytes };
      const reply = await window.memory.invoke('expenses.get', { id });
      const { value } = reply as { value: object };
      const receipts = [{ ...facts, id, sha256: 'ab'.repeat(32), local: true }];
      window.memory.answer('expenses.get', () => ({ ...value, receipts }) as never);
      window.memory.answer('receipts.open', () => ({ ...facts, fileId: id }));
      window.memory.answer('files.read', () => ({ ...facts, bytes: base64 }));
      window.location.hash = `/expenses/${id}`;
    },
    [EXPENSE, bytes.toString('base64')] as const,
  );
  await page.getByRole('button', { name: /^bill\.pdf .*KiB/ }).click();
  return page;
}

/** How dark the drawn page is at a place given in points of the A4 sheet from its top left corner; 255 is white paper. */
const inkAt = (page: Page, x: number, y: number, width: number, height: number): Promise<number> =>
  page.locator('.pdf-page canvas').evaluate(
    (canvas, [left, top, wide, high]) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('not a canvas');
      const scale = canvas.width / 595;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no context');
      const { data } = context.getImageData(left * scale, top * scale, wide * scale, high * scale);
      let darkest = 255;
      for (let at = 0; at < data.length; at += 4) darkest = Math.min(darkest, data[at] ?? 255);
      return darkest;
    },
    [x, y, width, height] as const,
  );

test('a PDF is read page by page with the keyboard, its text and its scans drawn, its script not run', async () => {
  const page = await looking(makePdf(['Bill of Deccan Scientific', 'Terms of the sale']));
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Page 1 of 2', { exact: true }).waitFor();
  await dialog.getByText('Bill of Deccan Scientific').waitFor({ state: 'attached' });
  // The line of text, the fax in the middle, and white paper below.
  expect(await inkAt(page, 60, 60, 200, 25)).toBeLessThan(80);
  expect(await inkAt(page, 290, 410, 10, 10)).toBe(0);
  expect(await inkAt(page, 60, 600, 400, 100)).toBe(255);
  expect(await axeProblems(page)).toEqual([]);

  // The page is longer than the window: down goes to its end first, and then on.
  const sheet = dialog.locator('.pdf-sheet:focus');
  await page.keyboard.press('PageDown');
  expect(await sheet.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  expect(await dialog.getByText('Page 1 of 2', { exact: true }).count()).toBe(1);
  for (let press = 0; press < 4; press++) await page.keyboard.press('PageDown');
  await dialog.getByText('Page 2 of 2', { exact: true }).waitFor();
  await dialog.getByText('Terms of the sale').waitFor({ state: 'attached' });
  await page.keyboard.press('Control+Home');

  const widthOf = () => dialog.locator('canvas').evaluate((canvas) => canvas.getBoundingClientRect().width);
  const before = await widthOf();
  await page.keyboard.press('+');
  await dialog.getByText('125%').waitFor();
  await expect.poll(widthOf).toBeCloseTo(before * 1.25, 0);
  await page.keyboard.press('-');
  await expect.poll(widthOf).toBeCloseTo(before, 0);

  expect(await page.evaluate(() => 'pdfScriptRan' in globalThis)).toBe(false);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.context().close();
});

const whole = makePdf(['Bill of Deccan Scientific']);
test.each([
  ['torn off and without pages', whole.subarray(0, 300), 'RECEIPT_PDF_DAMAGED', 'en'],
  ['not a PDF at all', Buffer.from('GIF89a'), 'RECEIPT_PDF_DAMAGED', 'hi'],
  ['locked by a password', makePdf(['Secret'], { locked: true }), 'RECEIPT_PDF_LOCKED', 'hi'],
] as const)('%s: says so and can still be saved', async (_name, bytes, code, language) => {
  const page = await looking(bytes, { language });
  const dialog = page.getByRole('dialog');
  await dialog.locator('.error-panel').getByText(code).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: language === 'en' ? 'Save a copy' : 'प्रति सहेजें' }).click();
  expect((await saved).suggestedFilename()).toBe('bill.pdf');
  await page.context().close();
});

test('at 200 % the preview fits and its buttons are reached', async () => {
  const page = await looking(whole, { size: [683, 384] });
  const dialog = page.getByRole('dialog');
  await dialog.locator('canvas').waitFor();
  expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  await dialog.getByRole('button', { name: 'Save a copy' }).scrollIntoViewIfNeeded();
  expect(await dialog.getByRole('button', { name: 'Save a copy' }).isVisible()).toBe(true);
  await page.context().close();
});
