import fc from 'fast-check';
import { expect, it } from 'vitest';
import { saidText } from '../../../shared/connectors/_kit/answers.ts';
import { problem } from '../../../shared/connectors/_kit/problem.ts';
import { toldWithoutSecrets, withoutSecrets } from './without-secrets.ts';

const told = (detail: string, secrets: readonly string[]): unknown =>
  withoutSecrets(problem('validation', 'CONNECTOR_REJECTED', { name: 'Bank', detail }), secrets).details.detail;

it('hides what stands around a secret, whole, cut short or with other signs between', () => {
  const secrets = fc.stringMatching(/^[a-z]{10,20}[_~!-][a-z]{10,20}$/);
  const words = fc.string({ maxLength: 60 });
  fc.assert(
    fc.property(secrets, words, words, fc.nat(10), (secret, before, after, cut) => {
      const half = secret.slice(0, secret.length - cut);
      for (const said of [secret, secret.toUpperCase(), saidText(secret), half, secret.replaceAll(/[_~!-]/g, ' ')]) {
        expect(told(`${before} ${said} ${after}`, ['other-secret-1', secret])).toBe('[hidden]');
      }
    }),
  );
});

it('leaves alone what tells nothing', () => {
  const secrets = ['whs-sandbox-1c9b22e07d54', '', 'short'];
  for (const detail of ['status 422', 'Remitter account balance low', '', 'short', 'sandbox']) {
    expect(told(detail, secrets)).toBe(detail);
  }
  expect(told('anything', [])).toBe('anything');
});

it('hides one that is written as on the way, behind whatever stands before it', () => {
  const secrets = fc
    .string({ unit: 'binary-ascii', minLength: 16, maxLength: 40 })
    .filter((text) => /\w{4}/.test(text));
  fc.assert(
    fc.property(secrets, fc.string({ maxLength: 5 }), (secret, user) => {
      const basic = Buffer.from(`${user}:${secret}`).toString('base64');
      for (const said of [`Authorization: Basic ${basic}`, saidText(basic), Buffer.from(secret).toString('hex')]) {
        // Long numbers are cut to their end by `saidText`; what is left may be less than a run.
        if (!said.includes('…')) expect(told(said, [secret])).toBe('[hidden]');
      }
    }),
  );
});

it('hides in what is told of money only what can be no name, and leaves everything else as it was', () => {
  const secrets = ['shanti.college', 'Sahyadri-Key-91c4b7', 'neem-and-tulsi-behind-the-library'];
  const at = new Date(0);
  const page = (narration: string, failure: string) => ({
    ...{ entries: [{ narration, debitPaise: 5n, reference: null, at }], more: [narration, 1, true, undefined] },
    ...{ failure: { text: failure } },
  });
  const names = page('NEFT SHANTI COLLEGE shanti college SAHYADRI', 'neem and tulsi');
  expect(toldWithoutSecrets(names, secrets)).toEqual(names);
  for (const secret of [
    'key sahyadri Sahyadri/Key 91c4b7',
    'a neem and tulsi behind the li',
    btoa('u:Sahyadri-Key-91c4b7'),
  ]) {
    expect(toldWithoutSecrets(page(secret, secret), secrets)).toEqual(page('[hidden]', '[hidden]'));
  }
  expect(toldWithoutSecrets(null, secrets)).toBeNull();
});
