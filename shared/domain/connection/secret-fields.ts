import type { ErrorCode } from '../../kernel/errors.ts';

/** What a person is asked for in a window of the main process or on a terminal. */
export interface SecretQuestion {
  readonly purpose: 'secrets' | 'passphrase';
  /** What it is for: the name of the connector or of the file. */
  readonly about: string;
  readonly language: 'en' | 'hi';
  readonly fields: readonly SecretField[];
  /** Why it is asked again. */
  readonly problem: ErrorCode | null;
}

export interface SecretField {
  readonly name: string;
  /** Source of a regular expression that the whole value has to match. */
  readonly pattern: string;
  /** Whether it may be left blank: it is optional, or what is kept stays. */
  readonly mayBeBlank: boolean;
  readonly isSet: boolean;
  /** Whether it has several lines, as keys in PEM form have. */
  readonly isLong: boolean;
}

/** The first field whose value does not fit, or null. */
export function wrongField(fields: readonly SecretField[], values: Readonly<Record<string, string>>): string | null {
  const wrong = fields.find(({ name, pattern, mayBeBlank }) => {
    const value = values[name] ?? '';
    return value === '' ? !mayBeBlank : !fits(pattern, value);
  });
  return wrong?.name ?? null;
}

/** Whether the whole value matches the source of a regular expression. */
export const fits = (pattern: string, value: string): boolean => new RegExp(`^(?:${pattern})$`, 'u').test(value);
