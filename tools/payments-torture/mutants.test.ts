import { expect, test } from 'vitest';
import { edited } from '../sim/edit.ts';
import { mutants } from './mutants.ts';

test.each(mutants)('the planted fault fits the program: $name', ({ edits }) => {
  for (const file of new Set(edits.map((edit) => edit.file))) {
    for (const { replace } of edits.filter((edit) => edit.file === file))
      expect(edited(file, edits)).toContain(replace);
  }
});
