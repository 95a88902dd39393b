import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { contentHeaders } from '../host/content-policy.ts';
import { resolveServed } from '../host/served-files.ts';
import { APP_SCHEME, isAppAddress } from './app-address.ts';

/** Must run before the app is ready, and once only. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }]);
}

/** Serves the built renderer on `app://ledger` in the session of the window. */
export function serveApp(session: Session, rendererDir: string): void {
  const headers = contentHeaders();
  const notFound = (): Response => new Response('Not found.', { status: 404, headers });
  session.protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== 'GET' || !isAppAddress(request.url)) return notFound();
    const file = resolveServed(rendererDir, new URL(request.url).pathname);
    if (file === null) return notFound();
    try {
      const body = new Uint8Array(await readFile(file.path));
      return new Response(body, { headers: { ...headers, 'Content-Type': file.mime } });
    } catch {
      return notFound();
    }
  });
}
