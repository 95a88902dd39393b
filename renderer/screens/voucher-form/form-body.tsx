import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { EntryKind } from '../../../shared/domain/rows.ts';
import { kindRules } from '../../../shared/domain/voucher/kinds.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import '../expense/expense-page.css';
import { useFormReceipts } from '../expense-form/form-receipts.tsx';
import { holdStill } from '../expense-form/hold-still.ts';
import { focusField, typedAt } from './entry-focus.ts';
import { EntryTable } from './entry-table.tsx';
import { FurtherDetails, HeadFields } from './head-fields.tsx';
import { type MasterAsked, MasterInPlace, masterAsked } from './master-in-place.tsx';
import { newLine, onEnter } from './on-enter.ts';
import { useAccept } from './use-accept.ts';
import { type Entry, type EntryProps, useEntry } from './use-entry.ts';
import { remove, useFormKeys } from './use-form-keys.ts';
import type { Posted } from './use-post.ts';
import './voucher-form.css';
import { changeLine } from './voucher-values.ts';

/** The form itself: the paper, the lines, and below them what is still to be placed. */
export function FormBody(props: EntryProps) {
  const text = useText();
  const [, goTo] = useLocation();
  const entry = useEntry(props);
  const { kind, accepting } = entry;
  const receipts = useFormReceipts();
  const { posted, accept } = useAccept(entry, receipts);
  const [asked, setAsked] = useState<MasterAsked | null>(null);

  const leave = async (): Promise<void> => {
    if (accepting) return;
    await entry.draft.flush();
    if (entry.changed) announce(text('form.draftKept'));
    goTo(kind === 'opening' ? '/chart' : '/vouchers');
  };
  useFormKeys(entry, {
    accept: () => void accept(),
    leave: () => void leave(),
    chooseReceipt: receipts.choose,
    ask: setAsked,
  });
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
        onKeyDown={(event) => onEnter(event, entry)}
      >
        {posted !== null && <LastPosted posted={posted} kind={kind} />}
        <Fields entry={entry} ask={setAsked} />
        {receipts.view}
        <div>
          <Button keys="Ctrl+A" busy={accepting} onClick={() => void accept()} data-accept>
            {text('entry.accept')}
          </Button>
        </div>
      </div>
      {asked !== null && (
        <MasterInPlace
          {...{ asked, kind, collegeId: entry.collegeId, books: entry.books }}
          onClose={() => setAsked(null)}
          onMade={(part) => {
            if (Object.keys(part).length > 0) entry.update((now) => changeLine(now, asked.line, part));
            setAsked(null);
            focusField(asked.field);
          }}
        />
      )}
    </div>
  );
}

/** What became of the last visit and the last try, and the fields. */
function Fields({ entry, ask }: { readonly entry: Entry; ask(asked: MasterAsked | null): void }) {
  const text = useText();
  const { kind, collegeId, today, values, books, read, post, update, error, leave } = entry;
  const head = { kind, values, today, update, error, leave };
  return (
    <>
      {entry.continued && (
        <div className="notice" role="status">
          {text('form.continued')}
          <Button look="quiet" onClick={() => entry.begun(entry.begin)}>
            {text('form.startAfresh')}
          </Button>
        </div>
      )}
      {post.error !== null && entry.refusedWhole && <ErrorPanel error={post.error} kept={text('form.keptTyped')} />}
      <HeadFields {...head} />
      <EntryTable
        {...{ collegeId, kind, today, values, books, error, leave, read }}
        focusFirst={!kindRules[kind].party}
        change={(key, part) => update((now) => changeLine(now, key, part))}
        remove={(key) => remove(entry, key)}
        create={(field) => ask(masterAsked(field, entry.latest.current.values.lines, typedAt(field)))}
        add={() => newLine(entry)}
      />
      <FurtherDetails {...head} />
    </>
  );
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
