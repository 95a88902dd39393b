import { expect, it } from 'vitest';
import { SECRET_PARTITION, secretWindowOptions, windowOptions } from './window-options.ts';

it.each([
  ['of the desk', windowOptions('/opt/munim/preload.cjs', true)],
  ['for secrets', secretWindowOptions('/opt/munim/preload.cjs', true, [])],
])('gives the page of the window %s no way around the bridge', (_, { webPreferences }) => {
  expect(webPreferences).toMatchObject({
    preload: '/opt/munim/preload.cjs',
    devTools: false,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
  });
  expect(webPreferences).not.toHaveProperty('enableBlinkFeatures');
});

it('keeps the window for secrets to itself: modal, in a session of its own that is never written to the disk', () => {
  const { modal, webPreferences } = secretWindowOptions('/opt/munim/secret.cjs', true, [{ isLong: true }]);
  expect(modal).toBe(true);
  expect(webPreferences?.partition).toBe(SECRET_PARTITION);
  expect(SECRET_PARTITION).not.toMatch(/^persist:/);
  expect(windowOptions('/opt/munim/preload.cjs', true).webPreferences).not.toHaveProperty('partition');
});

it('makes the window for secrets as high as what it asks for, and never higher than a small screen', () => {
  const height = (count: number) =>
    secretWindowOptions(
      '/p',
      true,
      Array.from({ length: count }, () => ({ isLong: false })),
    ).height ?? 0;
  expect(height(2)).toBeGreaterThan(height(1));
  expect(height(40)).toBeLessThanOrEqual(720);
});
