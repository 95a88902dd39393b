import type { ComparedCollege } from '../../../shared/ipc/contract/sync.ts';
import type { useText } from '../../i18n/text.ts';

/** The result for one college in lines: the verdict, then what differs. */
export function compareWords(college: ComparedCollege, text: ReturnType<typeof useText>): readonly string[] {
  const { code, outcome, tables, first } = college;
  const version = String(college.version ?? '');
  const verdict = text(`compare.${outcome}`, { code, version, rows: college.rows ?? 0 });
  const differing = tables.map(({ table, here, there }) =>
    text('compare.table', { table, here: String(here), there: String(there) }),
  );
  if (first === null) return [verdict, ...differing];
  const { table, id, kind } = first;
  return [verdict, ...differing, text(`compare.first.${kind}`, { table, id, version: String(first.version) })];
}
