import { Paperclip, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { ProgressBar } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { uploadFile } from '../../data/files.ts';
import { useText } from '../../i18n/text.ts';
import { RECEIPT_TYPES } from '../expense/receipts.tsx';

export interface Waiting {
  readonly fileId: Id;
  readonly name: string;
}

export interface FormReceipts {
  readonly waiting: readonly Waiting[];
  choose(): void;
  /** Ties the chosen files to what was saved; what could not be tied stays waiting. @returns the first refusal */
  attachAll(tie: (fileId: Id) => Promise<unknown>): Promise<MunimError | null>;
  readonly view: ReactNode;
}

/** Receipts chosen before the document is saved: they are handed to the desk at once and tied to the document when it is there. */
export function useFormReceipts(): FormReceipts {
  const text = useText();
  const desk = useDesk();
  const field = useRef<HTMLInputElement>(null);
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const [sending, setSending] = useState<{ name: string; sent: number; size: number } | null>(null);
  const [error, setError] = useState<MunimError | null>(null);
  /** What is chosen and not tied yet, as it is now and not as it was when something was last drawn. */
  const unused = useRef<readonly Waiting[]>([]);
  const underWay = useRef(new Set<Promise<void>>());
  const keep = (left: readonly Waiting[]): void => {
    unused.current = left;
    setWaiting(left);
  };
  useEffect(
    () => () => {
      for (const { fileId } of unused.current) void desk.call('files.discard', { fileId }).catch(() => undefined);
    },
    [desk],
  );

  const add = async (file: File): Promise<void> => {
    setError(null);
    setSending({ name: file.name, sent: 0, size: file.size });
    try {
      const fileId = await uploadFile(desk, file, 'receipt', {
        onProgress: (sent) => setSending({ name: file.name, sent, size: file.size }),
      });
      keep([...unused.current, { fileId, name: file.name }]);
    } catch (thrown) {
      setError(toMunimError(thrown));
    } finally {
      setSending(null);
    }
  };
  const remove = (fileId: Id): void => {
    keep(unused.current.filter((one) => one.fileId !== fileId));
    void desk.call('files.discard', { fileId }).catch(() => undefined);
  };
  const attachAll = async (tie: (fileId: Id) => Promise<unknown>): Promise<MunimError | null> => {
    // One that is still being handed over belongs to this bill, not to the next.
    await Promise.all(underWay.current);
    let refused: MunimError | null = null;
    const left: Waiting[] = [];
    for (const one of unused.current) {
      try {
        await tie(one.fileId);
      } catch (thrown) {
        refused ??= toMunimError(thrown);
        left.push(one);
      }
    }
    keep(left);
    return refused;
  };

  const view = (
    <div className="stack-tight">
      <span className="field-label">{text('receipt.title')}</span>
      <input
        ref={field}
        type="file"
        hidden
        accept={RECEIPT_TYPES}
        aria-label={text('do.attach')}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file === undefined) return;
          const added = add(file).finally(() => underWay.current.delete(added));
          underWay.current.add(added);
        }}
      />
      <div>
        <Button icon={Paperclip} keys="Alt+T" onClick={() => field.current?.click()}>
          {text('do.attach')}
        </Button>
      </div>
      <ul>
        {waiting.map(({ fileId, name }) => (
          <li key={fileId} className="line">
            <span>{name}</span>
            <IconButton icon={X} label={text('receipt.remove', { name })} onClick={() => remove(fileId)} />
          </li>
        ))}
      </ul>
      {sending !== null && (
        <ProgressBar
          label={sending.name}
          done={Math.round(sending.sent / 1024)}
          total={Math.max(1, Math.round(sending.size / 1024))}
        />
      )}
      {error !== null && <ErrorPanel error={error} kept={text('form.receiptKept')} />}
    </div>
  );
  return { waiting, choose: () => field.current?.click(), attachAll, view };
}
