import type { Statement } from '../domain/statement/model.ts';
import type { Refusal } from '../kernel/errors.ts';
import type { Result } from '../kernel/result.ts';

/** Statements that a person downloaded from the bank. */
export interface StatementFiles {
  /**
   * What a file is follows from its content, never from its name. Refusals: STATEMENT_…, and IMPORT_… for a workbook that cannot be read.
   * @throws MunimError CANCELLED when the signal says so; the system's own error for a disk that cannot be read
   */
  read(path: string, options: { readonly signal: AbortSignal }): Promise<Result<Statement, Refusal>>;
}
