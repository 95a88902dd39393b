import type { SecretQuestion } from '../domain/connection/secret-fields.ts';

/**
 * Asks the person at this PC for what the screens must never have: files with keys, passphrases, API keys. Whoever implements it shows a
 * dialog of the system, a window of the main process, or a terminal.
 */
export interface SecretPrompt {
  /** @returns null when the person chose nothing. @throws MunimError CERTIFICATE_FILE_TOO_LARGE, CERTIFICATE_FILE_UNREADABLE */
  chooseFiles(kind: FileKind): Promise<readonly ChosenFile[] | null>;
  /**
   * @returns what was typed, by the names of the fields, without those left blank; null when the person closed it
   * @throws MunimError SECRET_PROMPT_UNAVAILABLE, SECRET_PROMPT_BUSY
   */
  ask(question: SecretQuestion): Promise<Readonly<Record<string, string>> | null>;
}

/** A certificate with its key, or the authorities of the other side. */
export type FileKind = 'certificate' | 'authority';

export interface ChosenFile {
  /** Without its folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}
