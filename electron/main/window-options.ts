import type { BrowserWindowConstructorOptions } from 'electron';

/**
 * @param preload absolute path of the built preload script
 * @param packaged an installed desk has no developer tools
 */
export function windowOptions(preload: string, packaged: boolean): BrowserWindowConstructorOptions {
  return {
    title: 'Munim',
    width: 1366,
    height: 768,
    minWidth: 960,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#f7f6f4',
    webPreferences: {
      ...safePreferences(preload, packaged),
      // A desk in the background still takes rows from the server and shows them at once when it comes back.
      backgroundThrottling: false,
    },
  };
}

/** In memory only, and shared with no other window. */
export const SECRET_PARTITION = 'secret';
const HEAD_HEIGHT = 240;
const FIELD_HEIGHT = 84;
const LONG_FIELD_HEIGHT = 150;
const HEIGHT_MAX = 720;

/** @param fields what the window asks for; `isLong` of each */
export function secretWindowOptions(
  preload: string,
  packaged: boolean,
  fields: readonly { readonly isLong: boolean }[],
): BrowserWindowConstructorOptions {
  const rows = fields.reduce((sum, { isLong }) => sum + (isLong ? LONG_FIELD_HEIGHT : FIELD_HEIGHT), HEAD_HEIGHT);
  return {
    title: 'Munim',
    width: 560,
    height: Math.min(rows, HEIGHT_MAX),
    useContentSize: true,
    modal: true,
    show: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    autoHideMenuBar: true,
    backgroundColor: '#f7f6f4',
    webPreferences: { ...safePreferences(preload, packaged), partition: SECRET_PARTITION },
  };
}

/** What no page of ours may ever do, whatever window it is in. */
function safePreferences(preload: string, packaged: boolean) {
  return {
    preload,
    devTools: !packaged,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}
