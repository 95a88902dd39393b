import { type ErrorEntry, errorCatalogue } from '../../shared/kernel/errors.ts';

/** `docs/errors.md`: every refusal a person can meet, with its cause and the next step, from the catalogue in the kernel. */
export function errorsPage(): string {
  const entries: [string, ErrorEntry][] = Object.entries(errorCatalogue);
  const rows = entries
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, { cause, next, http }]) => `| \`${code}\` | ${cell(cause)} | ${cell(next)} | ${http ?? ''} |`);
  return [
    '# Errors',
    '',
    'Made by `npm run generate` from `shared/kernel/errors.ts`; do not edit. `{name}` is filled in with what the case was. The last',
    'column is the HTTP status with which the sync-server answers.',
    '',
    '| code | what happened | what to do | HTTP |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
