import type { BrowserWindowConstructorOptions } from 'electron';

/** @param preload absolute path of the built preload script */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
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
