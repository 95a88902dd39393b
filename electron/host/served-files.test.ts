import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveServed } from './served-files.ts';

const root = resolve('/opt/munim desk/renderer');

describe('files of the renderer', () => {
  it('resolves a file with its type', () => {
    expect(resolveServed(root, '/assets/main-1a2b.js')).toEqual({
      path: resolve(root, 'assets/main-1a2b.js'),
      mime: 'text/javascript; charset=utf-8',
    });
  });

  it.each(['/', '/expenses', '/expenses/018f-11'])('gives the page for the screen %s', (pathname) => {
    expect(resolveServed(root, pathname)?.path).toBe(resolve(root, 'index.html'));
  });

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/a/../../secret.html',
    '/..%2fsecret.html',
    '/..%5csecret.html',
    '/..\\secret.html',
    '/%00.html',
    '/.git/config.json',
    '/.env.json',
    '/assets/main.js.map',
    '/assets/x.exe',
    '/%zz.html',
    'assets/main.js',
  ])('refuses %s', (pathname) => {
    expect(resolveServed(root, pathname)).toBeNull();
  });

  it('never leaves the folder', () => {
    const part = fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', '%5c', 'a', '%00', 'C:', '//', '....');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const served = resolveServed(root, `/${parts.join('/')}/x.js`);
        expect(served === null || served.path.startsWith(root + sep)).toBe(true);
      }),
    );
  });
});
