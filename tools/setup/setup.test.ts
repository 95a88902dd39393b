import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkNode } from './node24.mjs';
import { firstMismatch } from './packages.mjs';

describe('the guard for Node', () => {
  it('lets Node 24 pass and tells everybody else what to do', () => {
    expect(checkNode('v24.21.0')).toBeNull();
    for (const version of ['v20.20.2', 'v22.12.0', 'v25.0.0', 'v2.4.0', 'v240.0.0']) {
      expect(checkNode(version)).toContain(`this is ${version}`);
    }
  });
});

describe('the packages', () => {
  let root: string;
  const write = (file: string, packages: object): void => {
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(join(root, file), JSON.stringify({ packages }));
  };
  const wanted = {
    '': { name: 'munim' },
    'node_modules/a': { version: '1.2.3' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'munim setup '));
    write('package-lock.json', wanted);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('are to be installed when there are none, also after an install was broken off', () => {
    expect(firstMismatch(root)).toBe('none are installed yet');
  });

  it('are as wanted when npm wrote down the same, optional ones or not', () => {
    write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.2.3' } });
    expect(firstMismatch(root)).toBeNull();
    write('node_modules/.package-lock.json', wanted);
    expect(firstMismatch(root)).toBeNull();
  });

  it('are to be installed again when one is missing or another', () => {
    write('node_modules/.package-lock.json', { 'node_modules/b': { version: '2.0.0' } });
    expect(firstMismatch(root)).toBe('node_modules/a is missing');
    write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.2.4' } });
    expect(firstMismatch(root)).toBe('node_modules/a is 1.2.4, wanted 1.2.3');
    write('node_modules/.package-lock.json', { ...wanted, 'node_modules/b': { version: '1.0.0' } });
    expect(firstMismatch(root)).toContain('node_modules/b is 1.0.0');
  });
});
