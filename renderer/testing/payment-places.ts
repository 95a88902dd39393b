import type { Page } from 'playwright-core';
import type { OrderStage } from '../../shared/ipc/contract/payments.ts';
import { idOf } from './memory-books.ts';
import type { Place } from './place.ts';
import { payments } from './sample-payments.ts';

const SECOND_ROW = '[role=row][aria-rowindex="3"]';
const DIALOG = 'dialog form';

const place = (tab: string, shown: string, stage?: OrderStage): Place => ({
  ...{ role: 'college_accounts_admin', path: `/payments/${tab}`, answers: payments(stage), shown },
});
/** A list, and in it the keys that open a dialog. */
const inList = (tab: string, keys: readonly string[], stage?: OrderStage): Place => ({
  ...place(tab, DIALOG, stage),
  go: async (page: Page) => {
    await page.locator(SECOND_ROW).waitFor();
    await page.locator('[role=grid]').focus();
    for (const key of ['Home', ...keys]) await page.keyboard.press(key);
  },
});

/** Every part of the screen of payments and its dialogs. */
export const paymentPlaces: Readonly<Record<string, Place>> = {
  'bills to pay': place('pay', '[role=row][aria-rowindex="5"]'),
  'preparing payments': inList('pay', ['Space', 'ArrowDown', 'Space', 'ArrowDown', 'Space', 'Alt+KeyP']),
  'batches to release': { ...place('release', SECOND_ROW), role: 'principal' },
  'a batch': { ...place(`release/${idOf('010', 1)}`, SECOND_ROW), role: 'principal' },
  'releasing a batch': { ...inList(`release/${idOf('010', 1)}`, ['Alt+KeyR']), role: 'principal' },
  'payments under way': place('way', SECOND_ROW, 'under_way'),
  'a file for the bank': inList('way', ['Alt+KeyB'], 'under_way'),
  'what the bank said': inList('way', ['ArrowDown', 'ArrowDown', 'Alt+KeyO'], 'under_way'),
  'a payment through the bank': { ...inList('done', ['Enter'], 'done'), shown: '.pay-facts' },
  'payments that need a person': place('person', '.person-card', 'person'),
  'payments that are done': place('done', SECOND_ROW, 'done'),
  'bank details to approve': place('details', SECOND_ROW),
  'approving bank details': inList('details', ['Enter']),
  'bank accounts': place('accounts', SECOND_ROW),
  'a bank account': inList('accounts', ['Enter']),
  'the layout of a file': inList('accounts', ['Alt+KeyY']),
  'limits of a bank account': { ...inList('accounts', ['Alt+KeyM']), role: 'principal' },
};
