import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { VendorView } from '../../../shared/ipc/contract/masters.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Instant } from '../../components/figures.tsx';
import { changeText } from '../../components/timeline.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useCalls } from '../../data/use-call.ts';
import { useMasters } from '../../data/use-masters.ts';
import { errorText } from '../../format/error-text.ts';
import { nameOf, useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { VendorForm } from '../vendors/vendor-form.tsx';
import { type AttentionRow, reopen, vendorTyped } from './reopen.ts';

type Way = AttentionRow['ways'][number];
/** Ways after which one of two values no longer counts; they ask first. */
type AskedWay = Extract<Way, 'keep_mine' | 'take_theirs'>;
const LOOKS: readonly Way[] = ['keep_mine', 'resubmit', 'edit', 'take_theirs'];

/** One refused entry: what was typed, why it was refused, what the other side has, and the ways on. */
export function AttentionCard({ row }: { readonly row: AttentionRow }) {
  const text = useText();
  const language = useLanguage();
  const desk = useDesk();
  const [, goTo] = useLocation();
  const { busy, error, run, clear } = useCalls<Way>();
  const [asked, setAsked] = useState<AskedWay | null>(null);
  const [inTheWay, setInTheWay] = useState<string | null>(null);
  /** The vendor whose form is open, null for a new one. */
  const [form, setForm] = useState<{ readonly vendor: VendorView | null } | null>(null);
  const conflict = row.code === 'COMMAND_CONFLICT';
  const why = errorText(row.code, row.details, language);
  const title = nameOf(text, 'command', row.name);

  const settle = async (way: Way): Promise<void> => {
    if (busy !== null) return;
    setInTheWay(null);
    await run(way, async () => {
      if (way === 'edit' && row.name.startsWith('vendor.') && form === null) {
        const isNew = row.name === 'vendor.create';
        setForm({ vendor: isNew ? null : await desk.call('vendors.get', { id: row.documentId }) });
        return;
      }
      const opened = way === 'edit' && form === null ? await reopen(desk, row) : null;
      if (opened !== null && 'inTheWay' in opened) {
        setInTheWay(opened.inTheWay);
        return;
      }
      if (opened === null || opened.settles) await desk.call('attention.settle', { seq: row.seq, way });
      setAsked(null);
      if (opened !== null) goTo(opened.path);
      else announce(text(`attention.done.${way}`, { title }));
    });
  };
  const start = (way: Way): void => {
    if (way === 'keep_mine' || way === 'take_theirs') setAsked(way);
    else void settle(way);
  };
  const ways = LOOKS.filter((way) => row.ways.includes(way));
  return (
    <li className="panel stack attention-card">
      <header className="line">
        <TriangleAlert size={16} aria-hidden="true" />
        <h3>{row.reference === null ? title : `${title} · ${row.reference}`}</h3>
        {row.name.startsWith('expense.') && row.name !== 'expense.create' && row.name !== 'expense.import' && (
          <Link href={`/expenses/${row.documentId}`}>{text('attention.open')}</Link>
        )}
        {(row.name === 'voucher.reverse' || row.name === 'voucher.attach') && (
          <Link href={`/vouchers/${row.documentId}`}>{text('attention.open')}</Link>
        )}
        {isOfBank(row.name) && <Link href={bankPath(row)}>{text('attention.openBank')}</Link>}
        <span className="push muted small">
          {`${row.actorName} · `}
          <Instant at={row.occurredAt} />
        </span>
      </header>
      <div className="stack-tight">
        <p className="attention-cause">{why.cause}</p>
        <p>{why.next}</p>
        <p className="muted small">
          <code>{row.code}</code>
        </p>
      </div>
      <TypedTable row={row} />
      {error !== null && asked === null && <ErrorPanel error={error} kept={text('attention.kept')} />}
      {inTheWay !== null && (
        <p role="alert">
          {text('attention.inTheWay')} <Link href={inTheWay}>{text('attention.inTheWayLink')}</Link>
        </p>
      )}
      {ways.length === 0 ? (
        <p className="muted">{text('attention.noWay')}</p>
      ) : (
        <div className="line">
          {ways.map((way, index) => (
            <Button
              key={way}
              look={index === 0 && way !== 'take_theirs' ? 'primary' : 'plain'}
              busy={busy === way}
              disabled={busy !== null && busy !== way}
              onClick={() => start(way)}
            >
              {text(wayLabel(way, row))}
            </Button>
          ))}
        </div>
      )}
      {form !== null && (
        <VendorForm
          collegeId={row.collegeId}
          vendor={form.vendor}
          begun={vendorTyped(row.typed)}
          // The corrected entry is saved before the refused one is let go of.
          onDone={() => {
            setForm(null);
            void settle('edit');
          }}
          onClose={() => setForm(null)}
        />
      )}
      {asked !== null && (
        <ConfirmDialog
          title={row.reference === null ? title : `${title} · ${row.reference}`}
          consequence={
            <>
              <p>{text(asked === 'take_theirs' && !conflict ? 'attention.ask.letGo' : `attention.ask.${asked}`)}</p>
              <TypedTable row={row} />
            </>
          }
          confirmLabel={text(wayLabel(asked, row))}
          dangerous={asked === 'take_theirs'}
          busy={busy !== null}
          error={error}
          onConfirm={() => void settle(asked)}
          onClose={() => {
            setAsked(null);
            clear();
          }}
        />
      )}
    </li>
  );
}

const isOfBank = (name: string): boolean => /^(?:statement|reconciliation|bankRule)\./.test(name);

/** The account it is about, where the entry says so. */
function bankPath({ typed }: AttentionRow): string {
  const account = typed.find(({ field }) => field === 'bankAccountId')?.mine;
  return account === undefined ? '/reconciliation' : `/reconciliation/${account}`;
}

function wayLabel(way: Way, row: AttentionRow) {
  if (way === 'take_theirs' && row.code !== 'COMMAND_CONFLICT') return 'attention.way.letGo';
  return way === 'edit' && row.name === 'budget.set' ? 'attention.way.open' : (`attention.way.${way}` as const);
}

/** Field by field what was typed here and, where both changed it, what stands at the server. */
function TypedTable({ row }: { readonly row: AttentionRow }) {
  const text = useText();
  if (row.typed.length === 0) return <p className="muted">{text('attention.nothingTyped')}</p>;
  const both = row.typed.some(({ theirs }) => theirs !== null);
  return (
    <table className="plain-table attention-typed">
      <caption className="visually-hidden">{text('attention.typed')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('attention.field')}</th>
          <th scope="col">{text('attention.mine')}</th>
          {both && <th scope="col">{text('attention.theirs')}</th>}
        </tr>
      </thead>
      <tbody>
        {row.typed.map((one) => (
          <tr key={one.field} className={one.theirs === null ? undefined : 'is-contested'}>
            <th scope="row">{nameOf(text, 'field', one.field)}</th>
            <td>
              <Value row={row} field={one.field} kind={one.kind} value={one.mine} />
            </td>
            {both && (
              <td>{one.theirs !== null && <Value row={row} field={one.field} kind={one.kind} value={one.theirs} />}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ValueProps {
  readonly row: AttentionRow;
  readonly field: string;
  readonly kind: 'text' | 'money' | 'date';
  readonly value: string;
}

function Value({ row, field, kind, value }: ValueProps) {
  const text = useText();
  const masters = useMasters(row.collegeId);
  if (field === 'vendorId') return <VendorName id={value} />;
  if (field === 'bankAccountId') return <BankAccountName collegeId={row.collegeId} id={value} />;
  if (field === 'direction') return text(value === 'in' ? 'recon.in' : 'recon.out');
  if (field === 'format') return nameOf(text, 'statementFormat', value);
  if (field === 'category') return masters.categoryName(value);
  if (field === 'accountCode') return `${value} · ${masters.accountName(value)}`;
  if (value === 'true' || value === 'false') return text(value === 'true' ? 'change.yes' : 'change.no');
  return changeText(kind, value, text);
}

/** The name of a bank account; its id while it is not in the books. */
function BankAccountName({ collegeId, id }: { readonly collegeId: string; readonly id: string }) {
  const { data } = useAsk('reconciliation.accounts', { collegeId });
  return data?.rows.find((account) => account.id === id)?.name ?? id;
}

/** The name of a vendor; its id while it is not in the books, for instance because it was refused itself. */
function VendorName({ id }: { readonly id: string }) {
  const { data } = useAsk('vendors.get', { id });
  return data?.fields.name ?? id;
}
