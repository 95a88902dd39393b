import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { type BulkCell, bulkValues } from '../../../shared/domain/bulk-file/layout.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Select, TextInput } from '../../components/inputs.tsx';
import { useText } from '../../i18n/text.ts';

interface Props {
  readonly row: readonly BulkCell[];
  onChange(row: readonly BulkCell[]): void;
}

const FIXED = 'text';
const START_MAX = 20;

/** What stands in each place of a row: its order, what it is, and how long it may be. */
export function LayoutRows({ row, onChange }: Props) {
  const text = useText();
  const put = (at: number, cell: BulkCell): void => onChange(row.map((one, place) => (place === at ? cell : one)));
  const move = (from: number, to: number): void => {
    const cells = [...row];
    const [cell] = cells.splice(from, 1);
    if (cell !== undefined) cells.splice(to, 0, cell);
    onChange(cells);
  };
  return (
    <fieldset className="stack-tight">
      <legend className="field-label">{text('layout.row')}</legend>
      {row.map((cell, at) => {
        const place = at + 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is named by its number.
          <div key={at} className="layout-place">
            <span className="number muted">{place}</span>
            <Select
              aria-label={text('layout.place', { place })}
              value={cell.kind === 'text' ? FIXED : cell.value}
              options={[
                { value: FIXED, label: text('bulk.text') },
                ...bulkValues.map((value) => ({ value, label: text(`bulk.${value}`) })),
              ]}
              onChange={(next) => {
                const value = bulkValues.find((one) => one === next);
                const max = cell.kind === 'value' ? cell.max : START_MAX;
                put(at, value === undefined ? { kind: 'text', text: '' } : { kind: 'value', value, max });
              }}
            />
            {cell.kind === 'text' ? (
              <TextInput
                aria-label={`${text('layout.fixed')}, ${text('layout.place', { place })}`}
                value={cell.text}
                maxLength={limits.bulkFile.cellTextMax}
                spellCheck={false}
                onChange={(next) => put(at, { kind: 'text', text: next })}
              />
            ) : (
              <TextInput
                aria-label={`${text('layout.max')}, ${text('layout.place', { place })}`}
                value={String(cell.max)}
                inputMode="numeric"
                maxLength={3}
                onChange={(next) => put(at, { ...cell, max: Number.parseInt(next.replace(/\D/g, ''), 10) || 1 })}
              />
            )}
            <IconButton
              icon={ArrowUp}
              label={text('layout.up', { place })}
              disabled={at === 0}
              onClick={() => move(at, at - 1)}
            />
            <IconButton
              icon={ArrowDown}
              label={text('layout.down', { place })}
              disabled={place === row.length}
              onClick={() => move(at, at + 1)}
            />
            <IconButton
              icon={X}
              label={text('layout.remove', { place })}
              onClick={() => onChange(row.filter((_, other) => other !== at))}
            />
          </div>
        );
      })}
      <div>
        <Button icon={Plus} onClick={() => onChange([...row, { kind: 'text', text: '' }])}>
          {text('layout.add')}
        </Button>
      </div>
    </fieldset>
  );
}
