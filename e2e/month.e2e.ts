import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { readPdf } from '../electron/adapters/report/read-pdf.fixture.ts';
import { type DeskWindow, System } from './support/system.ts';

/**
 * A month of the ledger by keys alone: entered, corrected, closed and reported, on a real desk with a real server, and seen by the
 * principal. The mouse is never touched.
 */
let system: System;
let accounts: DeskWindow;
let principal: DeskWindow;
beforeAll(async () => {
  system = await System.start();
  accounts = await system.desk('Accounts PC');
  principal = await system.desk('Principal PC');
}, 300_000);
afterAll(() => system?.stop());

const field = (page: Page, name: string) =>
  page.locator(`[data-field="${name}"] :is(input, select, textarea):focus`).first();

/** Goes on by Enter until the field has the cursor. */
async function reach(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 8; steps += 1) {
    if ((await field(page, name).count()) > 0) return;
    await page.keyboard.press('Enter');
    await page.waitForTimeout(60);
  }
  await field(page, name).waitFor();
}

async function enter(page: Page, name: string, typed: string): Promise<void> {
  await reach(page, name);
  await page.keyboard.type(typed, { delay: 4 });
  await page.keyboard.press('Enter');
}

interface Entry {
  readonly key: string;
  readonly date: string;
  /** Account and amount of the first line; the second takes the rest. */
  readonly first: readonly [account: string, amount: string];
  readonly second: string;
  readonly narration: string;
}

async function begin(page: Page, { key, date, first, second }: Entry): Promise<void> {
  await page.keyboard.press(key);
  await field(page, 'line.1.account').waitFor();
  await page.keyboard.press('F2');
  await enter(page, 'date', date);
  await enter(page, 'line.1.account', first[0]);
  await enter(page, 'line.1.amount', first[1]);
  await enter(page, 'line.2.account', second);
  await reach(page, 'line.2.amount');
}

/** Enters a voucher and waits until the desk has it. */
async function post(page: Page, entry: Entry): Promise<void> {
  await begin(page, entry);
  await enter(page, 'narration', entry.narration);
  await page.keyboard.press('Control+KeyA');
  await page.getByText(/^Posted: .* over /).waitFor();
}

/** Any screen through the palette. */
async function goTo(page: Page, screen: string): Promise<void> {
  await page.keyboard.press('Control+KeyK');
  await page.locator('[cmdk-input]').waitFor();
  await page.keyboard.type(screen);
  await page.locator('[cmdk-item][aria-selected=true]', { hasText: screen }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: screen }).waitFor();
}

/** Tab until the control of this name has the focus, and presses it. */
async function press(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (here.startsWith(name)) {
      await page.keyboard.press('Enter');
      return;
    }
  }
  throw new Error(`no way by keys to ${name}`);
}

test('a month is entered, corrected, closed and reported with the keyboard alone', async () => {
  onTestFailed(() => system.takePictures(join('.data', 'e2e')));
  await accounts.enrol(['SCE']);
  await principal.enrol(['SCE']);
  await accounts.signIn('college_accounts_admin', 'SCE');
  await principal.signIn('principal', 'SCE');
  await accounts.synced();
  const { page } = accounts;
  const { colleges, today } = await accounts.ask((client) => client.call('session.get', {}));
  const collegeId = colleges[0]?.id ?? '';
  const before = new Date(Date.parse(`${today.slice(0, 7)}-01T00:00:00Z`) - 86_400_000).toISOString();
  const month = before.slice(0, 7);
  const day = (date: string): string => `${date}-${month.slice(5)}-${month.slice(0, 4)}`;
  const balance = async (accountCode: string): Promise<bigint> => {
    const window = { offset: 0, limit: 1 };
    const question = { collegeId, accountCode, from: `${month}-01`, to: today, ...window };
    return (await accounts.ask((client) => client.call('ledger.page', question))).closingPaise;
  };
  const [bank, deposits, advances] = await Promise.all(['1200', '1520', '1510'].map(balance));

  // Entered.
  await goTo(page, 'Day book');
  await post(page, {
    ...{ key: 'F6', date: day('15'), first: ['4110', '50k'], second: '1200', narration: 'Admission fees' },
  });
  await page.keyboard.press('Escape');
  const wrong = { key: 'F5', date: day('16'), first: ['1520', '12,000'], second: '1200' } as const;
  await post(page, { ...wrong, narration: 'Tour advance to Dr. Rao' });
  await page.keyboard.press('Escape');
  expect(await balance('1520')).toBe((deposits ?? 0n) + 12_000_00n);

  // Corrected: the wrong account is taken back by a dated entry, and the right one entered.
  await page.keyboard.press('/');
  await page.keyboard.type('tour advance');
  await page.getByText('1 voucher').waitFor();
  await page.keyboard.press('Tab');
  for (let steps = 0; steps < 12 && (await page.locator('[role=grid]:focus').count()) === 0; steps += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByText('Security deposits given').waitFor();
  await page.keyboard.press('Alt+KeyX');
  await page.locator('dialog textarea').waitFor();
  await page.keyboard.type(day('17'));
  await page.keyboard.press('Tab');
  await page.keyboard.type('Charged to the wrong account');
  await page.keyboard.press('Control+KeyA');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await post(page, { ...wrong, first: ['1510', '12,000'], narration: 'Tour advance to Dr. Rao' });
  await page.keyboard.press('Escape');
  expect(await Promise.all(['1200', '1520', '1510'].map(balance))).toEqual([
    (bank ?? 0n) + 38_000_00n,
    deposits,
    (advances ?? 0n) + 12_000_00n,
  ]);

  // Closed: what comes later for that month is refused where it is entered.
  await goTo(page, 'Periods');
  const name = new Intl.DateTimeFormat('en-IN', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
  await press(page, `Close ${name}`);
  await page.getByText(`Nothing more is posted to ${name}`).waitFor();
  await page.keyboard.press('Control+KeyA');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await begin(page, { key: 'F6', date: day('20'), first: ['4110', '1k'], second: '1200', narration: '' });
  await page.keyboard.press('Control+KeyA');
  await page
    .getByText(`The period of ${day('20')} is closed.`)
    .first()
    .waitFor();
  await page.keyboard.press('Escape');

  // Reported, down to the paper.
  await goTo(page, 'Reports');
  await press(page, 'Trial balance');
  await page.getByText('Advances to staff').waitFor();
  const download = page.waitForEvent('download');
  await page.keyboard.press('Alt+KeyP');
  const file = await (await download).path();
  const words = (await readPdf(file)).flatMap(({ lines }) => lines).join('\n');
  expect(words).toContain('Trial balance');
  expect(words).toContain('Advances to staff');
  const report = await accounts.ask((client) =>
    client.call('reports.get', {
      ...{ report: 'trial_balance', collegeId, from: `${month}-01`, to: today, language: 'en' },
    }),
  );
  const total = report.rows.at(-1);
  if (total?.kind !== 'total') throw new Error('the trial balance has no total');
  expect(total.cells.debit).toBe(total.cells.credit);

  // The principal sees the month closed, and by whom.
  await accounts.synced();
  await principal.synced();
  const { years } = await principal.ask((client) => client.call('periods.list', { collegeId }));
  const seen = years.flatMap(({ months }) => months).find((one) => one.month === month);
  expect(seen).toMatchObject({ closed: { byName: expect.any(String) }, actions: ['reopen'] });
  expect((await accounts.ask((client) => client.call('attention.list', {}))).rows).toEqual([]);
  expect([...accounts.complaints, ...principal.complaints]).toEqual([]);
});
