const FIELDS = 'input:not([type=file], [tabindex="-1"], :disabled), select:not(:disabled), textarea:not(:disabled)';

/** Puts the cursor into a field, once it stands there as it will. */
export function focusField(name: string): void {
  setTimeout(() => {
    const field = document.querySelector<HTMLElement>(`[data-field="${name}"] :is(input, textarea, select)`);
    field?.focus();
    if (field instanceof HTMLInputElement && field.type === 'text') field.select();
  });
}

/** The field one is in, such as `line.3.account`; null outside of all. */
export const fieldAt = (target: EventTarget | null): string | null =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-field]')?.dataset.field ?? null) : null;

/** What stands in the field now. */
export const typedAt = (name: string): string => {
  const field = document.querySelector(`[data-field="${name}"] input`);
  return field instanceof HTMLInputElement ? field.value : '';
};

/** The key of the line a field belongs to; null for the others. */
export function lineOf(name: string | null): number | null {
  const key = /^line\.(\d+)\./.exec(name ?? '')?.[1];
  return key === undefined ? null : Number.parseInt(key, 10);
}

/**
 * The field after this one in the order of the page. Bills that the form proposed are passed over, unless one is among them: Enter goes on to
 * the next line, and who wants to place the amount otherwise goes there by Tab or by their key.
 */
export function fieldAfter(form: HTMLElement, target: HTMLElement): HTMLElement | null {
  const fields = [...form.querySelectorAll<HTMLElement>(FIELDS)].filter((field) => {
    const passed = field.closest('[data-proposed]');
    return passed === null || passed.contains(target);
  });
  return fields[fields.indexOf(target) + 1] ?? null;
}

export const isField = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement && target.matches(FIELDS);
