import { isErrorCode, MunimError } from '../../shared/kernel/errors.ts';

/** What the operator reads on the terminal. */
export function wordsOf(thrown: unknown): string {
  if (thrown instanceof MunimError && isErrorCode(thrown.code)) return thrown.message;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
