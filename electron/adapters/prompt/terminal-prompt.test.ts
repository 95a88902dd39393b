import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import type { SecretField } from '../../../shared/domain/connection/secret-fields.ts';
import { terminalPrompt } from './terminal-prompt.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'munim-prompt-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A terminal on which somebody types these lines, one after each prompt. */
function terminal(...lines: readonly string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, modes: [] as boolean[] });
  const shown: string[] = [];
  const left = [...lines];
  const output = new PassThrough();
  output.on('data', (text) => {
    shown.push(String(text));
    const next = String(text).endsWith(': ') ? left.shift() : undefined;
    if (next !== undefined) setImmediate(() => input.write(next));
  });
  const setRawMode = (raw: boolean): void => void input.modes.push(raw);
  return { prompt: terminalPrompt({ input: Object.assign(input, { setRawMode }), output }), input, shown };
}

const field = (name: string, more: Partial<SecretField> = {}): SecretField => ({
  name,
  pattern: '[a-z0-9]{4,40}',
  mayBeBlank: false,
  isSet: false,
  isLong: false,
  ...more,
});
const ask = (fields: readonly SecretField[]) =>
  ({ purpose: 'secrets', about: 'HDFC Bank', language: 'en', fields, problem: null }) as const;

describe('secrets asked on the terminal', () => {
  it('are never shown, and the terminal is left as it was found', async () => {
    const { prompt, input, shown } = terminal('topsecret1\r', 'x', 'other99\r');
    const typed = prompt.ask(ask([field('clientSecret'), field('apiKey')]));
    await new Promise((resolve) => setTimeout(resolve, 20));
    input.write('\u007fother99\r');
    expect(await typed).toEqual({ clientSecret: 'topsecret1', apiKey: 'other99' });
    expect(shown.join('')).not.toMatch(/topsecret1|other99/);
    expect(input.modes).toEqual([true, false, true, false]);
  });

  it('are asked again until they have the expected form; what is kept may be left as it is', async () => {
    const { prompt } = terminal('NO!\r', 'good1234\n', '\r');
    const fields = [field('apiKey'), field('clientSecret', { isSet: true, mayBeBlank: true })];
    expect(await prompt.ask(ask(fields))).toEqual({ apiKey: 'good1234' });
  });

  it('with several lines come out of a file', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
    writeFileSync(path.join(folder, 'a.key'), key);
    const { prompt, shown } = terminal(`${path.join(folder, 'a.key')}\r`);
    const fields = [field('signingKey', { isLong: true, pattern: '-----BEGIN [\\s\\S]+' })];
    expect(await prompt.ask(ask(fields))).toEqual({ signingKey: key });
    expect(shown.join('')).not.toContain('AAAA');
  });

  it.each(['\u0003', 'abc\u0004'])('are given up by Ctrl+C and Ctrl+D', async (typed) => {
    expect(await terminal(typed).prompt.ask(ask([field('apiKey')]))).toBeNull();
  });

  it('are refused where there is no terminal', async () => {
    const prompt = terminalPrompt({ input: new PassThrough(), output: new PassThrough() });
    const refused = { code: 'SECRET_PROMPT_UNAVAILABLE' };
    await expect(prompt.ask(ask([field('apiKey')]))).rejects.toMatchObject(refused);
    await expect(prompt.chooseFiles('certificate')).rejects.toMatchObject(refused);
  });
});

describe('files chosen on the terminal', () => {
  it('are read, without their folder in the name', async () => {
    writeFileSync(path.join(folder, 'a.crt'), 'one');
    writeFileSync(path.join(folder, 'b.pem'), 'two');
    const { prompt } = terminal(`${folder}/a.crt ; ${folder}/b.pem\r`);
    const files = await prompt.chooseFiles('certificate');
    expect(files?.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
      ['a.crt', 'one'],
      ['b.pem', 'two'],
    ]);
    expect(await terminal('\r').prompt.chooseFiles('certificate')).toBeNull();
  });

  it('that are missing or too large are refused without their path', async () => {
    writeFileSync(path.join(folder, 'large.p12'), Buffer.alloc(300 * 1024));
    await expect(terminal(`${folder}/none.p12\r`).prompt.chooseFiles('certificate')).rejects.toMatchObject({
      code: 'CERTIFICATE_FILE_UNREADABLE',
      details: { reason: 'ENOENT' },
    });
    await expect(terminal(`${folder}/large.p12\r`).prompt.chooseFiles('certificate')).rejects.toMatchObject({
      code: 'CERTIFICATE_FILE_TOO_LARGE',
      details: { sizeKiB: 300, limitKiB: 256 },
    });
  });
});
