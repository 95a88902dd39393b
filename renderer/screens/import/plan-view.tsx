import { FileSpreadsheet, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { fieldsOf, type ImportField } from '../../../shared/domain/import/columns.ts';
import { mappingOf, missingFields } from '../../../shared/domain/import/guess-mapping.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { ToggleChip } from '../../components/filter-bar.tsx';
import { Select, TextInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { nameOf, useText } from '../../i18n/text.ts';
import { type Held, openQuestion, withChoice } from './import-state.ts';
import { fateOf, PreviewTable } from './preview-table.tsx';
import type { Planning } from './use-plan.ts';

interface Props {
  readonly held: Held;
  readonly planning: Planning;
  onRun(): void;
}

/** How the file is read: sheet, heading row, the meaning of each column, and what the first rows would become. */
export function PlanView({ held, planning, onRun }: Props) {
  const text = useText();
  const [wrongOnly, setWrongOnly] = useState(false);
  const { plan, question } = held;
  // What was just chosen shows at once, before the desk has read the rows anew.
  const chosen = new Map(question.mapping?.map(({ index, field }) => [index, field]) ?? []);
  const columns = (plan?.columns ?? []).map((column) => ({
    ...column,
    field: chosen.get(column.index) ?? (chosen.has(column.index) ? null : column.field),
  }));
  const missing = missingFields(mappingOf(columns), held.kind);
  const ready = plan !== null && missing.length === 0 && !planning.busy && planning.error === null;
  useKeys([{ keys: 'Ctrl+Enter', label: text('import.run'), run: onRun, enabled: ready }]);

  const ask = (part: Partial<Held['question']>): void => {
    void planning.ask(held, { ...question, sheet: question.sheet ?? plan?.sheet ?? null, ...part });
  };
  const choose = (index: number, field: ImportField | null): void =>
    ask({ headerRow: plan?.headerRow ?? null, mapping: withChoice(columns, index, field) });

  const rows = plan?.preview ?? [];
  const wrong = rows.filter((row) => fateOf(row) === 'bad').length;
  const known = rows.filter((row) => fateOf(row) === 'known').length;
  const shown = wrongOnly ? rows.filter((row) => fateOf(row) === 'bad') : rows;
  return (
    <>
      <div className="import-controls">
        <SheetFields held={held} planning={planning} ask={ask} />
        <span className="push" />
        <Button look="primary" keys="Ctrl+Enter" disabled={!ready} onClick={onRun}>
          {text('import.run')}
        </Button>
      </div>
      {planning.error !== null ? (
        <div className="screen-body">
          <ErrorPanel error={planning.error} kept={text('import.notTaken', { name: held.fileName })} />
        </div>
      ) : plan === null ? (
        <div className="screen-body">
          <Skeleton lines={10} />
        </div>
      ) : (
        <>
          <div className="import-told" role="status">
            {missing.length > 0 ? (
              <p className="import-missing">
                {text('import.missing', { fields: missing.map((field) => nameOf(text, 'field', field)).join(', ') })}
              </p>
            ) : (
              <p>
                {text('import.preview.sum', {
                  rows: rows.length,
                  good: String(rows.length - wrong - known),
                  known: String(known),
                  bad: String(wrong),
                })}
              </p>
            )}
            {wrong > 0 && missing.length === 0 && (
              <ToggleChip label={text('import.wrongOnly')} on={wrongOnly} onChange={setWrongOnly} />
            )}
          </div>
          {rows.length === 0 ? (
            <EmptyState icon={FileSpreadsheet} title={text('import.noRows')} hint={text('import.noRowsHint')} />
          ) : (
            <PreviewTable
              fields={fieldsOf(held.kind)}
              columns={columns}
              guesses={held.guesses}
              rows={shown.length === 0 ? rows : shown}
              stale={planning.busy}
              onChoose={choose}
            />
          )}
        </>
      )}
    </>
  );
}

interface SheetProps extends Pick<Props, 'held' | 'planning'> {
  ask(part: Partial<Held['question']>): void;
}

/** Which sheet, and in which row its headings stand. Another sheet or row lets the desk guess the columns anew. */
function SheetFields({ held, planning, ask }: SheetProps) {
  const text = useText();
  const { plan, question } = held;
  const sheet = question.sheet ?? plan?.sheet ?? null;
  const known = question.headerRow ?? (plan !== null && plan.sheet === sheet ? plan.headerRow : null);
  const [typed, setTyped] = useState<string | null>(null);
  const value = typed ?? (known === null ? '' : String(known));
  const read = /^\d{1,6}$/.test(value.trim()) ? Number(value.trim()) : 0;
  const problem = typed !== null && typed !== '' && read < 1 ? text('import.headerRowWrong') : null;
  const take = (): void => {
    setTyped(null);
    if (read >= 1 && read !== known) ask({ headerRow: read, mapping: null });
  };
  return (
    <>
      {plan !== null && plan.sheets.length > 1 && (
        <Field label={text('import.sheet')}>
          {(field) => (
            <Select
              {...field}
              value={sheet ?? ''}
              onChange={(name) => ask({ sheet: name, headerRow: null, mapping: null })}
              options={plan.sheets.map(({ name, rows }) => ({
                value: name,
                label: text('import.sheetRows', { name, rows }),
              }))}
            />
          )}
        </Field>
      )}
      <Field label={text('import.headerRow')} error={problem}>
        {(field) => (
          <TextInput
            {...field}
            inputMode="numeric"
            value={value}
            onChange={setTyped}
            onBlur={() => problem === null && take()}
            onKeyDown={(event) => event.key === 'Enter' && problem === null && take()}
          />
        )}
      </Field>
      <Button icon={RotateCcw} look="quiet" disabled={planning.busy} onClick={() => ask({ ...openQuestion, sheet })}>
        {text('import.guess')}
      </Button>
      {planning.busy && (
        <span className="muted" role="status">
          {text('import.reading')}
        </span>
      )}
    </>
  );
}
