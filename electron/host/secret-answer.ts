import { z } from 'zod';
import type { SecretQuestion } from '../../shared/domain/connection/secret-fields.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';

const zValues = z.record(z.string().max(60), z.string().max(limits.connection.secretMaxLength)).nullable();

/** What the window sent, reduced to the fields that were asked for. @throws MunimError INPUT_INVALID, which says nothing of the values */
export function readSecretAnswer(question: SecretQuestion, sent: unknown): Readonly<Record<string, string>> | null {
  const read = zValues.safeParse(sent);
  if (!read.success) throw new MunimError('INPUT_INVALID', { where: 'secrets' });
  const values = read.data;
  if (values === null) return null;
  const known = question.fields.flatMap(({ name }): (readonly [string, string])[] => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined || value === '' ? [] : [[name, value]];
  });
  return Object.fromEntries(known);
}
