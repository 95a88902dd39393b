import { isAppAddress, SECRET_PAGE } from './app-address.ts';

/** What is looked at of an IPC event; Electron's own event fits. */
export interface CallSender {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/**
 * Whether a call comes from the top frame of a window of ours that shows our page. A frame that is gone (null), a child frame or a
 * page that was somehow navigated away gets no answer.
 * @param windowIds ids of the web contents the desk opened itself
 */
export function isTrustedSender(event: CallSender, windowIds: ReadonlySet<number>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && windowIds.has(event.sender.id) && isAppAddress(frame.url);
}

/** Whether a call comes from the top frame of the window for secrets, and that shows the page for secrets. */
export function isSecretPage(event: CallSender, windowId: number): boolean {
  return isTrustedSender(event, new Set([windowId])) && event.senderFrame?.url === SECRET_PAGE;
}
