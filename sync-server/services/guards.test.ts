import { describe, expect, test } from 'vitest';
import { MunimError } from '../../shared/kernel/errors.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { SimClock } from '../../shared/testing/sim-clock.ts';
import { publicKeyOf, readPublicKey, signatureFits, signText } from '../adapters/device-keys.ts';
import { nodeDigest } from '../adapters/node-digest.ts';
import { scryptPasswords } from '../adapters/passwords.ts';
import type { Tried } from '../ports/bus.ts';
import { newPrivateKey } from '../testing/test-server.ts';
import { faultOf } from './faults.ts';
import { lineLog } from './log.ts';
import { isReceipt } from './receipt-kind.ts';
import { openToken, sealToken } from './tokens.ts';
import { TryLimiter } from './try-limiter.ts';

describe('passwords', () => {
  const quick = scryptPasswords(systemRandom, { N: 2 ** 10, r: 8, p: 1 });

  test('are kept as salted hashes that only the right one fits', async () => {
    const [one, other] = [await quick.hash('पासवर्ड 123'), await quick.hash('पासवर्ड 123')];
    expect(one).not.toBe(other);
    expect(one).toMatch(/^scrypt\$10\$8\$1\$/);
    expect(await quick.matches('पासवर्ड 123', one)).toBe(true);
    expect(await quick.matches('पासवर्ड 124', one)).toBe(false);
    expect(await quick.matches('', one)).toBe(false);
    expect(await quick.matches('पासवर्ड 123', null)).toBe(false);
  });

  test('hashed at the real cost still fit when the cost is another one later', async () => {
    const hash = await scryptPasswords(systemRandom).hash('long enough');
    expect(hash).toMatch(/^scrypt\$17\$8\$1\$/);
    const later = scryptPasswords(systemRandom, { N: 2 ** 11, r: 8, p: 1, maxmem: 160 * 1024 * 1024 });
    expect(await later.matches('long enough', hash)).toBe(true);
  });

  test('the same letters written with other code points are the same password', async () => {
    expect(await quick.matches('caf\u00e9', await quick.hash('cafe\u0301'))).toBe(true);
  });
});

describe('tokens', () => {
  const key = systemRandom.bytes(32);
  const claims = {
    kind: 'device',
    deviceId: '018f0000-0000-7000-8000-000000000001',
    personId: null,
    issuedAt: 5,
    expiresAt: 10,
  } as const;

  test('open with their key until they run out', () => {
    const token = sealToken(key, claims);
    expect(openToken(key, token, 9)).toEqual(claims);
    expect(openToken(key, token, 10)).toBeNull();
    expect(openToken(systemRandom.bytes(32), token, 9)).toBeNull();
  });

  test('no letter of them can be changed', () => {
    const token = sealToken(key, claims);
    // The last letter carries two bits that base64 leaves unused.
    for (let at = 0; at < token.length - 1; at++) {
      const letter = token[at] === 'A' ? 'B' : 'A';
      expect(openToken(key, token.slice(0, at) + letter + token.slice(at + 1), 9)).toBeNull();
    }
  });
});

describe('signatures', () => {
  test('fit their key and text only, and only Ed25519 keys are keys', () => {
    const [mine, other] = [newPrivateKey(), newPrivateKey()];
    const key = readPublicKey(publicKeyOf(mine));
    if (!key) throw new Error('a good key was not read');
    const signature = signText(mine, 'नमस्ते');
    expect(signatureFits(key, 'नमस्ते', signature)).toBe(true);
    expect(signatureFits(key, 'नमस्ते ', signature)).toBe(false);
    expect(signatureFits(key, 'नमस्ते', signText(other, 'नमस्ते'))).toBe(false);
    expect(signatureFits(key, 'नमस्ते', '')).toBe(false);
    // An X25519 key in the same wrapping.
    const x25519 = Buffer.from('302a300506032b656e032100', 'hex');
    expect(readPublicKey(Buffer.concat([x25519, Buffer.alloc(32, 9)]).toString('base64'))).toBeNull();
    expect(readPublicKey('')).toBeNull();
  });
});

