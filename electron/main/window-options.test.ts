import { expect, it } from 'vitest';
import { windowOptions } from './window-options.ts';

it('gives the page no way around the bridge', () => {
  const { webPreferences } = windowOptions('/opt/munim/preload.cjs', true);
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
