import { join } from 'node:path';
import { app, BrowserWindow, dialog, type IpcMainInvokeEvent, session } from 'electron';
import { SECRET_ANSWER_CHANNEL, SECRET_QUESTION_CHANNEL } from '../../shared/ipc/secret.ts';
import type { FileKind, SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import { readSecretAnswer } from '../host/secret-answer.ts';
import { SECRET_PAGE } from './app-address.ts';
import { guardSession } from './guard-session.ts';
import { isSecretPage } from './sender-check.ts';
import { serveApp } from './serve-app.ts';
import { SECRET_PARTITION, secretWindowOptions } from './window-options.ts';

type SecretQuestion = Parameters<SecretPrompt['ask']>[0];
type Values = Readonly<Record<string, string>> | null;

/** The window that asks for secrets serves its page out of a session that no other window has. Once, when the app is ready. */
export function prepareSecretWindow(dist: string): void {
  const own = session.fromPartition(SECRET_PARTITION);
  guardSession(own);
  serveApp(own, join(dist, 'renderer'));
}

/** Asks in a modal window of the main process. What is typed goes to whoever asked and nowhere else. @returns null when it was closed */
export function askInWindow(dist: string, owner: BrowserWindow | null, question: SecretQuestion): Promise<Values> {
  const preload = join(dist, 'preload', 'secret.cjs');
  const window = new BrowserWindow({
    ...secretWindowOptions(preload, app.isPackaged, question.fields),
    ...(owner === null ? {} : { parent: owner }),
  });
  // Not in screenshots, recordings or a shared screen, where the system can keep it out.
  window.setContentProtection(true);
  window.setMenu(null);
  const { id, ipc } = window.webContents;
  const check = (event: IpcMainInvokeEvent): void => {
    if (!isSecretPage(event, id)) throw new Error('refused');
  };
  return new Promise((resolve) => {
    let answered: Values = null;
    ipc.handle(SECRET_QUESTION_CHANNEL, (event) => {
      check(event);
      return question;
    });
    ipc.handle(SECRET_ANSWER_CHANNEL, (event, sent: unknown) => {
      check(event);
      answered = readSecretAnswer(question, sent);
      // After the answer to this call has gone out.
      setImmediate(() => window.destroy());
    });
    window.once('closed', () => resolve(answered));
    window.once('ready-to-show', () => window.show());
    void window.loadURL(SECRET_PAGE);
  });
}

const extensions: Readonly<Record<FileKind, readonly string[]>> = {
  certificate: ['pem', 'crt', 'cer', 'key', 'p12', 'pfx'],
  authority: ['pem', 'crt', 'cer', 'der'],
};

/** The dialog of the system, so that no page ever names a path. */
export async function chooseSecretFiles(owner: BrowserWindow | null, kind: FileKind): Promise<string[] | null> {
  const options = {
    properties: ['openFile' as const, 'multiSelections' as const, 'dontAddToRecent' as const],
    filters: [
      { name: extensions[kind].map((one) => `*.${one}`).join(' '), extensions: [...extensions[kind]] },
      { name: '*', extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } =
    owner === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(owner, options);
  return canceled || filePaths.length === 0 ? null : filePaths;
}
