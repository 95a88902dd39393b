import type { ConnectorProblem } from '../../../shared/connectors/_kit/problem.ts';

/** So many letters and figures in a row that also stand in a secret are no chance. */
const RUN = 8;
/**
 * In what is told of money a name of the college may rightly stand, and a user name be made of it. So it takes more, and still more where letters
 * of one kind follow each other as in words.
 */
const TOLD_RUN = 10;
const WORDS_RUN = 20;
const HIDDEN = '[hidden]';

/**
 * Another system may say back to us what it should not have been told, cut short, with other signs between, or written as it was on the way; it goes
 * no further than this. The whole detail is hidden, since what surrounds a secret tells of it too.
 */
export function withoutSecrets(found: ConnectorProblem, secrets: readonly string[]): ConnectorProblem {
  const runs = runsOf(secrets, RUN, lower);
  const details = Object.entries(found.details).map(([name, value]) => [
    name,
    typeof value === 'string' && tells(lower(value), RUN, runs) ? HIDDEN : value,
  ]);
  return { ...found, details: Object.fromEntries(details) };
}

/** The same for what an answer gives: every text in it that tells of a secret is hidden, and all else stays what it was. */
export function toldWithoutSecrets<Told>(told: Told, secrets: readonly string[]): Told {
  const mixed = new Set([...runsOf(secrets, TOLD_RUN, bare)].filter(isMixed));
  const words = runsOf(secrets, WORDS_RUN, bare);
  const hide = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const text = bare(value);
      return tells(text, TOLD_RUN, mixed) || tells(text, WORDS_RUN, words) ? HIDDEN : value;
    }
    if (Array.isArray(value)) return value.map(hide);
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hide(member)]));
  };
  return hide(told) as Told;
}

const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
const lower = (text: string): string => bare(text).toLowerCase();

/** Whether letters of two kinds, or letters and figures, stand in it. */
const isMixed = (run: string): boolean => [/\p{Lu}/u, /\p{Ll}/u, /\p{N}/u].filter((kind) => kind.test(run)).length > 1;

/** All runs of this length in the secrets, as they are and as they go over the wire. */
function runsOf(secrets: readonly string[], length: number, plain: (text: string) => string): Set<string> {
  const runs = new Set<string>();
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      const text = plain(form);
      for (let at = 0; at + length <= text.length; at += 1) runs.add(text.slice(at, at + length));
    }
  }
  return runs;
}

/** In base64 a secret looks otherwise by what stands before it, as a user name before a password does. */
function formsOf(secret: string): readonly string[] {
  // Signs that belong to the next bits are cut off by there being more than enough of the rest.
  const packed = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(before === 0 ? 0 : before + 1, -1),
  );
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex'), ...packed];
}

function tells(text: string, length: number, runs: ReadonlySet<string>): boolean {
  for (let at = 0; at + length <= text.length; at += 1) if (runs.has(text.slice(at, at + length))) return true;
  return false;
}
