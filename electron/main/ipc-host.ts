import { type BrowserWindow, ipcMain, type WebContents } from 'electron';
import { EVENT_CHANNEL, INVOKE_CHANNEL, type Reply } from '../../shared/ipc/transport.ts';
import { answerCall, type FaultLog } from '../host/answer-call.ts';
import type { Desk } from '../host/desk.ts';
import { isTrustedSender } from './sender-check.ts';

/** Carries the contract between the desk and its windows. The only `ipcMain` of the program; the window for
 * secrets has an `ipc` of its own contents. */
export class IpcHost {
  readonly #windows = new Map<number, WebContents>();

  constructor(desk: Desk, log: FaultLog) {
    ipcMain.handle(INVOKE_CHANNEL, async (event, channel: unknown, input: unknown): Promise<Reply> => {
      if (!isTrustedSender(event, new Set(this.#windows.keys()))) throw new Error('refused');
      return await answerCall(desk, { channel, input }, log);
    });
    desk.onEvent((event) => {
      for (const contents of this.#windows.values()) contents.send(EVENT_CHANNEL, event);
    });
  }

  /** Calls of this window are answered, and it hears events, until it is closed. */
  admit(window: BrowserWindow): void {
    const { id } = window.webContents;
    this.#windows.set(id, window.webContents);
    window.on('closed', () => this.#windows.delete(id));
  }
}
