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

/** The inbox of a principal with three expenses, the third beyond its budget; approving takes effect as on a desk. */
async function inbox(size: readonly [number, number] = [1366, 768], language: 'en' | 'hi' = 'en'): Promise<Page> {
  const page = await screens.open({ query: '?rows=40&role=principal', path: '/expenses', size, language });
  await page.evaluate(async () => {
    type Reply = { value: { rows?: unknown[] } };
    const ask = async (channel: string, input: unknown) =>
      ((await window.memory.invoke(channel, input)) as Reply).value;
    const filter = {
      collegeId: null,
      text: '',
      status: ['submitted'],
      category: [],
      accountCode: null,
      vendorId: null,
      from: null,
      to: null,
      minPaise: null,
      maxPaise: null,
      pendingOnly: false,
    };
    const found = (await ask('expenses.page', { filter, sort: 'date_desc', offset: 0, limit: 100 })).rows as {
      id: string;
      totalPaise: bigint;
    }[];
    const rows = found.slice(0, 3);
    const views = new Map<string, Record<string, unknown>>();
    for (const [index, { id }] of rows.entries()) {
      const view = (await ask('expenses.get', { id })) as Record<string, unknown>;
      views.set(id, { ...view, actions: ['approve', 'return', 'reject'], overBudget: index === 2 });
    }
    const waiting = () => rows.filter(({ id }) => views.get(id)?.status === 'submitted');
    window.memory.answer('approvals.inbox', () => ({
      rows: waiting() as never,
      count: waiting().length,
      totalPaise: waiting().reduce((sum, row) => sum + row.totalPaise, 0n),
      overdue: 1,
    }));
    window.memory.answer('expenses.get', ({ id }) => views.get(id) as never);
    window.memory.answer('commands.run', (command) => {
      if (!('expenseId' in command.args)) throw new Error('not about an expense');
      const { expenseId } = command.args;
      const decidedById = '01980000-0000-7000-8002-000000000002';
      const decided = { status: 'payable', actions: [], decidedById, decidedByName: 'Dr. A. Deshpande', decidedAt: 1 };
      views.set(expenseId, { ...views.get(expenseId), ...decided });
      setTimeout(() => window.memory.emit({ name: 'changed', data: { tables: ['expenses'] } }));
      return { commandId: expenseId, seq: 1, reference: null };
    });
    Object.assign(window, {
      decideElsewhere: () => {
        const first = waiting()[0];
        if (first === undefined) return;
        // A namesake: whose decision it is is told by the id.
        const namesake = { decidedById: '01980000-0000-7000-8002-000000000099', decidedByName: 'Dr. Anil Deshpande' };
        const decided = { status: 'returned', actions: [], ...namesake, decidedAt: 1_795_000_000_000 };
        views.set(first.id, { ...views.get(first.id), ...decided });
        window.memory.emit({ name: 'changed', data: { tables: ['expenses'] } });
      },
    });
    window.location.hash = '/approvals';
  });
  await page.locator('[role=row][aria-rowindex="4"]').waitFor();
  return page;
}

test('several are approved after one question that names count and sum; what is over budget is left out', async () => {
  const page = await inbox();
  expect(await axeProblems(page)).toEqual([]);
  await page.locator('.data-table').focus();
  for (const key of ['Space', 'ArrowDown', 'Space', 'ArrowDown', 'Space', 'Alt+KeyM']) await page.keyboard.press(key);
  const dialog = page.locator('dialog');
  await dialog.getByRole('table').waitFor();
  const amounts = await dialog.locator('td.number').allInnerTexts();
  expect(amounts).toHaveLength(2);
  const sum = amounts.reduce((total, text) => total + BigInt(text.replace(/[^0-9]/g, '')), 0n);
  const confirm = await dialog.locator('button[type=submit]').innerText();
  expect(BigInt((/₹([\d,.]+)/.exec(confirm)?.[1] ?? '').replace(/[^0-9]/g, ''))).toBe(sum);
  expect(await dialog.innerText()).toContain('beyond the budget');
  expect(await sent(page, 'commands.run')).toEqual([]);
  await page.keyboard.press('Control+KeyA');
  await dialog.waitFor({ state: 'detached' });
  expect(await sent(page, 'commands.run')).toHaveLength(2);
  await page.locator('[role=row][aria-rowindex="3"]').waitFor({ state: 'detached' });
  await page.context().close();
});

test('beside the list the next one comes after a decision, and a quicker decision of another is told', async () => {
  const page = await inbox([1920, 1080], 'en');
  const heading = page.locator('.side-detail h1');
  const first = await heading.innerText();
  await page.keyboard.press('Alt+KeyA');
  await page.locator('dialog button[type=submit]').waitFor();
  await page.keyboard.press('Control+KeyA');
  await page.waitForFunction((before) => document.querySelector('.side-detail h1')?.textContent !== before, first);
  const second = await heading.innerText();
  await page.evaluate(() => (window as unknown as { decideElsewhere(): void }).decideElsewhere());
  await page.locator('.approval-told').getByText('Dr. Anil Deshpande already decided this').waitFor();
  // It stays in sight until it was read.
  expect(await heading.innerText()).toBe(second);
  await page.getByRole('button', { name: 'Next one' }).click();
  await page.waitForFunction((before) => document.querySelector('.side-detail h1')?.textContent !== before, second);
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});
