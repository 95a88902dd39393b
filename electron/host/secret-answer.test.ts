import { describe, expect, it } from 'vitest';
import type { SecretQuestion } from '../../shared/domain/connection/secret-fields.ts';
import { readSecretAnswer } from './secret-answer.ts';

const field = { pattern: '.+', mayBeBlank: false, isSet: false, isLong: false };
const question: SecretQuestion = {
  purpose: 'secrets',
  about: 'HDFC Bank',
  language: 'en',
  fields: [
    { ...field, name: 'apiKey' },
    { ...field, name: 'constructor' },
  ],
  problem: null,
};

describe('what the window for secrets sends', () => {
  it('counts only for the fields that were asked for, and not where it is blank', () => {
    expect(readSecretAnswer(question, { apiKey: 'k', other: 'x' })).toEqual({ apiKey: 'k' });
    expect(readSecretAnswer(question, { apiKey: '' })).toEqual({});
    expect(readSecretAnswer(question, null)).toBeNull();
  });

  it.each([undefined, 'text', 7, ['k'], { apiKey: 7 }, { apiKey: { toString: 'k' } }, { apiKey: 'k'.repeat(50_000) }])(
    'is refused in another form, and the refusal does not repeat it',
    (sent) => {
      expect(() => readSecretAnswer(question, sent)).toThrow(
        expect.objectContaining({ code: 'INPUT_INVALID', details: { where: 'secrets' } }),
      );
    },
  );
});
