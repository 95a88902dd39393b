import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, Menu, session } from 'electron';
import { toHex } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { Desk } from '../host/desk.ts';
import { APP_PAGE } from './app-address.ts';
import { menuTemplate } from './app-menu.ts';
import { guardContents, guardSession } from './guard-session.ts';
import { IpcHost } from './ipc-host.ts';
import { spawnLedgerProcess } from './ledger-process.ts';
import { askInWindow, chooseSecretFiles, prepareSecretWindow } from './secret-window.ts';
import { registerAppScheme, serveApp } from './serve-app.ts';
import { startProblemText } from './start-problem.ts';
import { windowOptions } from './window-options.ts';

/** Everything is built into `dist/`, this file into `dist/main/`. */
const dist = dirname(dirname(fileURLToPath(import.meta.url)));
/** The desk gets this long to end in order; what was acknowledged is on disk without it. */
const CLOSE_MAX_MS = 10_000;

const log = (ref: string, problem: unknown): void => console.error(`[${ref}]`, problem);

async function openDesk(): Promise<void> {
  await app.whenReady();
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(app.isPackaged)));
  // Loaded only by the instance that holds the lock: a second one must end before it could touch the books.
  const { startDesktop } = await import('../composition/desktop.ts');
  const desk = await startDesktop({
    dataDir: join(app.getPath('userData'), 'desk'),
    resourcesDir: app.isPackaged ? process.resourcesPath : join(dist, 'resources'),
    spawnLedger: () => spawnLedgerProcess(join(dist, 'ledger', 'ledger.js')),
    chooseFolder,
    chooseSecretFiles: (kind) => chooseSecretFiles(deskWindow(), kind),
    askSecrets: (question) => askInWindow(dist, deskWindow(), question),
  });
  const ipc = new IpcHost(desk, log);
  guardSession(session.defaultSession);
  serveApp(session.defaultSession, join(dist, 'renderer'));
  prepareSecretWindow(dist);
  endInOrder(desk);
  openWindow(ipc);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(ipc);
  });
}

/** What modal windows belong to. */
const deskWindow = (): BrowserWindow | null => BrowserWindow.getAllWindows()[0] ?? null;

/** The dialog of the system, so that no page ever names a path. */
async function chooseFolder(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] });
  return canceled ? null : (filePaths[0] ?? null);
}

function openWindow(ipc: IpcHost): void {
  const window = new BrowserWindow(windowOptions(join(dist, 'preload', 'preload.cjs'), app.isPackaged));
  ipc.admit(window);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(APP_PAGE);
}

function endInOrder(desk: Desk): void {
  let closing = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    const patience = new Promise((resolve) => setTimeout(resolve, CLOSE_MAX_MS));
    void Promise.race([desk.close(), patience])
      .catch((problem: unknown) => log('close', problem))
      .finally(() => app.exit(0));
  });
}

function showExistingWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  registerAppScheme();
  guardContents();
  app.on('second-instance', showExistingWindow);
  app.on('window-all-closed', () => app.quit());
  openDesk().catch((problem: unknown) => {
    const ref = toHex(systemRandom.bytes(6));
    log(ref, problem);
    dialog.showErrorBox('Munim', startProblemText(problem, ref));
    app.exit(1);
  });
} else {
  app.exit(0);
}
