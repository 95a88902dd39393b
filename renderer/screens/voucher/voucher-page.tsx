import { ArrowLeft, ChevronLeft, ChevronRight, Hourglass, Printer } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { VoucherPage as Voucher } from '../../../shared/ipc/contract/vouchers.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { DateText, Instant, Money } from '../../components/figures.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Skeleton } from '../../components/states.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { amountInWords } from '../../format/words.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { Letterhead, Signatures } from '../expense/expense-details.tsx';
import '../expense/expense-page.css';
import { ReceiptPanel, useAttach } from '../expense/receipts.tsx';
import { ReverseDialog } from './reverse-dialog.tsx';
import './voucher-page.css';
import { VoucherLines } from './voucher-lines.tsx';

/** One voucher as a document: its state and amount on top, the entry in columns, its papers, and the timeline at the side. */
export function VoucherPage({ id }: { readonly id: Id }) {
  const text = useText();
  const [, goTo] = useLocation();
  // The one before goes on showing while its neighbour is fetched, so that paging does not blink.
  const voucher = useAsk('vouchers.get', { id }, { keep: true });
  const back = (): void => goTo('/vouchers');
  useKeys([{ keys: 'Escape', label: text('expense.back'), run: back }]);
  return (
    <div className="screen">
      {voucher.data !== undefined ? (
        <Document key={voucher.data.id} voucher={voucher.data} onBack={back} />
      ) : (
        <div className="screen-body stack">
          <div>
            <IconButton icon={ArrowLeft} label={text('expense.back')} keys="Esc" onClick={back} />
          </div>
          {voucher.error === null ? <Skeleton lines={8} /> : <ErrorPanel error={voucher.error} />}
        </div>
      )}
    </div>
  );
}

