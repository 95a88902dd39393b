import { useKeys } from '../../components/keys.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { fieldAt, focusField, lineOf, typedAt } from './entry-focus.ts';
import { type MasterAsked, masterAsked } from './master-in-place.tsx';
import { billField, lineField } from './read-entry.ts';
import type { Entry } from './use-entry.ts';
import { insertLine, removeLine } from './voucher-values.ts';

interface Deeds {
  accept(): void;
  leave(): void;
  chooseReceipt(): void;
  ask(asked: MasterAsked): void;
}

const here = (): string | null => fieldAt(document.activeElement);

/** A line put in above the one the cursor is in. */
function insert(entry: Entry): void {
  const { values } = entry.latest.current;
  const at = lineOf(here()) ?? values.lines[0]?.key;
  if (at === undefined) return;
  const { values: next, key } = insertLine(values, at);
  entry.update(() => next);
  focusField(lineField(key, 'side'));
}

/** Takes a line out; the cursor goes to the one that takes its place. */
export function remove(entry: Entry, key: number | null): void {
  if (key === null) return;
  const at = entry.latest.current.values.lines.findIndex((line) => line.key === key);
  entry.update((now) => removeLine(now, key));
  const { lines } = entry.latest.current.values;
  focusField(lineField((lines[at] ?? lines[at - 1] ?? lines[0])?.key ?? 1, 'account'));
}

/** The keys of the form, as Tally has them. */
export function useFormKeys(entry: Entry, deeds: Deeds): void {
  const text = useText();
  const desk = useDesk();
  const { kind, collegeId, accepting } = entry;
  const repeatNarration = async (): Promise<void> => {
    const none = { text: '', accountCode: null, vendorId: null, from: null, to: null };
    const filter = { ...none, collegeId, kind: [kind] };
    const { rows } = await desk.call('vouchers.page', { filter, offset: 0, limit: 1 });
    const [last] = rows;
    if (last === undefined) announce(text('entry.noNarration'));
    else entry.update((now) => ({ ...now, narration: last.narration }));
    focusField('narration');
  };
  const master = (alter: boolean): void => {
    const field = here();
    const found = masterAsked(field, entry.latest.current.values.lines, field === null ? '' : typedAt(field));
    if (found === null || (alter && found.present === null)) return;
    // What is chosen already is no name for a new one.
    deeds.ask(alter ? found : { ...found, typed: found.present === null ? found.typed : '', present: null });
  };
  const toBills = (): void => {
    const key = lineOf(here());
    if (key !== null) focusField(billField(key, 0, 'kind'));
  };
  const enabled = !accepting;
  useKeys([
    { keys: 'Ctrl+A', label: text('entry.accept'), run: deeds.accept },
    { keys: 'F2', label: text('entry.toDate'), run: () => focusField('date'), enabled: kind !== 'opening' },
    { keys: 'Alt+C', label: text('entry.create'), run: () => master(false), enabled },
    { keys: 'Ctrl+Enter', label: text('entry.alter'), run: () => master(true), enabled },
    { keys: 'Alt+B', label: text('entry.toBills'), run: toBills },
    { keys: 'Alt+I', label: text('entry.insertLine'), run: () => insert(entry), enabled },
    { keys: 'Ctrl+D', label: text('entry.removeLine'), run: () => remove(entry, lineOf(here())), enabled },
    { keys: 'Ctrl+R', label: text('entry.repeatNarration'), run: () => void repeatNarration(), enabled },
    { keys: 'Alt+T', label: text('do.attach'), run: deeds.chooseReceipt, enabled },
    { keys: 'Escape', label: text('form.leave'), run: deeds.leave },
  ]);
}
