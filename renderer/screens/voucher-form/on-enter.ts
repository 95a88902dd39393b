import type { KeyboardEvent } from 'react';
import { fieldAfter, fieldAt, focusField, isField, lineOf } from './entry-focus.ts';
import { lineField } from './read-entry.ts';
import type { Entry } from './use-entry.ts';
import { addLine, isEmptyLine, removeLine, sumsOf } from './voucher-values.ts';

/**
 * Enter goes from field to field. At the end of the last line it opens a new one with what is still to be placed, or goes on when nothing
 * is; in a line that stays empty it goes on to the narration.
 */
export function onEnter(event: KeyboardEvent<HTMLElement>, entry: Entry): void {
  if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.altKey || event.shiftKey) return;
  const { target } = event;
  if (!isField(target)) return;
  event.preventDefault();
  const name = fieldAt(target);
  const { lines } = entry.latest.current.values;
  const last = lines.at(-1);
  const next = fieldAfter(event.currentTarget, target);
  if (last === undefined || lineOf(name) !== last.key) {
    moveTo(next ?? event.currentTarget.querySelector<HTMLElement>('[data-accept]'));
  } else if (name === lineField(last.key, 'account') && isEmptyLine(last) && lines.length > 1) {
    entry.update((values) => removeLine(values, last.key));
    focusField('narration');
  } else if (lineOf(fieldAt(next)) === last.key || (sumsOf(lines).difference === 0n && lines.length > 1)) {
    moveTo(next);
  } else newLine(entry);
}

/** A new last line, with the cursor at its beginning. */
export function newLine(entry: Entry): void {
  const { values, key } = addLine(entry.latest.current.values);
  entry.update(() => values);
  focusField(lineField(key, 'side'));
}

function moveTo(field: HTMLElement | null): void {
  field?.focus();
  if (field instanceof HTMLInputElement && field.type === 'text') field.select();
}
