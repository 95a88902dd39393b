/** Taken as typed, with Shift or without. */
const SIGNS: ReadonlySet<string> = new Set(['?', '/', '+', '-']);

const wantedCode = (key: string): string => {
  if (/^[A-Z]$/.test(key)) return `Key${key}`;
  if (/^\d$/.test(key)) return `Digit${key}`;
  return key;
};

/** Whether the event is the combination (`Ctrl+K`, `Alt+F2`, `?`). Letters and digits go by their place on the keyboard. */
export function matches(keys: string, event: KeyboardEvent): boolean {
  if (SIGNS.has(keys)) return event.key === keys && !event.ctrlKey && !event.altKey;
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  if (event.ctrlKey !== parts.includes('Ctrl')) return false;
  if (event.altKey !== parts.includes('Alt')) return false;
  if (event.shiftKey !== parts.includes('Shift')) return false;
  return wantedCode(key) === (/^[A-Z\d]$/.test(key) ? event.code : event.key);
}
