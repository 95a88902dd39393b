import { errorCatalogue, fillText, toMunimError } from '../../shared/kernel/errors.ts';

/** What the person reads when the books cannot be opened, before there is a window to show anything in. */
export function startProblemText(thrown: unknown, ref: string): string {
  const problem = toMunimError(thrown);
  const { cause, next } = errorCatalogue[problem.code];
  return [fillText(cause, problem.details), fillText(next, problem.details), `${problem.code} · ${ref}`].join('\n\n');
}
