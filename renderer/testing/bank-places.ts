import type { Page } from 'playwright-core';
import type { Place } from './place.ts';
import { bankAnswers, statementPreview } from './sample-bank.ts';

const uploads = { 'files.begin': { fileId: statementPreview.fileId }, 'files.write': {} };
const at = {
  role: 'college_accounts_admin',
  path: '/reconciliation',
  answers: { ...bankAnswers, ...uploads },
} as const;
const rows = (page: Page): Promise<void> => page.locator('[role=row][aria-rowindex="3"]').first().waitFor();
const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await rows(page);
    for (const key of keys) await page.keyboard.press(key);
  };

/** Statements of the bank against the books. */
export const bankPlaces: Readonly<Record<string, Place>> = {
  'the bank, what is open': { ...at, shown: '.recon-full:not(:empty)' },
  'the bank, not set up here': {
    ...at,
    answers: { ...bankAnswers, 'statements.fetching': { rows: [] } },
    shown: '.recon-fetch a',
  },
  'the bank, proposals': { ...at, go: press('Alt+Digit2'), shown: '.recon-detail' },
  'the bank, matched': { ...at, go: press('Alt+Digit3'), shown: '[role=tabpanel] [aria-rowindex="2"]' },
  'the bank, statements': { ...at, go: press('Alt+Digit4'), shown: '[role=tabpanel] [aria-rowindex="3"]' },
  'the bank, fees': { ...at, go: press('Alt+Digit5'), shown: '.recon-fee-detail' },
  'the bank, its rules': { ...at, go: press('Alt+KeyR'), shown: 'dialog .plain-table' },
  'the bank, entering a charge': {
    ...at,
    shown: 'dialog form',
    go: async (page) => {
      await rows(page);
      await page.locator('[role=grid]').first().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('p');
    },
  },
  'the bank, importing a statement': {
    ...at,
    shown: 'dialog .recon-preview',
    go: async (page) => {
      await press('Alt+KeyI')(page);
      const field = page.locator('dialog input[type=file]');
      await field.setInputFiles({ name: 'november.csv', mimeType: 'text/csv', buffer: Buffer.from('x') });
    },
  },
};
