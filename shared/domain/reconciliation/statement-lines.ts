import type { Id } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import { lineNames } from '../statement/line-identity.ts';
import type { Statement, StatementEntry } from '../statement/model.ts';
import type { StatementLineFields } from './args.ts';

/** The lines of a statement as a command takes them: those that moved something, with their places, and which of equal ones each is. */
export function statementLines(bankAccountId: Id, { entries }: Statement): readonly StatementLineFields[] {
  const kept = entries.filter(({ debitPaise, creditPaise }) => debitPaise !== creditPaise).map(fitting);
  const names = lineNames(bankAccountId, kept);
  return kept.map((entry, index) => ({
    ...entry,
    lineNo: index + 1,
    occurrence: Number(names[index]?.at(-1) ?? 1),
  }));
}

/** Words that are longer than the books keep are cut before the line gets its name, so that it has the same one next time. */
const fitting = (entry: StatementEntry): StatementEntry => ({
  ...entry,
  narration: cut(entry.narration) ?? '',
  reference: cut(entry.reference),
  chequeNo: cut(entry.chequeNo),
});

function cut(text: string | null): string | null {
  const clean = text?.slice(0, limits.text.descriptionMax).toWellFormed().replaceAll('\0', '').trim() ?? '';
  return clean === '' ? null : clean;
}
