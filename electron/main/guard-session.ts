import { app, type Session, shell, type WebContents } from 'electron';
import { externalAddress, isAppAddress } from './app-address.ts';
import { mayGrant } from './permissions.ts';

/** Denies what a page could ask of the system: the desk's page needs little but our own files and calls. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(mayGrant(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => mayGrant(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    // Exports are blobs the page made itself; the person chooses where they go. Nothing else is downloaded.
    const address = item.getURL();
    if (!address.startsWith('blob:') || !isAppAddress(address.slice('blob:'.length))) {
      event.preventDefault();
      return;
    }
    item.setSaveDialogOptions({ title: 'Munim', defaultPath: item.getFilename() });
  });
}

/** Keeps every window, also one that something else opened, on our page. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
  // Without an answer Chromium would offer the first certificate of the PC's store to any server that asks.
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault();
    choose();
  });
}

function guard(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isAppAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const address = externalAddress(url);
    if (address !== null) void shell.openExternal(address);
    return { action: 'deny' };
  });
}
