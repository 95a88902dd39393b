import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SecretQuestion } from '../../../shared/domain/connection/secret-fields.ts';
import type { ConnectionsView } from '../../../shared/ipc/contract/connections.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from '../../testing/open-page.ts';
import { sampleConnections } from '../../testing/sample-connections.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const shots = process.env.MUNIM_SHOTS;
const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots === undefined) return;
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${shots}/${name}.png` });
};

/** The screen over these connections; what it does takes effect as on a desk. */
async function connections(view: ConnectionsView, options: PageOptions = {}): Promise<Page> {
  const page = await screens.open({ path: '/expenses', ...options });
  await page.evaluate((start) => {
    let now = start;
    window.memory.answer('connections.list', () => now);
    window.memory.answer('connections.askSecrets', ({ id }) => {
      const set = (one: (typeof now.connections)[number]) => ({ ...one, secretsSet: ['apiKey'], missing: [] });
      now = { ...now, connections: now.connections.map((one) => (one.id === id ? set(one) : one)) };
      return { done: true };
    });
    window.memory.answer('connections.importCertificate', () => ({ done: true }));
    window.memory.answer('connections.importAuthority', () => ({ done: false }));
    window.memory.answer('connections.save', ({ id }) => ({ id: id ?? start.connections[0]?.id ?? '' }));
    window.memory.answer('connections.test', () => ({ code: null, details: {}, availablePaise: 12_34_567_89n }));
    window.memory.answer('connections.remove', ({ id }) => {
      now = { ...now, connections: now.connections.filter((one) => one.id !== id) };
      return {};
    });
    window.memory.emit({ name: 'changed', data: { tables: ['outbox'] } });
    window.location.hash = '/connections';
  }, view);
  await page.locator('h1', { hasText: options.language === 'hi' ? 'बैंक कनेक्शन' : 'Bank connections' }).waitFor();
  return page;
}

const sent = (page: Page, channel: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.memory.calls.filter((call) => call.channel === wanted).map(({ input }) => input),
    channel,
  );
const sample = () => sampleConnections(Date.now());
const [first, second] = sample().connections.map(({ id }) => id);

test.each([
  ['light', 'en'],
  ['dark', 'hi'],
] as const)('axe finds nothing, in the list and in the dialogs (%s, %s)', async (theme, language) => {
  const page = await connections(sample(), { theme, language });
  await page.locator('.connection').nth(1).waitFor();
  await shoot(page, `connections-${theme}`);
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Alt+KeyN');
  await page.locator('dialog form').waitFor();
  await shoot(page, `connection-new-${theme}`);
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+KeyX');
  await page.locator('dialog form').waitFor();
  await shoot(page, `connection-remove-${theme}`);
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

test('says what may be shown of a certificate, and how near its end is, here and in the status bar', async () => {
  const page = await connections(sample());
  const card = page.locator('.connection').first();
  await card.getByText('CN=accounts.saraswati.example').waitFor();
  await card.getByText('Expires in 5 days').waitFor();
  await card.getByText('Serial number 1A2B3C4D5E6F708192A3').waitFor();
  await page.locator('.status-bar').getByText('A bank certificate expires in 5 days').waitFor();
  await page.context().close();
});

test('the status bar says nothing of certificates that hold, and an expired one comes before one that will', async () => {
  const holding = sampleConnections(Date.now() + 60 * 86_400_000);
  const page = await connections({ ...holding, connections: holding.connections.slice(1) });
  await page.locator('.connection').waitFor();
  expect(await page.locator('.status-bar').getByText('certificate').count()).toBe(0);
  await page.context().close();
  const late = await connections(sampleConnections(Date.now() - 6 * 86_400_000));
  await late.locator('.status-bar').getByText('1 bank certificate expired').waitFor();
  await late.context().close();
});

test('by the keyboard alone: the arrows choose a connection, and its keys open what main shows', async () => {
  const page = await connections(sample());
  await page.locator('.connection').nth(1).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('ICICI Bank answers. Available: ₹12,34,567.89').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('.connection.is-selected', { hasText: 'HDFC Bank' }).waitFor();
  // It is not complete, so there is nothing to test.
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Alt+KeyS');
  await page.getByText('The secrets are kept.').waitFor();
  await page.locator('.connection', { hasText: 'Kept: API key' }).waitFor();
  await page.keyboard.press('Alt+KeyP');
  await page.getByText('The certificate is kept.').waitFor();
  await page.keyboard.press('Alt+KeyA');
  await expect.poll(() => sent(page, 'connections.importAuthority')).toHaveLength(1);
  expect(await sent(page, 'connections.test')).toEqual([{ id: first }]);
  expect(await sent(page, 'connections.askSecrets')).toEqual([{ id: second, language: 'en' }]);
  expect(await sent(page, 'connections.importCertificate')).toEqual([{ id: second, language: 'en' }]);
  await page.context().close();
});

test('a new connection is entered with settings only, and what is wrong stands at its field', async () => {
  const page = await connections(sample());
  await page.locator('.connection').first().waitFor();
  await page.keyboard.press('Alt+KeyN');
  const dialog = page.locator('dialog');
  await dialog.getByLabel('Environment').selectOption('custom');
  await dialog.getByLabel('Address').fill('http://bank.example');
  await page.keyboard.press('Control+Enter');
  await dialog.getByText('Five letters and digits or more').waitFor();
  await dialog.getByText('Fill this in in the form the bank gave it.').waitFor();
  expect(await sent(page, 'connections.save')).toEqual([]);
  await dialog.getByLabel('Account number').fill('012305004411');
  await dialog.getByLabel('Client ID').fill('saraswati');
  await dialog.getByLabel('Address').fill('https://bank.example/v2');
  expect(await dialog.locator('input[type=password]').count()).toBe(0);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(await sent(page, 'connections.save')).toMatchObject([
    {
      ...{ id: null, connectorId: 'icici', accountCode: '1101', accountNumber: '012305004411' },
      ...{ environment: 'custom', baseUrl: 'https://bank.example/v2', settings: { clientId: 'saraswati' } },
    },
  ]);
  await page.context().close();
});

test('one is removed only after the consequence was read', async () => {
  const page = await connections(sample());
  await page.locator('.connection').first().waitFor();
  await page.keyboard.press('Alt+KeyX');
  await page.getByText('are deleted from this desk').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await sent(page, 'connections.remove')).toEqual([]);
  await page.keyboard.press('Alt+KeyX');
  await page.locator('dialog').waitFor();
  await page.keyboard.press('Control+KeyA');
  await expect.poll(() => page.locator('.connection').count()).toBe(1);
  expect(await sent(page, 'connections.remove')).toEqual([{ id: first }]);
  await page.context().close();
});

test.each([
  ['locked', 'nothing is lost'],
  ['lost', 'The key of this PC that locked some secrets is gone'],
  ['damaged', 'Enrol the desk again'],
] as const)('a vault that is %s is said to be', async (state, words) => {
  const view = sample();
  const page = await connections({ ...view, vault: { ...view.vault, state, keysToDelete: 1 } });
  await page.getByRole('alert').getByText(words).waitFor();
  await page.getByText('1 earlier key could not be deleted').waitFor();
  await page.context().close();
});

test('where nothing is set up it says what to do', async () => {
  const page = await connections({ ...sample(), connections: [] });
  await page.getByText('No bank is connected yet').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});

describe('the window for secrets', () => {
  const field = { pattern: '[a-z0-9]{4,40}', mayBeBlank: false, isSet: false, isLong: false };
  const question: SecretQuestion = {
    ...{ purpose: 'secrets', about: 'Axis Bank', language: 'en', problem: null },
    fields: [
      { ...field, name: 'clientSecret' },
      { ...field, name: 'webhookSecret', mayBeBlank: true, isSet: true },
      { ...field, name: 'signingKey', isLong: true, pattern: '-----BEGIN [\\s\\S]+' },
    ],
  };
  const open = (asked: SecretQuestion, options?: PageOptions): Promise<Page> =>
    screens.openSecret(async (page) => {
      await page.addInitScript((given) => {
        const answers: unknown[] = [];
        const munimSecret = {
          question: async () => given,
          answer: async (values: unknown) => void answers.push(values),
        };
        Object.assign(window, { munimSecret, answers });
      }, asked);
    }, options);
  const answers = (page: Page): Promise<unknown> =>
    page.evaluate(() => (window as unknown as { answers: unknown[] }).answers);
  const KEY = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----';

  test.each([
    ['light', 'en'],
    ['dark', 'hi'],
  ] as const)('axe finds nothing (%s, %s)', async (theme, language) => {
    const page = await open({ ...question, language }, { theme, size: [560, 600] });
    await shoot(page, `secret-${theme}`);
    expect(await axeProblems(page)).toEqual([]);
    await page.context().close();
  });

  test('masks what is typed, sends it once, and keeps none of it', async () => {
    const page = await open(question);
    await page.keyboard.type('NO');
    await page.keyboard.press('Control+Enter');
    await page.getByText('This does not have the expected form.').first().waitFor();
    expect(await answers(page)).toEqual([]);
    await page.getByLabel('Client secret').fill('good1234');
    await page.getByLabel('Signing key of the college').fill(KEY);
    expect(await page.getByLabel('Client secret').getAttribute('type')).toBe('password');
    const masked = await page
      .getByLabel('Signing key of the college')
      .evaluate((area) => getComputedStyle(area).getPropertyValue('-webkit-text-security'));
    expect(masked).toBe('disc');
    await page.keyboard.press('Control+Enter');
    expect(await answers(page)).toEqual([{ clientSecret: 'good1234', webhookSecret: '', signingKey: KEY }]);
    expect(
      await page.locator('input, textarea').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    ).toEqual(['', '', '']);
    await page.context().close();
  });

  test('takes what is pasted, and Escape gives it up', async () => {
    const page = await open(question);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(() => navigator.clipboard.writeText('pasted99'));
    await page.keyboard.press('Control+KeyV');
    expect(await page.getByLabel('Client secret').inputValue()).toBe('pasted99');
    await page.keyboard.press('Escape');
    await expect.poll(() => answers(page)).toEqual([null]);
    expect(await page.getByLabel('Client secret').inputValue()).toBe('');
    await page.context().close();
  });

  test('says why it asks for a passphrase again', async () => {
    const fields = [{ ...field, name: 'passphrase', pattern: '[\\s\\S]+' }];
    const page = await open({
      ...{ purpose: 'passphrase', about: 'college.p12', language: 'en', fields },
      problem: 'CERTIFICATE_PASSPHRASE_WRONG',
    });
    await page.getByText('This passphrase does not open the file.').waitFor();
    await page.getByLabel('Passphrase').fill('neem lantern');
    await page.keyboard.press('Enter');
    await expect.poll(() => answers(page)).toEqual([{ passphrase: 'neem lantern' }]);
    await page.context().close();
  });
});
