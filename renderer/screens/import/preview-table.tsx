import { CircleAlert, CircleCheck, Copy, TriangleAlert } from 'lucide-react';
import type { ImportField } from '../../../shared/domain/import/columns.ts';
import { rowProblemWords } from '../../../shared/domain/import/row-problems.ts';
import type { ImportPlan } from '../../../shared/ipc/contract/files.ts';
import { fillText } from '../../../shared/kernel/errors.ts';
import { classes } from '../../components/classes.ts';
import { Select } from '../../components/inputs.tsx';
import type { Language } from '../../i18n/language.ts';
import { nameOf, useLanguage, useText } from '../../i18n/text.ts';
import { surenessOf } from './import-state.ts';

type Column = ImportPlan['columns'][number];
export type PreviewRow = ImportPlan['preview'][number];
type Problem = PreviewRow['problems'][number];

export const fateOf = (row: PreviewRow): 'good' | 'known' | 'bad' =>
  row.problems.length > 0 ? 'bad' : row.duplicate ? 'known' : 'good';

interface Props {
  /** What a column of this kind of file can mean. */
  readonly fields: readonly ImportField[];
  readonly columns: readonly Column[];
  /** What the desk guessed before the person chose. */
  readonly guesses: readonly Column[];
  readonly rows: readonly PreviewRow[];
  /** Its rows are of an earlier question. */
  readonly stale: boolean;
  onChoose(index: number, field: ImportField | null): void;
}

/** The first rows as they stand in the file, the meaning of each column above it, and what is wrong in the very cell. */
export function PreviewTable({ fields, columns, guesses, rows, stale, onChoose }: Props) {
  const text = useText();
  return (
    <section
      className={classes('import-preview', stale && 'is-stale')}
      aria-label={text('import.preview')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must be able to scroll it.
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col" className="import-row-head">
              {text('import.row')}
            </th>
            {columns.map((column) => (
              <ColumnHead
                key={column.index}
                fields={fields}
                column={column}
                guess={guesses.find(({ index }) => index === column.index)}
                onChoose={onChoose}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.rowNumber} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface HeadProps extends Pick<Props, 'fields'> {
  readonly column: Column;
  readonly guess: Column | undefined;
  onChoose(index: number, field: ImportField | null): void;
}

const UNUSED = '';

function ColumnHead({ fields, column, guess, onChoose }: HeadProps) {
  const text = useText();
  const title = column.title === '' ? text('import.untitled', { number: String(column.index + 1) }) : column.title;
  const sureness = surenessOf(column.field, guess);
  const doubtful = sureness === 'likely' || sureness === 'unsure';
  return (
    <th scope="col" className={classes(column.field === null && 'is-unused')}>
      <span className="import-title" title={title}>
        {title}
      </span>
      <Select
        aria-label={text('import.meaning', { title })}
        value={column.field ?? UNUSED}
        onChange={(value) => onChoose(column.index, fields.find((field) => field === value) ?? null)}
        options={[
          { value: UNUSED, label: text('import.unused') },
          ...fields.map((field) => ({ value: field, label: nameOf(text, 'field', field) })),
        ]}
      />
      <span className={classes('import-sureness', doubtful && 'is-doubtful')}>
        {doubtful && <TriangleAlert size={12} aria-hidden="true" />}
        {text(`import.sureness.${sureness}`)}
      </span>
    </th>
  );
}

const isProblemCode = (code: string): code is keyof typeof rowProblemWords => Object.hasOwn(rowProblemWords, code);

/** What is wrong, in the person's language; a code of a newer desk is shown as it is. */
const inWords = ({ code, details }: Problem, language: Language): string =>
  isProblemCode(code) ? fillText(rowProblemWords[code][language], details) : code;

function Row({ row, columns }: { readonly row: PreviewRow; readonly columns: readonly Column[] }) {
  const text = useText();
  const language = useLanguage();
  const fate = fateOf(row);
  const Icon = { good: CircleCheck, known: Copy, bad: CircleAlert }[fate];
  const homeless = row.problems.filter(({ field }) => !columns.some((column) => column.field === field));
  return (
    <tr className={`is-${fate}`}>
      <th scope="row" className="import-row-head">
        <span className="import-fate">
          <Icon size={13} aria-hidden="true" />
          <span>{row.rowNumber}</span>
          <span>{text(`import.fate.${fate}`)}</span>
        </span>
        {homeless.map((problem) => (
          <span key={`${problem.field} ${problem.code}`} className="import-problem">
            {`${nameOf(text, 'field', problem.field)}: ${inWords(problem, language)}`}
          </span>
        ))}
      </th>
      {columns.map((column) => {
        const problems = row.problems.filter(({ field }) => field === column.field);
        return (
          <td
            key={column.index}
            className={classes(problems.length > 0 && 'is-wrong', column.field === null && 'is-unused')}
          >
            <span className="import-cell">{row.cells[column.index] ?? ''}</span>
            {problems.map((problem) => (
              <span key={problem.code} className="import-problem">
                {inWords(problem, language)}
              </span>
            ))}
          </td>
        );
      })}
    </tr>
  );
}