function Document({ voucher, onBack }: { readonly voucher: Voucher; onBack(): void }) {
  const text = useText();
  const desk = useDesk();
  const [, goTo] = useLocation();
  const [reversing, setReversing] = useState(false);
  const attach = useAttach((fileId) =>
    desk.call('vouchers.attach', { collegeId: voucher.collegeId, voucherId: voucher.id, fileId }),
  );
  const may = (action: Voucher['actions'][number]): boolean => voucher.actions.includes(action);
  const kind = text(`voucher.${voucher.kind}`);
  const name = voucher.number ?? text('entry.unnumbered', { kind, date: formatDate(voucher.date) });
  const open = (id: Id | null) => (): void => {
    if (id !== null) goTo(`/vouchers/${id}`);
  };
  const duplicate = (): void => goTo(`/vouchers/new/${voucher.kind}/${voucher.id}`);
  const reverse = { label: text('entry.reverse'), run: () => setReversing(true), enabled: may('reverse') };
  const older = { label: text('entry.older'), run: open(voucher.olderId), enabled: voucher.olderId !== null };
  const newer = { label: text('entry.newer'), run: open(voucher.newerId), enabled: voucher.newerId !== null };
  useKeys([
    { keys: 'Alt+2', label: text('entry.duplicate'), run: duplicate, enabled: may('duplicate') },
    { keys: 'Alt+X', ...reverse },
    { keys: 'Alt+D', ...reverse, hidden: true },
    { keys: 'Alt+T', label: text('do.attach'), run: attach.choose, enabled: may('attach') },
    { keys: 'PageUp', ...older },
    { keys: 'PageDown', ...newer },
  ]);
  return (
    <>
      <header className="screen-head document-head">
        <IconButton icon={ArrowLeft} label={text('expense.back')} keys="Esc" onClick={onBack} />
        <h1>{name}</h1>
        {voucher.number !== null && <Pill tone="accent">{kind}</Pill>}
        {voucher.reversedBy !== null && <Pill tone="bad">{text('vouchers.reversed')}</Pill>}
        {voucher.pending && <Pill tone="warn">{text('expenses.pending')}</Pill>}
        <span className="push" />
        <IconButton
          icon={ChevronLeft}
          keys="PageUp"
          label={older.label}
          onClick={older.run}
          disabled={!older.enabled}
        />
        <IconButton
          icon={ChevronRight}
          keys="PageDown"
          label={newer.label}
          onClick={newer.run}
          disabled={!newer.enabled}
        />
        <IconButton icon={Printer} label={text('expense.print')} onClick={() => window.print()} />
        {may('reverse') && (
          <Button keys="Alt+X" onClick={reverse.run}>
            {reverse.label}
          </Button>
        )}
        {may('duplicate') && (
          <Button look="primary" keys="Alt+2" onClick={duplicate}>
            {text('entry.duplicate')}
          </Button>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the page can be scrolled by keys alone. */}
      <section className="screen-body document" tabIndex={0} aria-label={name}>
        <Letterhead collegeId={voucher.collegeId} />
        <div className="document-main stack">
          <Notices voucher={voucher} />
          <Summary voucher={voucher} />
          <VoucherLines voucher={voucher} />
          {(may('attach') || voucher.receipts.length > 0) && (
            <ReceiptPanel receipts={voucher.receipts} attach={attach} mayAttach={may('attach')} onRemove={null} />
          )}
        </div>
        {/* What was posted for an expense is told on its own page. */}
        {voucher.timeline.length > 0 && (
          <aside className="document-side" aria-label={text('expense.timeline')}>
            <h2>{text('expense.timeline')}</h2>
            <Timeline entries={voucher.timeline} />
          </aside>
        )}
        <Signatures />
      </section>
      {reversing && <ReverseDialog voucher={voucher} name={name} onClose={() => setReversing(false)} />}
    </>
  );
}

/** What one has to know before reading on. */
function Notices({ voucher }: { readonly voucher: Voucher }) {
  const text = useText();
  const { reverses, reversedBy, expense } = voucher;
  const nameOf = (number: string | null): string => number ?? text('vouchers.waits');
  return (
    <>
      {voucher.attentionSeq !== null && (
        <p className="notice notice-bad">
          {text('entry.attention')} <Link href="/sync">{text('expense.attentionLink')}</Link>
        </p>
      )}
      {voucher.number === null && voucher.pending && (
        <p className="notice">
          <Hourglass size={14} aria-hidden="true" />
          {text('expense.provisional')}
        </p>
      )}
      {reversedBy !== null && (
        <p className="notice notice-warn">
          {text('entry.reversedOn', { date: formatDate(reversedBy.date) })}
          <Link href={`/vouchers/${reversedBy.id}`}>{nameOf(reversedBy.number)}</Link>
        </p>
      )}
      {reverses !== null && (
        <p className="notice">
          {text('entry.reverses', { date: formatDate(reverses.date) })}
          <Link href={`/vouchers/${reverses.id}`}>{nameOf(reverses.number)}</Link>
        </p>
      )}
      {expense !== null && (
        <p className="notice">
          {text('entry.ofExpense')}
          <Link href={`/expenses/${expense.id}`}>{expense.reference}</Link>
        </p>
      )}
    </>
  );
}

/** Amount, day, paper and narration on top. */
function Summary({ voucher }: { readonly voucher: Voucher }) {
  const text = useText();
  const language = useLanguage();
  const { reference, referenceDate } = voucher;
  return (
    <section className="panel amounts voucher-summary" aria-label={text('expense.details')}>
      <div className="stack">
        {voucher.narration !== '' && <p className="document-description">{voucher.narration}</p>}
        <dl className="facts">
          <div>
            <dt>{text('field.date')}</dt>
            <dd>
              <DateText date={voucher.date} />
            </dd>
          </div>
          {reference !== null && (
            <div>
              <dt>{text('field.reference')}</dt>
              <dd>
                {reference}
                {referenceDate !== null && ` · ${formatDate(referenceDate)}`}
              </dd>
            </div>
          )}
          <div>
            <dt>{text('expense.maker')}</dt>
            <dd>{voucher.postedByName}</dd>
          </div>
          <div>
            <dt>{text('entry.postedAt')}</dt>
            <dd>
              <Instant at={voucher.postedAt} />
            </dd>
          </div>
        </dl>
      </div>
      <div className="amounts-total">
        <p className="muted">{text('field.amount')}</p>
        <Money paise={voucher.amountPaise} size="large" />
        <p className="muted small">{amountInWords(voucher.amountPaise, language)}</p>
      </div>
    </section>
  );
}
