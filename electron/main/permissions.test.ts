import { expect, it } from 'vitest';
import { mayGrant } from './permissions.ts';

it('lets our page write to the clipboard', () => {
  expect(mayGrant('clipboard-sanitized-write', 'app://ledger/')).toBe(true);
});

it.each(['clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'hid', 'fullscreen'])(
  'denies %s',
  (permission) => {
    expect(mayGrant(permission, 'app://ledger/')).toBe(false);
  },
);

it('grants nothing to another page', () => {
  expect(mayGrant('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
  expect(mayGrant('clipboard-sanitized-write', '')).toBe(false);
});