describe('tries', () => {
  test('are counted by name in windows of time', () => {
    const clock = new SimClock(1_000);
    const tries = new TryLimiter(clock);
    const take = (name: string) => tries.take(name, 2, 10_000);
    expect([take('a'), take('a'), take('b')]).toEqual([undefined, undefined, undefined]);
    clock.advance(4_000);
    expect(take('a')).toEqual({ code: 'RATE_LIMITED', details: { seconds: 6 } });
    tries.forgive('a');
    expect(take('a')).toBeUndefined();
    clock.advance(6_000);
    expect([take('b'), take('b'), take('b')?.code]).toEqual([undefined, undefined, 'RATE_LIMITED']);
  });

  test('of other processes count too, and are told without the name', () => {
    const clock = new SimClock(1_000);
    const told: Tried[] = [];
    const listeners: ((tried: Tried) => void)[] = [];
    const limiterOf = (index: number) =>
      new TryLimiter(clock, {
        digest: nodeDigest,
        bus: {
          tellOthers: (tried) => {
            told.push(tried);
            for (const [other, listener] of listeners.entries()) if (other !== index) listener(tried);
          },
          hearOthers: (listener) => {
            listeners.push(listener);
            return () => {};
          },
        },
      });
    const [here, there] = [limiterOf(0), limiterOf(1)];
    const take = (limiter: TryLimiter) => limiter.take('sita@example.in', 2, 10_000)?.code;
    expect([take(here), take(there), take(here), take(there)]).toEqual([
      undefined,
      undefined,
      'RATE_LIMITED',
      'RATE_LIMITED',
    ]);
    there.forgive('sita@example.in');
    expect([take(here), take(there), take(here)]).toEqual([undefined, undefined, 'RATE_LIMITED']);
    expect(JSON.stringify(told)).not.toContain('sita');
    clock.advance(10_000);
    expect(take(here)).toBeUndefined();
  });
});

describe('faults', () => {
  const sqlError = (code: string) => new Error('Failed query: …', { cause: Object.assign(new Error('x'), { code }) });
  test.each([
    ['a broken rule of the database', sqlError('23514'), 'lasting'],
    ['a number too large', sqlError('22003'), 'lasting'],
    ['a fault of the program', new TypeError('x is not a function'), 'lasting'],
    ['a refusal from below', new MunimError('NOT_FOUND'), 'lasting'],
    ['a full disk', sqlError('53100'), 'passing'],
    ['a deadlock', sqlError('40P01'), 'passing'],
    ['a server that stops', sqlError('57P01'), 'passing'],
    ['a lost connection', new Error('Failed query: …', { cause: new Error('Connection terminated') }), 'passing'],
    ['a refused connection', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'passing'],
    ['a poisoned engine', new Error('Failed query: …', { cause: new MunimError('ENGINE_POISONED') }), 'passing'],
  ])('%s', (_, thrown, kind) => expect(faultOf(thrown).kind).toBe(kind));
});

test('receipts are told by their first bytes', () => {
  const kinds = ['%PDF-1.7', '\x89PNG\r\n\x1a\n', '\xff\xd8\xff\xe0', 'RIFF\x10\0\0\0WEBPVP8 '];
  expect(kinds.map((text) => isReceipt(Buffer.from(text, 'latin1')))).toEqual([true, true, true, true]);
  const others = ['', '%PD', '<svg>', 'PK\x03\x04', 'MZ', 'RIFF\x10\0\0\0WAVE', ' %PDF-1.7'];
  expect(others.some((text) => isReceipt(Buffer.from(text, 'latin1')))).toBe(false);
});

test('the log is one JSON object a line, from its level up, and holds no parameter of a statement', () => {
  const lines: string[] = [];
  const log = lineLog(
    'info',
    () => 0,
    (line) => lines.push(line),
  );
  log.debug('quiet');
  log.info('said', { count: 1 });
  const failed = new Error('Failed query: insert\nparams: 9876543210', { cause: new Error('duplicate key') });
  log.error('broke', failed, { requestId: 'r' });
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { at: '1970-01-01T00:00:00.000Z', level: 'info', event: 'said', count: 1 },
    { level: 'error', event: 'broke', requestId: 'r', problem: { cause: { message: 'duplicate key' } } },
  ]);
  expect(lines.join('')).not.toContain('9876543210');
});
