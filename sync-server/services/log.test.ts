import { expect, test } from 'vitest';
import { newPrivateKey } from '../testing/test-server.ts';
import { lineLog } from './log.ts';
import { sealToken } from './tokens.ts';

test.each([
  [
    'a token',
    sealToken(new Uint8Array(32), {
      kind: 'device',
      deviceId: '018f0000-0000-7000-8000-000000000001',
      personId: null,
      issuedAt: 0,
      expiresAt: 1,
    }),
  ],
  ['a private key', newPrivateKey()],
  ['an account number', '50100123456789'],
  ['a PAN', 'AAPFU0939F'],
  ['a GSTIN', '27AAPFU0939F1ZV'],
  ['an enrolment code', '7K3M-9QWX-2B4D-8FHJ'],
  ['an e-mail address', 'sunita.rao@group.example'],
  ['a database password', 'postgres://munim:50100-hunter2@db/munim'],
])('%s reaches the log by none of its ways', (_name, secret) => {
  const lines: string[] = [];
  const log = lineLog(
    'debug',
    () => 0,
    (line) => lines.push(line),
  );
  const thrown = new Error(`could not take ${secret}`, { cause: new Error(`since ${secret} is wrong`) });
  for (const say of [log.debug, log.info, log.warn]) {
    say(`event ${secret}`, { line: `about ${secret}`, requestId: 'req_012345678901234567' });
  }
  log.error(`event ${secret}`, thrown, { what: secret });
  log.error('event', `thrown as text: ${secret}`);
  log.error('event', new AggregateError([thrown], secret, { cause: thrown }));
  const text = lines.join('');
  expect(lines).toHaveLength(6);
  expect(text).toContain('req_012345678901234567');
  expect(text).not.toContain(secret);
  expect(text).not.toContain('hunter2');
});
