import { lazy, Suspense, useEffect, useState } from 'react';
import type { ExpenseView } from '../../../shared/ipc/contract/expenses.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { downloadFile, readFile } from '../../data/files.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

/** Fetched with the first PDF that is looked at. */
const PdfView = lazy(async () => ({ default: (await import('./pdf-view.tsx')).PdfView }));

interface Props {
  readonly receipt: ExpenseView['receipts'][number];
  onClose(): void;
}

/** A receipt to look at: a picture, or the pages of a PDF. */
export function ReceiptPreview({ receipt, onClose }: Props) {
  const text = useText();
  const desk = useDesk();
  const [blob, setBlob] = useState<Blob | null>(null);
  const [error, setError] = useState<MunimError | null>(null);
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      try {
        const { fileId } = await desk.call('receipts.open', { receiptId: receipt.id });
        const read = await readFile(desk, fileId);
        if (!gone) setBlob(read.blob);
      } catch (thrown) {
        if (!gone) setError(toMunimError(thrown));
      }
    };
    void load();
    return () => {
      gone = true;
    };
  }, [desk, receipt.id]);
  const save = async (): Promise<void> => {
    try {
      const { fileId } = await desk.call('receipts.open', { receiptId: receipt.id });
      announce(text('export.saved', { fileName: await downloadFile(desk, fileId) }));
    } catch (thrown) {
      setError(toMunimError(thrown));
    }
  };
  return (
    <Dialog title={receipt.fileName} onClose={onClose} wide>
      <div className="dialog-body stack">
        {error !== null ? (
          <ErrorPanel error={error} />
        ) : blob === null ? (
          <Skeleton />
        ) : receipt.mime.startsWith('image/') ? (
          <Picture blob={blob} name={receipt.fileName} />
        ) : (
          <Suspense fallback={<Skeleton />}>
            <PdfView blob={blob} name={receipt.fileName} onError={setError} />
          </Suspense>
        )}
        <p className="line">
          <span className="muted small receipt-hash">{`SHA-256 ${receipt.sha256}`}</span>
          <span className="push" />
          <Button onClick={() => void save()}>{text('receipt.save')}</Button>
        </p>
      </div>
    </Dialog>
  );
}

function Picture({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const text = useText();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url === null ? (
    <Skeleton />
  ) : (
    <img className="receipt-picture" src={url} alt={text('receipt.alt', { name })} />
  );
}
