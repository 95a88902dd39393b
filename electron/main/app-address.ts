/** The one origin the desk's window ever shows. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'ledger';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;
/** Asks for secrets, in a window of its own. */
export const SECRET_PAGE = `${APP_ORIGIN}/secret.html`;

/**
 * Whether an address belongs to the desk. Compared by scheme and host, because the `origin` of a scheme of our own is "null" in
 * Node's URL.
 */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.port === '';
}

/** Sites a person may be sent to in the browser of the PC: portals named in help texts. Nothing else is ever opened. */
const externalHosts: ReadonlySet<string> = new Set([
  'www.gst.gov.in',
  'services.gst.gov.in',
  'www.incometax.gov.in',
  'www.incometaxindia.gov.in',
  'www.rbi.org.in',
]);

/** @returns the address to hand to the system's browser, or null if it is not one of those allowed */
export function externalAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const plain = url.protocol === 'https:' && url.username === '' && url.password === '' && url.port === '';
  return plain && externalHosts.has(url.hostname) ? url.href : null;
}
