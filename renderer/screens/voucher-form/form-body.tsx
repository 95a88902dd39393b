import { type KeyboardEvent, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { EntryKind } from '../../../shared/domain/rows.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useKeys } from '../../components/keys.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useKeepDraft } from '../../data/keep-draft.ts';
import { useWork } from '../../data/session.ts';
import { errorText } from '../../format/error-text.ts';
import { newId } from '../../host/system.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import '../expense/expense-page.css';
import { useFormReceipts } from '../expense-form/form-receipts.tsx';
import { holdStill } from '../expense-form/hold-still.ts';
import { draftText, type EntryDraft } from './entry-draft.ts';
import { fieldAfter, fieldAt, focusField, isField, lineOf, typedAt } from './entry-focus.ts';
import { EntryTable } from './entry-table.tsx';
import { FurtherDetails, HeadFields } from './head-fields.tsx';
import { type MasterAsked, MasterInPlace, masterAsked } from './master-in-place.tsx';
import { billField, type FieldName, lineField, readEntry } from './read-entry.ts';
import { refusedField } from './refused-field.ts';
import { useEntryBooks } from './use-entry-books.ts';
import { type Posted, usePost } from './use-post.ts';
import './voucher-form.css';
import { kindRules } from '../../../shared/domain/voucher/kinds.ts';
import {
  addLine,
  changeLine,
  emptyVoucher,
  insertLine,
  isEmptyLine,
  removeLine,
  type VoucherValues,
} from './voucher-values.ts';

interface Props {
  readonly formName: string;
  readonly collegeId: Id;
  readonly kind: EntryKind;
  readonly begin: EntryDraft;
  readonly resumed: EntryDraft | null;
  readonly isCopy: boolean;
}

/** Where the cursor begins: at the paper where there has to be one, otherwise at the first account. */
const firstField = (kind: EntryKind, { lines }: VoucherValues): string =>
  kindRules[kind].party ? 'reference' : lineField(lines[0]?.key ?? 1, 'account');

