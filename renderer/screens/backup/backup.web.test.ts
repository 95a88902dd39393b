/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { BackupsView } from '../../../shared/ipc/contract/backups.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from '../../testing/open-page.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const shots = process.env.MUNIM_SHOTS;
const JOB = '01980000-0000-7000-8009-000000000001';
const FILE = '01980000-0000-7000-8009-000000000002';
const fresh: BackupsView = {
  passphraseSetAt: null,
  daily: false,
  keep: 7,
  folderName: null,
  canChooseFolder: true,
  mayKeep: true,
  last: null,
  failure: null,
  restored: null,
};

/** The page of backups of a desk in this state; what it does takes effect as on a desk. */
async function backups(view: Partial<BackupsView>, options: PageOptions = {}): Promise<Page> {
  const page = await screens.open({ path: '/expenses', ...options });
  await page.evaluate(
    ({ start, job, file }) => {
      let now = start;
      const told = (change: Partial<typeof start>) => {
        now = { ...now, ...change };
        return now;
      };
      const at = Date.now() - 60_000;
      const done = {
        id: job,
        state: 'done' as const,
        done: 100,
        total: 100,
        error: null,
        result: null,
      };
      const last = {
        at,
        fileName: 'munim-NHC.munim-backup',
        sizeBytes: 3_400_000,
        colleges: ['NHC'],
        vouchers: 1204,
        expenses: 880,
        waiting: 3,
      };
      let kind: 'backup' | 'restore' = 'backup';
      window.memory.answer('backups.look', () => now);
      window.memory.answer('backups.setPassphrase', () => told({ passphraseSetAt: at }));
      window.memory.answer('backups.setSchedule', (schedule) => told(schedule));
      window.memory.answer('backups.setFolder', ({ to }) => told({ folderName: to === 'own' ? null : 'Pen drive' }));
      window.memory.answer('backups.now', () => {
        kind = 'backup';
        told({ last });
        return { ...done, kind };
      });
      window.memory.answer('jobs.get', () => ({ ...done, kind }));
      window.memory.answer('files.begin', () => ({ fileId: file }));
      window.memory.answer('files.write', () => ({}));
      window.memory.answer('files.discard', () => ({}));
      window.memory.answer('backups.check', ({ passphrase }) => {
        kind = 'restore';
        if (passphrase === 'neem tamarind brass lantern') return { ...done, kind };
        const error = { code: 'BACKUP_PASSPHRASE_WRONG', details: {} };
        window.memory.answer('jobs.get', () => ({ ...done, kind, state: 'failed' as const, error }));
        return { ...done, kind, state: 'failed' as const, error };
      });
      window.memory.answer('backups.found', () => ({
        at,
        deskName: 'Accounts PC',
        personName: 'Asha Kulkarni',
        isOwn: false,
        colleges: [{ id: file, code: 'NHC', name: 'New Horizon College', vouchers: 123456, expenses: 880 }],
        waiting: 3,
      }));
      window.memory.answer('backups.restore', () => {
        told({ restored: { at: Date.now(), backupAt: at, waiting: 3, problem: null } });
        setTimeout(() => window.memory.emit({ name: 'ledger', data: { state: 'ready' } }));
        return {};
      });
      window.location.hash = '/backup';
    },
    { start: { ...fresh, ...view }, job: JOB, file: FILE },
  );
  await page.locator('.backup-state').waitFor();
  return page;
}

const sent = (page: Page, channel: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.memory.calls.filter((call) => call.channel === wanted).map(({ input }) => input),
    channel,
  );

