import { isAppAddress } from './app-address.ts';

/** All a page may ever do beyond its files and calls: put text it chose on the clipboard (the reference of an error). */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** @param origin of the frame that asks, as Electron gives it */
export const mayGrant = (permission: string, origin: string): boolean =>
  granted.has(permission) && isAppAddress(origin);
