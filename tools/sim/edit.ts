import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../run.ts';

/** One replacement in one file of the program. */
export interface Edit {
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** The text of a file with its replacements in it. @throws when one of them does not stand there exactly once any more */
export function edited(file: string, edits: readonly Edit[]): string {
  return edits
    .filter((edit) => edit.file === file)
    .reduce(
      (text, { find, replace }) => {
        const parts = text.split(find);
        if (parts.length !== 2)
          throw new Error(`an edit does not fit ${file}: "${find}" found ${parts.length - 1} times`);
        return parts.join(replace);
      },
      readFileSync(path.join(projectRoot, file), 'utf8'),
    );
}