async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  // The toast stands over the foot of the page for a while.
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${shots}/${name}.png` });
}

const choose = (page: Page) =>
  page
    .locator('input[type=file]')
    .setInputFiles({ name: 'books.munim-backup', mimeType: 'application/octet-stream', buffer: Buffer.from('bytes') });

test('by the keyboard alone: the passphrase is typed twice and ticked as written down, then a backup is made', async () => {
  const page = await backups({});
  await shoot(page, 'fresh');
  expect(await page.getByRole('button', { name: 'Back up now' }).isDisabled()).toBe(true);
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Alt+KeyP');
  const dialog = page.locator('dialog');
  await dialog.getByText('It cannot be recovered').waitFor();
  await page.keyboard.press('Control+Enter');
  await dialog.getByText('Tick that you have written it down.').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await dialog.getByLabel('New passphrase').fill('neem tamarind brass lantern');
  await dialog.getByLabel('The same once more').fill('neem tamarind brass lanterns');
  await dialog.getByLabel('I have written it down').check();
  await page.keyboard.press('Control+Enter');
  await dialog.getByText('The two are not the same.').waitFor();
  await shoot(page, 'passphrase');
  expect(await sent(page, 'backups.setPassphrase')).toEqual([]);
  await dialog.getByLabel('The same once more').fill('neem tamarind brass lantern');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(await sent(page, 'backups.setPassphrase')).toEqual([{ passphrase: 'neem tamarind brass lantern' }]);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Last verified backup: today').waitFor();
  await page.getByText('NHC: 1,204 vouchers and 880 expenses, 3.2 MiB.').waitFor();
  await page.getByText('3 entries in it were not yet at the server then.').waitFor();
  await shoot(page, 'made');
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test('the schedule says where backups lie and takes only a sensible number', async () => {
  const page = await backups({ passphraseSetAt: 1 });
  await page.getByText('not when the PC is lost').waitFor();
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByText('In the folder “Pen drive”').waitFor();
  await page.getByLabel('Make a backup every day').check();
  await page.getByLabel('Backups to keep').fill('99');
  expect(await page.getByRole('button', { name: 'Save the schedule' }).isDisabled()).toBe(true);
  await page.getByLabel('Backups to keep').fill('14');
  await page.getByLabel('Backups to keep').press('Enter');
  await page.getByText('The schedule is saved.').waitFor();
  expect(await sent(page, 'backups.setSchedule')).toEqual([{ daily: true, keep: 14 }]);
  await page.context().close();
});

test('a restore shows what is in the backup and asks once more before the books are touched', async () => {
  const page = await backups({ passphraseSetAt: 1 }, { theme: 'dark', size: [1366, 900] });
  await choose(page);
  await page.getByLabel('Passphrase of the backup').fill('not the one');
  await page.getByLabel('Passphrase of the backup').press('Enter');
  await page.getByText('This passphrase does not open the backup.').waitFor();
  await shoot(page, 'wrong-dark');
  await page.evaluate((id) => {
    window.memory.answer('jobs.get', () => ({
      id,
      kind: 'restore' as const,
      state: 'done' as const,
      done: 100,
      total: 100,
      error: null,
      result: null,
    }));
  }, JOB);
  await page.getByLabel('Passphrase of the backup').fill('neem tamarind brass lantern');
  await page.getByLabel('Passphrase of the backup').press('Enter');
  await page.getByText('1,23,456').waitFor();
  await page.getByText('3 entries in it were not at the server yet.').first().waitFor();
  await page.getByText('signs in on this PC once').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Restore these books' }).scrollIntoViewIfNeeded();
  await shoot(page, 'found-dark');
  await page.getByRole('button', { name: 'Restore these books' }).click();
  const dialog = page.locator('dialog');
  await dialog.getByText('are moved aside and kept').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await shoot(page, 'confirm-dark');
  expect(await sent(page, 'backups.restore')).toEqual([]);
  await page.keyboard.press('Control+KeyA');
  await page.getByText('The books were restored today').waitFor();
  expect(await sent(page, 'backups.restore')).toEqual([{ jobId: JOB }]);
  await page.context().close();
});

test('in Hindi, with a failure and for a person who only reads', async () => {
  const failure = { at: Date.now(), code: 'BACKUP_FOLDER', details: { reason: 'ENOENT' } };
  const page = await backups({ passphraseSetAt: 1, failure }, { language: 'hi' });
  await page.getByText('पिछला बैकअप नहीं बन सका').waitFor();
  await page.getByText('दूसरा फ़ोल्डर चुनें').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await shoot(page, 'failed-hi');
  await page.context().close();
  const reader = await backups({ mayKeep: false });
  await reader.getByText('backups are for those who keep them').waitFor();
  expect(await reader.getByRole('button', { name: 'Back up now' }).count()).toBe(0);
  await reader.context().close();
});
