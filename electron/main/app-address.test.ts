import { describe, expect, it } from 'vitest';
import { APP_PAGE, externalAddress, isAppAddress } from './app-address.ts';

describe('the address of the desk', () => {
  it.each([APP_PAGE, 'app://ledger/', 'app://ledger/expenses/1?x=1#y'])('knows %s', (address) => {
    expect(isAppAddress(address)).toBe(true);
  });

  it.each([
    'https://ledger/index.html',
    'app://ledger.evil.example/',
    'app://evil/ledger',
    'app://user@ledger/',
    'app://ledger:8080/',
    'app:ledger',
    'file:///app/ledger/index.html',
    'javascript:alert(1)',
    'about:blank',
    'data:text/html,app://ledger',
    '',
  ])('refuses %s', (address) => {
    expect(isAppAddress(address)).toBe(false);
  });
});

describe('addresses outside', () => {
  it('opens the portals by https', () => {
    expect(externalAddress('https://services.gst.gov.in/services/login')).toBe(
      'https://services.gst.gov.in/services/login',
    );
  });

  it.each([
    'http://services.gst.gov.in/',
    'https://services.gst.gov.in.evil.example/',
    'https://services.gst.gov.in@evil.example/',
    'https://services.gst.gov.in:8443/',
    'https://evil.example/',
    'file:///etc/passwd',
    'smb://services.gst.gov.in/share',
    'javascript:alert(1)',
    'not an address',
  ])('refuses %s', (address) => {
    expect(externalAddress(address)).toBeNull();
  });
});
