/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bankPlaces } from './bank-places.ts';
import { idOf, vendors } from './memory-books.ts';
import { openAs } from './open-as.ts';
import { type PageOptions, type Screens, startScreens } from './open-page.ts';
import { paymentPlaces } from './payment-places.ts';
import type { Place } from './place.ts';
import {
  attention,
  backups,
  entry,
  exchangePreview,
  inbox,
  periods,
  plan,
  summary,
  waiting,
} from './sample-answers.ts';
import { sampleConnections } from './sample-connections.ts';
import { chart, ledgerPage, trialBalance } from './sample-reports.ts';

/** Every screen and the larger dialogs, with longer texts and at twice the size. */
let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.locator('[role=grid], form, .screen').first().waitFor();
    for (const key of keys) await page.keyboard.press(key);
  };
const ACCOUNTS = 'college_accounts_admin';
const expense = (index: number): string => `/expenses/${idOf('004', index)}`;
const voucher = `/vouchers/${idOf('00d', 1)}`;
const books = { 'consolidation.summary': summary };
const openGrid = async (page: Page): Promise<void> => {
  await page.locator('[role=row][aria-rowindex="2"]').waitFor();
  await page.locator('[role=grid]').focus();
  await page.keyboard.press('Enter');
};

const places: Readonly<Record<string, Place>> = {
  expenses: { role: ACCOUNTS, path: '/expenses', shown: '[role=row][aria-rowindex="5"]' },
  'expenses, all keys': { role: ACCOUNTS, path: '/expenses', go: press('?'), shown: '.key-sheet' },
  'an expense': { role: ACCOUNTS, path: expense(3), shown: '.timeline' },
  'a payment': {
    ...{ role: ACCOUNTS, path: expense(2), shown: 'dialog form' },
    go: async (page) => {
      await page.locator('.timeline').waitFor();
      await page.keyboard.press('Alt+KeyP');
    },
  },
  'a new expense': { role: ACCOUNTS, path: '/expenses/new', shown: '[data-field=taxable]' },
  'editing an expense': { role: ACCOUNTS, path: `${expense(0)}/edit`, shown: '[data-field=taxable]' },
  'the day book': { role: ACCOUNTS, path: '/vouchers', shown: '[role=row][aria-rowindex="2"]' },
  'a voucher': { role: ACCOUNTS, path: voucher, shown: '.timeline' },
  'reversing a voucher': {
    ...{ role: ACCOUNTS, path: voucher, shown: 'dialog form' },
    go: async (page) => {
      await page.locator('.timeline').waitFor();
      await page.keyboard.press('Alt+KeyX');
    },
  },
  'a new payment': {
    ...{ role: ACCOUNTS, path: '/vouchers/new/payment', shown: '[data-field="line.1.bill.0.amount"]' },
    go: async (page) => {
      const field = (name: string) => page.locator(`[data-field="line.1.${name}"] input`).first();
      for (const [name, typed] of [
        ['account', '2101'],
        ['amount', '15000'],
        ['vendorId', 'patil'],
      ] as const) {
        await field(name).fill(typed);
        if (name !== 'amount') await page.locator('.combobox-option').first().waitFor();
        await field(name).press('Enter');
      }
      await page.keyboard.press('Control+KeyA');
    },
  },
  'a new purchase': { role: ACCOUNTS, path: '/vouchers/new/purchase', shown: '[data-field=reference]' },
  'the chart of accounts': { role: ACCOUNTS, path: '/chart', shown: '[role=row][aria-rowindex="5"]' },
  'the cost centres': {
    ...{ role: ACCOUNTS, path: '/chart', shown: '[role=row][aria-rowindex="3"]' },
    go: async (page) => await page.locator('.filter-bar button[aria-pressed]').first().click(),
  },
  'a new account': {
    ...{ role: ACCOUNTS, path: '/chart', shown: 'dialog form' },
    go: async (page) => {
      await page.locator('[role=row][aria-rowindex="5"]').waitFor();
      await page.keyboard.press('Alt+KeyC');
    },
  },
  approvals: {
    ...{ role: 'principal', path: '/approvals', answers: { 'approvals.inbox': inbox } },
    shown: '[role=row][aria-rowindex="4"]',
  },
  ...paymentPlaces,
  budgets: { role: 'principal', path: '/budgets', shown: '.budget-table' },
  'setting a budget': {
    ...{ role: 'principal', path: '/budgets', shown: 'dialog form' },
    go: async (page) => await page.locator('.budget-table tbody .button').first().click(),
  },
  reports: { role: ACCOUNTS, path: '/reports', shown: '.report-cards' },
  'a statement': {
    ...{ role: ACCOUNTS, path: '/reports/trial_balance', shown: '.report-total' },
    answers: { 'reports.get': trialBalance },
  },
  'a ledger': {
    ...{ role: ACCOUNTS, path: '/reports/ledger/accountCode=1200', shown: '[role=row][aria-rowindex="2"]' },
    answers: { 'ledger.page': ledgerPage, 'chart.get': chart },
  },
  periods: {
    ...{ role: 'principal', path: '/periods', answers: { 'periods.list': periods } },
    shown: '.periods-table',
  },
  'opening a month again': {
    ...{ role: 'principal', path: '/periods', answers: { 'periods.list': periods }, shown: 'dialog form' },
    go: async (page) => await page.locator('.periods-table tbody .button').first().click(),
  },
  ...bankPlaces,
  vendors: { role: ACCOUNTS, path: '/vendors', shown: '[role=row][aria-rowindex="5"]' },
  'a vendor': {
    ...{ role: ACCOUNTS, path: '/vendors', answers: { 'vendors.get': vendors[0] }, shown: '.vendor-figures' },
    go: openGrid,
  },
  'correcting a vendor': {
    ...{ role: ACCOUNTS, path: '/vendors', answers: { 'vendors.get': vendors[0] }, shown: 'dialog form' },
    go: async (page) => {
      await openGrid(page);
      await page.locator('.vendor-figures').waitFor();
      await page.keyboard.press('Alt+KeyL');
    },
  },
  'import, the file': { role: ACCOUNTS, path: '/import', shown: '.import-drop' },
  'import, the columns': {
    ...{ role: ACCOUNTS, path: '/import', shown: '.import-preview' },
    answers: { 'files.begin': { fileId: plan.fileId }, 'files.write': {}, 'imports.plan': plan },
    go: async (page) =>
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'bills.xlsx', mimeType: '', buffer: Buffer.from('bills') }),
  },
  'to Tally, over its port': {
    ...{ role: ACCOUNTS, path: '/tally', shown: '.exchange [role=status]' },
    answers: { 'exchange.companies': { companies: ['Sahyadri Valley College of Engineering & Trust, Pune'] } },
    go: async (page) => {
      await page.locator('.exchange select').nth(1).selectOption('tally');
      await page.keyboard.press('Alt+KeyT');
    },
  },
  'from Tally, the preview': {
    ...{ role: ACCOUNTS, path: '/tally', shown: '.exchange-notes' },
    answers: { 'files.begin': { fileId: plan.fileId }, 'files.write': {}, 'exchange.plan': exchangePreview },
    go: async (page) => {
      await page.getByRole('tab').nth(1).click();
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'DayBook.xml', mimeType: '', buffer: Buffer.from('<ENVELOPE/>') });
    },
  },
  sync: {
    ...{ role: ACCOUNTS, path: '/sync', shown: '.attention-card' },
    answers: { 'sync.pendingList': waiting, 'attention.list': attention },
  },
  connections: {
    ...{ role: ACCOUNTS, path: '/connections', answers: { 'connections.list': sampleConnections() } },
    shown: '.connection.is-selected',
  },
  'a new connection': {
    ...{ role: ACCOUNTS, path: '/connections', answers: { 'connections.list': sampleConnections() } },
    go: async (page) => {
      await page.locator('.connection').first().waitFor();
      await page.keyboard.press('Alt+KeyN');
    },
    shown: 'dialog form',
  },
  backup: { role: ACCOUNTS, path: '/backup', answers: { 'backups.look': backups }, shown: '.backup-state' },
  'backup, the passphrase': {
    ...{ role: ACCOUNTS, path: '/backup', answers: { 'backups.look': backups } },
    ...{ go: press('Alt+KeyP'), shown: 'dialog form' },
  },
  'consolidated, by month': { role: 'super_accountant', path: '/consolidated', answers: books, shown: '.matrix' },
  'consolidated, by category': {
    ...{ role: 'super_accountant', path: '/consolidated', answers: books, shown: '[role=tabpanel] .matrix' },
    go: async (page) => await page.getByRole('tab').nth(1).click(),
  },
  'consolidated, by account': {
    ...{ role: 'super_accountant', path: '/consolidated', answers: books, shown: '[role=tabpanel] .matrix' },
    go: async (page) => await page.getByRole('tab').nth(2).click(),
  },
  'the audit trail': {
    ...{ role: 'auditor', path: '/audit', answers: { 'audit.page': { rows: [entry], count: 1 } } },
    shown: '[role=row][aria-rowindex="2"]',
  },
  'an entry of the audit trail': {
    ...{ role: 'auditor', path: '/audit', answers: { 'audit.page': { rows: [entry], count: 1 } } },
    ...{ go: openGrid, shown: '.audit-hashes' },
  },
};

