import { z } from 'zod';
import { type Refusal, refusal } from '../../../kernel/errors.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import type { HttpResponse } from '../../operation.ts';
import { readRecords, type XmlNode } from './xml-reader.ts';

/** The counters of an import, as Tally names them. One that it does not write is zero. */
const counterNames = [
  'CREATED',
  'ALTERED',
  'DELETED',
  'LASTVCHID',
  'LASTMID',
  'COMBINED',
  'IGNORED',
  'ERRORS',
  'EXCEPTIONS',
  'CANCELLED',
] as const;
type CounterName = (typeof counterNames)[number];
const zCounter = z
  .string()
  .trim()
  .regex(/^\d{1,12}$/)
  .transform(Number);

export interface ImportVerdict {
  readonly created: number;
  readonly altered: number;
  /** Tally's own number of the last voucher or master. */
  readonly lastVoucherId: number;
  readonly lastMasterId: number;
}

const answerRecords: ReadonlySet<string> = new Set(['RESPONSE', 'IMPORTRESULT', 'LINEERROR', ...counterNames]);

interface Said {
  readonly counters: ReadonlyMap<CounterName, number>;
  readonly lineErrors: readonly string[];
  /** Text of an answer without counters, such as `Unknown Request, cannot be processed`. */
  readonly message: string | null;
}

/** Only an answer with a body says anything. Refusals: TALLY_BAD_ANSWER, TALLY_EMPTY_ANSWER. */
export function bodyOf({ status, body }: HttpResponse): Result<Uint8Array, Refusal> {
  if (status !== 200) return err(refusal('TALLY_BAD_ANSWER', { detail: `HTTP ${status}` }));
  // Spaces, line ends, and the marks and zeros of UTF-16 are nothing.
  const isEmpty = body.every((byte) => [0x20, 0x0a, 0x0d, 0x09, 0x00, 0xff, 0xfe, 0xef, 0xbb, 0xbf].includes(byte));
  return isEmpty ? err(refusal('TALLY_EMPTY_ANSWER')) : ok(body);
}

/**
 * What became of an import. Tally answers HTTP 200 whatever happened, so that it is good only when nothing was refused or passed over and
 * as many records were created or altered as were sent. Refusals: TALLY_BAD_ANSWER, TALLY_EMPTY_ANSWER, TALLY_NO_COMPANY, TALLY_REFUSED,
 * TALLY_INCOMPLETE, TALLY_XML_…
 */
export function importVerdict(
  response: HttpResponse,
  expected: { readonly records: number; readonly company: string },
): Result<ImportVerdict, Refusal> {
  const body = bodyOf(response);
  if (!body.ok) return body;
  const said = read(body.value);
  if (!said.ok) return said;
  const { counters, lineErrors, message } = said.value;
  const count = (name: CounterName): number => counters.get(name) ?? 0;
  const refused = refusalOf(lineErrors, expected.company);
  const faults = count('ERRORS') + count('EXCEPTIONS') + count('IGNORED');
  if (refused !== undefined) return err(refused);
  if (faults > 0) {
    const parts = (['ERRORS', 'EXCEPTIONS', 'IGNORED'] as const).map((name) => `${name} ${count(name)}`);
    return err(refusal('TALLY_REFUSED', { detail: parts.join(', ') }));
  }
  if (!counters.has('ERRORS') || !(counters.has('CREATED') || counters.has('ALTERED'))) {
    return message === null
      ? err(refusal('TALLY_BAD_ANSWER', { detail: 'no counters of an import' }))
      : err(refusal('TALLY_REFUSED', { detail: message }));
  }
  const created = count('CREATED');
  const altered = count('ALTERED');
  if (created + altered !== expected.records) {
    return err(refusal('TALLY_INCOMPLETE', { expected: expected.records, done: created + altered }));
  }
  return ok({ created, altered, lastVoucherId: count('LASTVCHID'), lastMasterId: count('LASTMID') });
}

/** What stands in an export for a refusal. */
export const refusalRecords: ReadonlySet<string> = new Set(['LINEERROR', 'RESPONSE']);

/** The refusal that lines of errors mean; undefined when there are none. */
export function refusalOf(lineErrors: readonly string[], company: string): Refusal | undefined {
  if (lineErrors.length === 0) return undefined;
  if (lineErrors.some((text) => /SVCurrentCompany/i.test(text))) return refusal('TALLY_NO_COMPANY', { company });
  return refusal('TALLY_REFUSED', { detail: sentence(lineErrors) });
}

/** Only as much as a person reads; the sentence of the catalogue brings its own full stop. */
const sentence = (texts: readonly string[]): string =>
  texts
    .slice(0, 3)
    .join('; ')
    .slice(0, 400)
    .replace(/[.!\s]+$/, '');

function read(body: Uint8Array): Result<Said, Refusal> {
  const counters = new Map<CounterName, number>();
  const lineErrors: string[] = [];
  let message: string | null = null;
  let bad: string | null = null;
  const visit = (node: XmlNode): void => {
    const text = node.text.trim();
    const counter = counterNames.find((name) => name === node.name);
    if (node.name === 'LINEERROR') {
      if (text !== '') lineErrors.push(text);
    } else if (counter !== undefined) {
      const number = zCounter.safeParse(text);
      if (number.success) counters.set(counter, (counters.get(counter) ?? 0) + number.data);
      else bad = counter;
    } else if (text !== '') message = sentence([text]);
    for (const child of node.children) visit(child);
  };
  const done = readRecords([body], { records: answerRecords, onRecord: visit });
  if (!done.ok) return done;
  if (bad !== null) return err(refusal('TALLY_BAD_ANSWER', { detail: `${bad} is no number` }));
  return ok({ counters, lineErrors, message });
}
