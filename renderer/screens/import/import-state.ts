import { create } from 'zustand';
import type { ImportField } from '../../../shared/domain/import/columns.ts';
import type { ImportKind } from '../../../shared/domain/import/sheet-kinds.ts';
import type { ImportPlan } from '../../../shared/ipc/contract/files.ts';
import type { Id } from '../../../shared/kernel/ids.ts';

/** What is asked of a file; null lets the desk guess. */
export interface Question {
  readonly sheet: string | null;
  readonly headerRow: number | null;
  readonly mapping: readonly { readonly index: number; readonly field: ImportField | null }[] | null;
}

/** A file on its way into the books. It stays when one looks at another screen meanwhile. */
export interface Held {
  /** Whose import it is: the next person at this desk does not find it. */
  readonly personId: Id;
  /** What is in the file. */
  readonly kind: ImportKind;
  /** The college that was chosen when the file was brought; changing the college elsewhere does not redirect it. */
  readonly collegeId: Id;
  readonly fileId: Id;
  readonly fileName: string;
  readonly question: Question;
  /** How the desk reads it, as last answered. */
  readonly plan: ImportPlan | null;
  /** What the desk guessed by itself, kept to say how sure it was once the person chose. */
  readonly guesses: ImportPlan['columns'];
  readonly jobId: Id | null;
}

interface ImportState {
  readonly held: Held | null;
  hold(held: Held | null): void;
  change(part: Partial<Held>): void;
}

export const useImportState = create<ImportState>((set) => ({
  held: null,
  hold: (held) => set({ held }),
  change: (part) => set(({ held }) => ({ held: held === null ? null : { ...held, ...part } })),
}));

export const openQuestion: Question = { sheet: null, headerRow: null, mapping: null };

type Column = ImportPlan['columns'][number];
export type Sureness = 'sure' | 'likely' | 'unsure' | 'chosen' | 'unused';

/** In percent. */
const SURE = 80;
const LIKELY = 60;

/** How far to trust the meaning of a column: the desk's guess by its confidence, or the choice of the person. */
export function surenessOf(
  field: ImportField | null,
  guess: Pick<Column, 'field' | 'confidence'> | undefined,
): Sureness {
  if (field === null) return 'unused';
  if (guess?.field !== field) return 'chosen';
  if (guess.confidence >= SURE) return 'sure';
  return guess.confidence >= LIKELY ? 'likely' : 'unsure';
}

/** The meaning of every column after one was chosen: a field can be read from one column only, so another one gives it up. */
export function withChoice(
  columns: readonly Pick<Column, 'index' | 'field'>[],
  index: number,
  field: ImportField | null,
): { readonly index: number; readonly field: ImportField | null }[] {
  return columns.map((column) => {
    if (column.index === index) return { index, field };
    return { index: column.index, field: field !== null && column.field === field ? null : column.field };
  });
}
