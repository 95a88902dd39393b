import { describe, expect, it } from 'vitest';
import { redact, redactText } from './redact.ts';

describe('what may be written to a log', () => {
  it('never holds secrets, account numbers or the values of a statement', () => {
    const problem = new Error('Failed query: insert into x values ($1)\nparams: 50100123456789,hunter2', {
      cause: new Error('account 50100123456789 is known'),
    });
    const text = JSON.stringify(
      redact({
        password: 'hunter2',
        deviceToken: 'abc',
        accountNumber: '1',
        nested: [{ signature: 'xyz', note: 'to 50100123456789 today' }],
        problem,
        bytes: new Uint8Array([1]),
      }),
    );
    for (const secret of ['hunter2', 'abc', 'xyz', '50100123456789']) expect(text).not.toContain(secret);
    expect(text).toContain('insert into x');
  });

  it.each([
    ['a token', 'eyJraW5kIjoiZGV2aWNlIiwiZGV2aWNlSWQiOiIwMTlhIn0.5Fh0q0Y1b3Jhc2VjcmV0bWFjb2Z0aGV0b2tlbg'],
    ['a private key', 'MC4CAQAwBQYDK2VwBCIEIBhV9N+0w/4Vq2pPzH7cXy1kTnEwRsAfMb6dUgLoQe9i'],
    ['a key in hex', '4f0d1c2b3a49586776859403f2e1d0c9b8a7f6e5d4c3b2a1908f7e6d5c4b3a29'],
    ['a key file', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----'],
    ['an enrolment code', '7K3M-9QWX-2B4D-8FHJ'],
    ['a PAN', 'AAPFU0939F'],
    ['a GSTIN', '27AAPFU0939F1ZV'],
    ['an IFSC', 'HDFC0001234'],
    ['an account number', '50100123456789'],
    ['a card number in groups', '4111 1111 1111 1111'],
    ['a telephone number', '98765 43210'],
    ['an e-mail address', 'sunita.rao@group.example'],
  ])('hides %s wherever it stands', (_name, secret) => {
    for (const text of [secret, `value "${secret}" refused`, `(${secret}, x)`, `a=${secret};b`, `to ${secret}.`]) {
      const hidden = redactText(text);
      expect(hidden).toContain('[hidden]');
      expect(hidden).not.toContain(secret.slice(1, -1));
    }
  });

  it.each([
    ['postgresql://munim:p@ss/word@db.example:5432/books', 'p@ss/word', 'db.example:5432/books'],
    ['nats://token123@bus.example:4222', 'token123', 'bus.example'],
    ['Authorization: Bearer abc.def', 'abc.def', ''],
    ['{"password":"correct horse"}', 'correct horse', ''],
    ["password = 'correct horse' in it", 'correct horse', 'in it'],
    ['token=abc; path=/', 'abc', 'path=/'],
  ])('hides the secret part of %s and nothing else', (text, secret, kept) => {
    const hidden = redactText(text);
    expect(hidden).not.toContain(secret);
    expect(hidden).toContain(kept);
  });

  it('keeps what finds a case again: references, ids, codes, places', () => {
    const line = {
      ref: '123456789012',
      requestId: 'req_018f00000123456789',
      id: '018f0000-0000-7000-8000-000000000001',
      code: 'NOT_FOUND',
      note: 'desk 018f0000-0000-7000-8000-000000000001 asked req_012345678901234567 at 2026-11-21T04:30:00.000Z',
      file: "ENOENT: no such file, open '/var/lib/munim/sync-server/receipts/and/a/long/way/down/server-keys.json'",
      url: 'http://127.0.0.1:7420',
    };
    expect(redact(line)).toEqual(line);
  });

  it('tells a secret before it cuts a text short', () => {
    expect(redactText(`${'x '.repeat(297)}50100123456789`)).not.toContain('5010');
  });
});
