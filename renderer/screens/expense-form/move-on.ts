import type { KeyboardEvent } from 'react';

const FIELDS = 'input:not([type=file], [tabindex="-1"], :disabled), select:not(:disabled), textarea:not(:disabled)';

/**
 * Enter goes to the next field, as in Tally; on the last one to the button that accepts. Shift+Enter makes a new line where a field has
 * several, Shift+Tab goes back as ever.
 */
export function moveOn(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.altKey || event.shiftKey) return;
  const target = event.target;
  if (!(target instanceof HTMLElement) || !target.matches(FIELDS)) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>(FIELDS)];
  const next = fields[fields.indexOf(target) + 1];
  (next ?? event.currentTarget.querySelector<HTMLElement>('[data-accept]'))?.focus();
  if (next instanceof HTMLInputElement && next.type === 'text') next.select();
}
