import { FileText, Image as ImageIcon, Paperclip, Trash2 } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { ExpenseView } from '../../../shared/ipc/contract/expenses.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { ProgressBar } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { uploadFile } from '../../data/files.ts';
import { useCommand } from '../../data/use-command.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { ReceiptPreview } from './receipt-preview.tsx';

type Receipt = ExpenseView['receipts'][number];
/** What the desk takes as a receipt; it looks at the bytes itself. */
export const RECEIPT_TYPES = '.pdf,.jpg,.jpeg,.png,.webp';

export interface Attach {
  choose(): void;
  readonly sent: { readonly name: string; readonly sentBytes: number; readonly sizeBytes: number } | null;
  readonly error: MunimError | null;
  /** The hidden file field; it has to be in the page. */
  readonly input: ReactNode;
}

/**
 * Attaching a receipt: choose, hand over in chunks, tie to the document.
 * @param tie runs the command that ties the file at the desk
 */
export function useAttach(tie: (fileId: Id) => Promise<unknown>): Attach {
  const text = useText();
  const desk = useDesk();
  const field = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState<Attach['sent']>(null);
  const [error, setError] = useState<MunimError | null>(null);

  const attach = async (file: File): Promise<void> => {
    setError(null);
    setSent({ name: file.name, sentBytes: 0, sizeBytes: file.size });
    try {
      const fileId = await uploadFile(desk, file, 'receipt', {
        onProgress: (sentBytes) => setSent({ name: file.name, sentBytes, sizeBytes: file.size }),
      });
      await tie(fileId);
      announce(text('receipt.attached', { name: file.name }));
    } catch (thrown) {
      setError(toMunimError(thrown));
    } finally {
      setSent(null);
    }
  };
  const input = (
    <input
      ref={field}
      type="file"
      hidden
      accept={RECEIPT_TYPES}
      aria-label={text('do.attach')}
      onChange={(event) => {
        const file = event.target.files?.[0];
        event.target.value = '';
        if (file !== undefined) void attach(file);
      }}
    />
  );
  return { choose: () => field.current?.click(), sent, error, input };
}

export function Receipts({ expense, attach }: { readonly expense: ExpenseView; readonly attach: Attach }) {
  const [removing, setRemoving] = useState<Receipt | null>(null);
  return (
    <>
      <ReceiptPanel
        receipts={expense.receipts}
        attach={attach}
        mayAttach={expense.actions.includes('attach')}
        onRemove={expense.actions.includes('edit') ? setRemoving : null}
      />
      {removing !== null && <RemoveDialog expense={expense} receipt={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

interface PanelProps {
  readonly receipts: readonly Receipt[];
  readonly attach: Attach;
  readonly mayAttach: boolean;
  /** Null where what was added stays. */
  readonly onRemove: ((receipt: Receipt) => void) | null;
}

/** The papers of a document, each to be looked at. */
export function ReceiptPanel({ receipts, attach, mayAttach, onRemove }: PanelProps) {
  const text = useText();
  const [shown, setShown] = useState<Receipt | null>(null);
  return (
    <section className="panel stack screen-only" aria-label={text('receipt.title')}>
      {attach.input}
      <div className="line">
        <h2>{text('receipt.title')}</h2>
        <span className="push" />
        {mayAttach && (
          <Button icon={Paperclip} onClick={attach.choose} keys="Alt+T">
            {text('do.attach')}
          </Button>
        )}
      </div>
      {attach.sent !== null && (
        <ProgressBar
          label={attach.sent.name}
          done={Math.round(attach.sent.sentBytes / 1024)}
          total={Math.round(attach.sent.sizeBytes / 1024)}
        />
      )}
      {attach.error !== null && <ErrorPanel error={attach.error} />}
      {receipts.length === 0 && <p className="muted">{text('receipt.none')}</p>}
      <ul className="receipts">
        {receipts.map((receipt) => (
          <li key={receipt.id}>
            <button type="button" className="receipt" onClick={() => setShown(receipt)}>
              {receipt.mime === 'application/pdf' ? (
                <FileText size={18} aria-hidden="true" />
              ) : (
                <ImageIcon size={18} aria-hidden="true" />
              )}
              <span>{receipt.fileName}</span>
              <span className="muted small push">
                {receipt.local ? kibibytes(receipt.sizeBytes) : text('receipt.atServer')}
              </span>
            </button>
            {onRemove !== null && (
              <IconButton
                icon={Trash2}
                label={text('receipt.remove', { name: receipt.fileName })}
                onClick={() => onRemove(receipt)}
              />
            )}
          </li>
        ))}
      </ul>
      {shown !== null && <ReceiptPreview receipt={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

const kibibytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en-IN')} KiB`;

interface RemoveProps {
  readonly expense: ExpenseView;
  readonly receipt: Receipt;
  onClose(): void;
}

function RemoveDialog({ expense, receipt, onClose }: RemoveProps) {
  const text = useText();
  const command = useCommand();
  const remove = async (): Promise<void> => {
    const answer = await command.run({
      collegeId: expense.collegeId,
      name: 'receipt.remove',
      args: { receiptId: receipt.id, expenseId: expense.id },
    });
    if (answer !== null) onClose();
  };
  return (
    <ConfirmDialog
      title={text('receipt.remove', { name: receipt.fileName })}
      consequence={<p>{text('receipt.removeConsequence', { reference: expense.reference })}</p>}
      confirmLabel={text('receipt.removeConfirm')}
      dangerous
      busy={command.busy}
      error={command.error}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  );
}