/** The form itself: the paper, the lines, and below them what is still to be placed. */
export function FormBody({ formName, collegeId, kind, begin, resumed, isCopy }: Props) {
  const text = useText();
  const language = useLanguage();
  const desk = useDesk();
  const [, goTo] = useLocation();
  const { today } = useWork();
  const [start, setStart] = useState(begin);
  const [state, setState] = useState(resumed ?? begin);
  // What is typed is known at once to the key that comes after it, before anything is drawn again.
  const latest = useRef(state);
  const [continued, setContinued] = useState(resumed !== null);
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set());
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<MasterAsked | null>(null);
  const [posted, setPosted] = useState<Posted | null>(null);
  const [accepting, setAccepting] = useState(false);
  const receipts = useFormReceipts();
  const post = usePost();
  const { values } = state;
  const books = useEntryBooks(collegeId, values.lines);
  const read = readEntry(kind, values, today, books);
  // A copy is worth keeping as it comes; an empty form is not.
  const changed = values !== start.values;
  const draft = useKeepDraft(formName, changed ? draftText(state) : null);

  const update = (make: (now: VoucherValues) => VoucherValues): void => {
    if (accepting) return;
    latest.current = { ...latest.current, values: make(latest.current.values) };
    setState(latest.current);
    if (post.error !== null) post.clear();
  };
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
  const refusedAt = post.error === null ? null : refusedField(post.error, kind, values, books);
  const error = (name: FieldName): string | null => {
    if (post.error !== null && refusedAt === name)
      return errorText(post.error.code, post.error.details, language).cause;
    const key = tried || left.has(name) ? read.problems.get(name) : undefined;
    return key === undefined ? null : text(key);
  };
  const leaveField = (name: FieldName): void => setLeft((now) => (now.has(name) ? now : new Set(now).add(name)));

  const leave = async (): Promise<void> => {
    if (accepting) return;
    await draft.flush();
    if (changed) announce(text('form.draftKept'));
    goTo(kind === 'opening' ? '/chart' : '/vouchers');
  };
  const accept = async (): Promise<void> => {
    if (accepting) return;
    if (read.fields === null) {
      setTried(true);
      const [first] = read.problems.keys();
      focusField(first === 'lines' ? lineField(values.lines.at(-1)?.key ?? 1, 'amount') : (first ?? ''));
      return;
    }
    setAccepting(true);
    try {
      const { voucherId } = latest.current;
      const { lines, ...head } = read.fields;
      const args = {
        ...head,
        voucherId,
        lines: lines.map(({ bills, ...line }) => ({ ...line, ...(bills && { bills: [...bills] }) })),
      };
      const attach = () =>
        receipts.attachAll((fileId) => desk.call('vouchers.attach', { collegeId, voucherId, fileId }));
      const done = await post.run({ collegeId, name: 'voucher.post', args }, attach);
      if (!('voucherId' in done)) {
        focusField(refusedField(done, kind, values, books) ?? '');
        return;
      }
      await draft.drop();
      setPosted(done);
      announce(text('entry.posted'));
      const next = { voucherId: newId(), values: emptyVoucher(kind, values.date) };
      if (isCopy) goTo(`/vouchers/${voucherId}`);
      else {
        begun(next);
        focusField(firstField(kind, next.values));
      }
    } finally {
      setAccepting(false);
    }
  };

  const insert = (): void => {
    const at = lineOf(fieldAt(document.activeElement)) ?? values.lines[0]?.key;
    if (at === undefined) return;
    const { values: next, key } = insertLine(latest.current.values, at);
    update(() => next);
    focusField(lineField(key, 'side'));
  };
  const remove = (key: number | null): void => {
    if (key === null) return;
    const at = latest.current.values.lines.findIndex((line) => line.key === key);
    update((now) => removeLine(now, key));
    const { lines } = latest.current.values;
    focusField(lineField((lines[at] ?? lines[at - 1] ?? lines[0])?.key ?? 1, 'account'));
  };
  const repeatNarration = async (): Promise<void> => {
    const none = { text: '', accountCode: null, vendorId: null, from: null, to: null };
    const filter = { ...none, collegeId, kind: [kind] };
    const { rows } = await desk.call('vouchers.page', { filter, offset: 0, limit: 1 });
    const [last] = rows;
    if (last === undefined) announce(text('entry.noNarration'));
    else update((now) => ({ ...now, narration: last.narration }));
    focusField('narration');
  };
  const master = (alter: boolean): void => {
    const field = fieldAt(document.activeElement);
    const found = masterAsked(field, latest.current.values.lines, field === null ? '' : typedAt(field));
    if (found !== null && (!alter || found.present !== null)) setAsked(alter ? found : { ...found, present: null });
  };
  const toBills = (): void => {
    const key = lineOf(fieldAt(document.activeElement));
    if (key !== null) focusField(billField(key, 0, 'kind'));
  };
  useKeys([
    { keys: 'Ctrl+A', label: text('entry.accept'), run: () => void accept() },
    { keys: 'F2', label: text('entry.toDate'), run: () => focusField('date'), enabled: kind !== 'opening' },
    { keys: 'Alt+C', label: text('entry.create'), run: () => master(false), enabled: !accepting },
    { keys: 'Ctrl+Enter', label: text('entry.alter'), run: () => master(true), enabled: !accepting },
    { keys: 'Alt+B', label: text('entry.toBills'), run: toBills },
    { keys: 'Alt+I', label: text('entry.insertLine'), run: insert, enabled: !accepting },
    {
      keys: 'Ctrl+D',
      label: text('entry.removeLine'),
      run: () => remove(lineOf(fieldAt(document.activeElement))),
      enabled: !accepting,
    },
    { keys: 'Ctrl+R', label: text('entry.repeatNarration'), run: () => void repeatNarration(), enabled: !accepting },
    { keys: 'Alt+T', label: text('do.attach'), run: receipts.choose, enabled: !accepting },
    { keys: 'Escape', label: text('form.leave'), run: () => void leave() },
  ]);

  /** Enter goes from field to field; at the end of the last line to a new one, or on to the narration when nothing is left to place. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.altKey || event.shiftKey) return;
    const { target } = event;
    if (!isField(target)) return;
    event.preventDefault();
    const name = fieldAt(target);
    const now = latest.current.values;
    const last = now.lines.at(-1);
    const next = fieldAfter(event.currentTarget, target);
    if (last === undefined || lineOf(name) !== last.key) {
      moveTo(next ?? event.currentTarget.querySelector<HTMLElement>('[data-accept]'));
    } else if (name === lineField(last.key, 'account') && isEmptyLine(last) && now.lines.length > 1) {
      update((values) => removeLine(values, last.key));
      focusField('narration');
    } else if (lineOf(fieldAt(next)) === last.key) {
      moveTo(next);
    } else if (readEntry(kind, now, today, books).difference === 0n && now.lines.length > 1) {
      moveTo(next);
    } else {
      const { values: added, key } = addLine(now);
      update(() => added);
      focusField(lineField(key, 'side'));
    }
  };

  return (
    <div className="screen">
      <header className="screen-head document-head">
        <h1>{text(`entry.new.${kind}`)}</h1>
        <span className="push" />
        <Button look="quiet" keys="Esc" onClick={() => void leave()}>
          {text('action.back')}
        </Button>
        <Button look="primary" keys="Ctrl+A" busy={accepting} onClick={() => void accept()}>
          {text('entry.accept')}
        </Button>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter moves between the fields inside. */}
      <div
        className="screen-body entry stack"
        aria-busy={accepting}
        {...(accepting ? holdStill : {})}
        onKeyDown={onKeyDown}
      >
        {posted !== null && <LastPosted posted={posted} kind={kind} />}
        {continued && (
          <div className="notice" role="status">
            {text('form.continued')}
            <Button look="quiet" onClick={() => begun(begin)}>
              {text('form.startAfresh')}
            </Button>
          </div>
        )}
        {post.error !== null && refusedAt === null && <ErrorPanel error={post.error} kept={text('form.keptTyped')} />}
        <HeadFields kind={kind} values={values} today={today} update={update} error={error} leave={leaveField} />
        <EntryTable
          {...{ collegeId, kind, today, values, books, error, read }}
          focusFirst={!kindRules[kind].party}
          change={(key, part) => update((now) => changeLine(now, key, part))}
          remove={remove}
          leave={leaveField}
          create={(field) => setAsked(masterAsked(field, latest.current.values.lines, typedAt(field)))}
          add={() => {
            const { values: added, key } = addLine(latest.current.values);
            update(() => added);
            focusField(lineField(key, 'side'));
          }}
        />
        <FurtherDetails kind={kind} values={values} today={today} update={update} error={error} leave={leaveField} />
        {receipts.view}
        <div>
          <Button keys="Ctrl+A" busy={accepting} onClick={() => void accept()} data-accept>
            {text('entry.accept')}
          </Button>
        </div>
      </div>
      {asked !== null && (
        <MasterInPlace
          {...{ asked, collegeId, kind, books }}
          onClose={() => setAsked(null)}
          onMade={(part) => {
            if (Object.keys(part).length > 0) update((now) => changeLine(now, asked.line, part));
            setAsked(null);
            focusField(asked.field);
          }}
        />
      )}
    </div>
  );
}

function moveTo(field: HTMLElement | null): void {
  field?.focus();
  if (field instanceof HTMLInputElement && field.type === 'text') field.select();
}

/** What became of the voucher before: it stays until the next one, because a toast would be missed. */
function LastPosted({ posted, kind }: { readonly posted: Posted; readonly kind: EntryKind }) {
  const text = useText();
  return (
    <div className="stack-tight">
      <p className="notice" role="status">
        {text('entry.lastPosted', { kind: text(`voucher.${kind}`), amount: formatRupees(posted.amountPaise) })}
        <Link href={`/vouchers/${posted.voucherId}`}>{text('form.open')}</Link>
      </p>
      {posted.problem !== null && <ErrorPanel error={posted.problem} kept={text('entry.postedAnyway')} />}
    </div>
  );
}
