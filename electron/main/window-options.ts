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
      // A desk in the background still takes rows from the server and shows them at once when it comes back.
      backgroundThrottling: false,
    },
  };
}
