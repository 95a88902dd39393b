import type { SecretQuestion } from '../domain/connection/secret-fields.ts';

/** Between the main process and its window that asks for secrets; no other window is answered on these. */
export const SECRET_QUESTION_CHANNEL = 'munim:secret-question';
export const SECRET_ANSWER_CHANNEL = 'munim:secret-answer';

/** All that the page of that window gets. */
export interface SecretBridge {
  question(): Promise<SecretQuestion>;
  /** Null when the person gives it up. The window closes. */
  answer(values: Readonly<Record<string, string>> | null): Promise<void>;
}
