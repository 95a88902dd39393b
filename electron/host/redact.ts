const HIDDEN = '[hidden]';
/** Members that hold secrets or personal data of vendors, whatever their value. */
const SECRET_NAME =
  /pass|secret|token|private|signature|nonce|account_?number|authori[sz]ation|^key$|enrolCode|pan$|gstin/i;
/** Digits by themselves: those inside an id or a reference say nothing of anybody. */
const LONG_NUMBER = /(?<![0-9a-f-])\d{9,}(?![0-9a-f-])/gi;
/** References are looked for by people, so they stay even when chance made them digits only. */
const PLAIN_NAME = /^(ref|at)$/;
const TEXT_MAX = 600;
const DEPTH_MAX = 6;

/**
 * A form of any value that may be written to a log: secrets by name are hidden, long runs of digits (account and card numbers) too, and
 * the parameters that the database layer appends to its errors are cut off.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (depth > DEPTH_MAX) return '…';
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return String(value).length > 8 ? HIDDEN : String(value);
  if (typeof value === 'string') return redactText(value);
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => redact(item, depth + 1));
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET_NAME.test(name) ? HIDDEN : PLAIN_NAME.test(name) ? member : redact(member, depth + 1),
    ]),
  );
}

export function redactText(text: string): string {
  const [bare = ''] = text.split(/\n?params: /, 1);
  return bare.slice(0, TEXT_MAX).replace(LONG_NUMBER, HIDDEN);
}

/** Of the stack only the places; the message inside it would repeat what was cut from the message. */
function redactError(problem: Error, depth: number): unknown {
  const places = (problem.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  const code = 'code' in problem ? redact(problem.code, depth + 1) : undefined;
  const cause = problem.cause === undefined ? undefined : redact(problem.cause, depth + 1);
  return { name: problem.name, message: redactText(problem.message), code, places, cause };
}
