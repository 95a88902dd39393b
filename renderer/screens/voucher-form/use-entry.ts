import { type RefObject, useRef, useState } from 'react';
import type { EntryKind } from '../../../shared/domain/rows.ts';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useKeepDraft } from '../../data/keep-draft.ts';
import { useWork } from '../../data/session.ts';
import { errorText } from '../../format/error-text.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { draftText, type EntryDraft } from './entry-draft.ts';
import { type FieldName, type ReadEntry, readEntry } from './read-entry.ts';
import { refusedField } from './refused-field.ts';
import { type FormBooks, useEntryBooks } from './use-entry-books.ts';
import { type PostRun, usePost } from './use-post.ts';
import type { VoucherValues } from './voucher-values.ts';

export interface EntryProps {
  readonly formName: string;
  readonly collegeId: Id;
  readonly kind: EntryKind;
  readonly begin: EntryDraft;
  readonly resumed: EntryDraft | null;
  readonly isCopy: boolean;
}

/** A voucher while it is typed. */
export interface Entry extends EntryProps {
  readonly today: IsoDate;
  readonly values: VoucherValues;
  /** What is typed, known at once to the key that comes after it, before anything is drawn again. */
  readonly latest: RefObject<EntryDraft>;
  readonly books: FormBooks;
  readonly read: ReadEntry;
  readonly draft: ReturnType<typeof useKeepDraft>;
  readonly post: PostRun;
  readonly accepting: boolean;
  setAccepting(accepting: boolean): void;
  readonly changed: boolean;
  /** Whether it is what was typed at an earlier visit. */
  readonly continued: boolean;
  update(make: (now: VoucherValues) => VoucherValues): void;
  /** Begins anew with these values. */
  begun(next: EntryDraft): void;
  /** A refusal that belongs to no field. */
  readonly refusedWhole: boolean;
  /** What is wrong with a field, once it was left or one tried to accept. */
  error(name: FieldName): string | null;
  leave(name: FieldName): void;
  /** From now on everything that is wrong is said. */
  tell(): void;
}

/** Everything the form knows of the voucher that is typed in it. */
export function useEntry(props: EntryProps): Entry {
  const { kind, begin, resumed } = props;
  const text = useText();
  const language = useLanguage();
  const { today } = useWork();
  const [start, setStart] = useState(begin);
  const [state, setState] = useState(resumed ?? begin);
  const latest = useRef(state);
  const [continued, setContinued] = useState(resumed !== null);
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set());
  const [tried, setTried] = useState(false);
  const [accepting, setAccepting] = useState(false);
  const post = usePost();
  const { values } = state;
  const books = useEntryBooks(props.collegeId, values.lines);
  const read = readEntry(kind, values, today, books);
  const changed = values !== start.values;
  const draft = useKeepDraft(props.formName, changed ? draftText(state) : null);
  const refusedAt = post.error === null ? null : refusedField(post.error, kind, values, books);

  const begun = (next: EntryDraft): void => {
    // Leaving the field now counts for the old form; afterwards it would mark an empty field of the new one.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    latest.current = next;
    setStart(next);
    setState(next);
    setContinued(false);
    setTried(false);
    setLeft(new Set());
  };
  const error = (name: FieldName): string | null => {
    if (post.error !== null && refusedAt === name) {
      return errorText(post.error.code, post.error.details, language).cause;
    }
    const key = tried || left.has(name) ? read.problems.get(name) : undefined;
    return key === undefined ? null : text(key);
  };
  return {
    ...props,
    ...{ today, values, latest, books, read, draft, post, accepting, setAccepting, changed, continued, begun, error },
    refusedWhole: post.error !== null && refusedAt === null,
    update: (make) => {
      if (accepting) return;
      latest.current = { ...latest.current, values: make(latest.current.values) };
      setState(latest.current);
      if (post.error !== null) post.clear();
    },
    leave: (name) => setLeft((now) => (now.has(name) ? now : new Set(now).add(name))),
    tell: () => setTried(true),
  };
}