async function visit(place: Place, options: PageOptions): Promise<Page> {
  const page = await openAs(screens, place.role, place.path, place.answers ?? {}, options);
  await place.go?.(page);
  await page.locator(place.shown).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  return page;
}

/**
 * What does not fit into its box sideways. A list scrolls in its own frame; what ends in an ellipsis has to tell the whole in a title.
 */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const seen = (element: HTMLElement): boolean =>
      element.checkVisibility() && element.closest('.visually-hidden, [hidden]') === null && element.clientWidth > 1;
    return [...document.querySelectorAll<HTMLElement>('html, body, body *')].flatMap((element) => {
      if (
        !seen(element) ||
        element.matches('input, select, textarea, .data-table, .import-preview, .file-preview, .figure-table')
      )
        return [];
      if (element.scrollWidth <= element.clientWidth + 1) return [];
      const { textOverflow } = getComputedStyle(element);
      if (textOverflow === 'ellipsis' && element.closest('[title]')?.getAttribute('title')) return [];
      const words = element.textContent.trim().slice(0, 60);
      return [`${element.tagName}.${element.className} ${element.scrollWidth} in ${element.clientWidth}: ${words}`];
    });
  });

test.each(Object.entries(places))('%s: texts longer by two fifths fit', async (_name, place) => {
  const page = await visit(place, { query: '?long=1' });
  expect(await tooWide(page)).toEqual([]);
  await page.context().close();
});

