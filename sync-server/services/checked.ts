import type { z } from 'zod';
import { MunimError, type Refusal } from '../../shared/kernel/errors.ts';
import type { Result } from '../../shared/kernel/result.ts';

/** What came from outside in the form of the schema. @throws MunimError INPUT_INVALID that names the place */
export function read<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new MunimError('INPUT_INVALID', { where: where === '' ? 'body' : where });
}

/** What a service answered. @throws MunimError with its refusal, for callers that have nothing else to say */
export function unwrap<T>(result: Result<T, Refusal>): T {
  if (!result.ok) throw new MunimError(result.error.code, result.error.details);
  return result.value;
}
