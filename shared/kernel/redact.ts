const HIDDEN = '[hidden]';
/** Members that hold secrets or personal data, whatever their value. */
const SECRET_NAME =
  /pass|secret|token|private|signature|nonce|cookie|account_?number|ifsc|authori[sz]ation|e?mail$|phone|^key$|enrol_?code|pan$|gstin/i;
/** References are looked for by people, so they stay even when chance made them digits only. */
const PLAIN_NAME = /^(ref|at|requestId)$/;
const TEXT_MAX = 600;
const DEPTH_MAX = 6;

/** Ids say nothing of anybody, and the digits in them are left alone: a UUID, the number of a request. */
const IDS = [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/, /\breq_[0-9a-f]{18}\b/];
/** What is hidden wherever it stands in a text. */
const SECRETS = [
  // Name and password in the address of a database or a bus.
  /(?<=:\/\/)\S+(?=@)/,
  /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/,
  /(?<=\bBearer\s+)\S+/,
  /\b(?:password|passwd|pwd|secret|token|authorization)["']?\s*[:=]\s*(?:"[^"]*"|'[^']*'|[^\s,;}]+)/,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
  // The codes with which desks are enrolled, as they are written.
  /\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}\b/,
  // GSTIN, which has the PAN in it; then PAN and IFSC by themselves.
  /\b\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]{3}\b/,
  /\b[A-Z]{5}\d{4}[A-Z]\b/,
  /\b[A-Z]{4}0[0-9A-Z]{6}\b/,
  // Keys and tokens, in base64 or hex. The path of a file starts with a slash, by which it is told from them.
  /(?<![\w+/.-])[\w+-][\w+/-]{39,}={0,2}(?:\.[\w-]+)?/,
  // Account, card, Aadhaar and telephone numbers, in groups or not.
  /\b\d{4}(?:[ -]\d{4}){2,}\b|\b\d{5} \d{5}\b|\d{9,}/,
];
const sourceOf = (patterns: readonly RegExp[]): string => patterns.map(({ source }) => source).join('|');
const IDS_AND_SECRETS = new RegExp(`(${sourceOf(IDS)})|${sourceOf(SECRETS)}`, 'gi');

/**
 * A form of any value that may be written to a log: secrets by name are hidden, what looks like one (passwords in addresses, tokens, keys,
 * PAN, GSTIN, account numbers, e-mail addresses) too, and the parameters that the database layer appends to its errors are cut off.
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
  // Cut last: half a secret looks like none.
  return bare.replace(IDS_AND_SECRETS, (_found, id: string | undefined) => id ?? HIDDEN).slice(0, TEXT_MAX);
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