const sidewaysInFrames = (page: Page): Promise<number[]> =>
  page
    .locator('.data-table')
    .evaluateAll((tables) => tables.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));

test.each(Object.entries(places))(
  '%s: its lists need no scrolling sideways on an office PC; at twice the size it fits, and its main button is reached',
  async (_name, place) => {
    const page = await visit(place, { size: [1366, 768] });
    for (const [width, height] of [
      [1366, 768],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      // A list measures itself once more after the window has changed.
      await expect.poll(async () => (await sidewaysInFrames(page)).filter((over) => over !== 0)).toEqual([]);
    }
    await page.setViewportSize({ width: 683, height: 384 });
    await expect.poll(() => tooWide(page)).toEqual([]);
    const dialog = page.locator('dialog');
    const main = ((await dialog.count()) > 0 ? dialog : page.locator('main')).locator('.button-primary').first();
    if ((await main.count()) > 0) {
      const reached = await main.evaluate((button) => {
        button.scrollIntoView({ block: 'center' });
        const { x, y, width, height } = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      });
      expect(reached).toBe(true);
    }
    await page.context().close();
  },
);

for (const phase of ['unenrolled', 'signed_out']) {
  test.each([{ query: `?phase=${phase}&long=1` }, { query: `?phase=${phase}`, size: [683, 384] } as const])(
    `the door, ${phase}: fits (%o)`,
    async (options) => {
      const page = await screens.open(options);
      await page.locator('h1').waitFor();
      expect(await tooWide(page)).toEqual([]);
      await page.locator('.button-primary').first().scrollIntoViewIfNeeded();
      await page.context().close();
    },
  );
}
