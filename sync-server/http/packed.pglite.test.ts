import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalText } from '../../shared/kernel/canonical.ts';
import { limits } from '../../shared/kernel/limits.ts';
import {
  PROTOCOL_HEADER,
  SIGNATURE_HEADER,
  SYNC_PROTOCOL_VERSION,
  zErrorAnswer,
  zPullAnswer,
} from '../../shared/sync/messages.ts';
import { type HttpWorld, openHttpWorld, proofOf } from '../testing/http-world.ts';

let world: HttpWorld;
beforeAll(async () => {
  world = await openHttpWorld();
});
afterAll(() => world?.close());

/** Sends `packed` in the place of the text that was signed. */
async function send(path: string, text: string, packed: Uint8Array, headers: Readonly<Record<string, string>>) {
  const token = world.deviceToken;
  return fetch(`${world.url}${path}`, {
    method: 'POST',
    headers: {
      [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      [SIGNATURE_HEADER]: proofOf(world.desk, 'POST', path, text, token),
      ...headers,
    },
    body: new Uint8Array(packed),
  });
}
const pulling = () =>
  canonicalText({ collegeId: world.mine.id, cursor: 0, ackedSeq: 0, limitRows: limits.sync.pullRowsMax });
const codeOf = async (answer: Response): Promise<string> =>
  `${answer.status} ${zErrorAnswer.parse(await answer.json()).error.code}`;

describe('packed bodies', () => {
  test('are taken, and answered packed to whoever takes that', async () => {
    const text = pulling();
    const answers = [];
    for (const takes of ['gzip', 'identity', 'gzip;q=1.0, br']) {
      const answer = await send('/sync/pull', text, gzipSync(text), {
        'content-encoding': 'gzip',
        'accept-encoding': takes,
      });
      expect(answer.headers.get('content-encoding')).toBe(takes === 'identity' ? null : 'gzip');
      answers.push(await answer.text());
    }
    expect(new Set(answers).size).toBe(1);
    expect(zPullAnswer.parse(JSON.parse(answers[0] ?? '')).rows.length).toBeGreaterThan(10);
  });

  test('that inflate beyond the limit of the route are refused, however small they are', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * limits.sync.pushBytesMax, 32));
    expect(bomb.byteLength).toBeLessThan(limits.server.bodyBytesMax);
    const packed = { 'content-encoding': 'gzip' };
    expect(await codeOf(await send('/sync/push', '', bomb, packed))).toBe('413 SYNC_TOO_LARGE');
    const small = gzipSync(Buffer.alloc(limits.server.bodyBytesMax + 1, 32));
    expect(await codeOf(await send('/sync/pull', '', small, packed))).toBe('413 SYNC_TOO_LARGE');
  });

  test('of another encoding, or of bytes that are not what they say, are refused', async () => {
    const text = pulling();
    expect(await codeOf(await send('/sync/pull', text, gzipSync(text), { 'content-encoding': 'br' }))).toBe(
      '400 INPUT_INVALID',
    );
    expect(await codeOf(await send('/sync/pull', text, Buffer.from(text), { 'content-encoding': 'gzip' }))).toBe(
      '400 INPUT_INVALID',
    );
    // Signed is the text; packed bytes of another text do not pass.
    const other = gzipSync(pulling().replace('"cursor":0', '"cursor":1'));
    expect(await codeOf(await send('/sync/pull', text, other, { 'content-encoding': 'gzip' }))).toMatch(/^401 /);
  });
});
