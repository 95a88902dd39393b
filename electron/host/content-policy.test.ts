import { expect, it } from 'vitest';
import { contentHeaders } from './content-policy.ts';

const directives = (connect?: string[]): Map<string, string> => {
  const policy = contentHeaders(connect)['Content-Security-Policy'] ?? '';
  return new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1).join(' ')]));
};

it('starts from nothing and allows only our own files', () => {
  const policy = directives();
  expect(policy.get('default-src')).toBe("'none'");
  for (const name of ['script-src', 'style-src', 'font-src', 'connect-src', 'worker-src']) {
    expect(policy.get(name)).toBe("'self'");
  }
  for (const name of ['object-src', 'frame-src', 'frame-ancestors', 'base-uri', 'form-action']) {
    expect(policy.get(name)).toBe("'none'");
  }
});

it('has no way for inline code, eval or foreign addresses', () => {
  expect([...directives().values()].join(' ')).not.toMatch(/unsafe|nonce|https?:|\*/);
});

it('adds the addresses a carrier names, to connections only', () => {
  const policy = directives(['ws://127.0.0.1:4711']);
  expect(policy.get('connect-src')).toBe("'self' ws://127.0.0.1:4711");
  expect(policy.get('script-src')).toBe("'self'");
});

it('forbids sniffing', () => {
  expect(contentHeaders()['X-Content-Type-Options']).toBe('nosniff');
});
