import { useState } from 'react';
import { bulkValues } from '../../../shared/domain/bulk-file/layout.ts';
import type { PaymentFilePreview, PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { downloadFile } from '../../data/files.ts';
import { useCall } from '../../data/use-call.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { useRemembered } from '../../state/remembered.ts';
import { useBankAccounts } from './use-all.ts';

interface Props {
  readonly collegeId: Id;
  /** Of one batch and one account. */
  readonly orders: readonly PaymentOrderRow[];
  onClose(): void;
}

const isClient = (text: string): boolean => /^[A-Za-z0-9_-]*$/.test(text);
const serialOf = (text: string): number | null =>
  /^[1-9]\d{0,2}$/.test(text.trim()) ? Number.parseInt(text.trim(), 10) : null;

/** Makes the file that is uploaded at the bank, after showing what stands in it. */
export function FileDialog({ collegeId, orders, onClose }: Props) {
  const text = useText();
  const desk = useDesk();
  const [asked] = useState(orders);
  const [first] = asked;
  const account = useBankAccounts(collegeId)?.find(({ id }) => id === first?.bankAccountId);
  const [kept, keep] = useRemembered(`bank-client-${first?.bankAccountId ?? ''}`);
  const [typed, setTyped] = useState({ client: kept ?? '', serial: '' });
  const { busy, error, run } = useCall();
  const [waiting, setWaiting] = useState(false);
  const question = {
    collegeId,
    batchId: first?.batchId ?? '',
    orderIds: asked.map(({ id }) => id),
    client: isClient(typed.client.trim()) ? typed.client.trim() : '',
  };
  const preview = useAsk('payments.previewFile', { ...question, serial: serialOf(typed.serial) }, { keep: true });
  // The answer of the server comes with the change feed.
  const { data: batch } = useAsk('payments.batch', { collegeId, batchId: question.batchId }, { enabled: waiting });
  const isConfirmed =
    waiting &&
    asked.every(({ id }) =>
      batch?.rows.some((row) => row.id === id && row.status === 'exported' && row.here && !row.pending),
    );
  const serial = serialOf(typed.serial) ?? (typed.serial.trim() === '' ? (preview.data?.serial ?? null) : null);
  const wrongClient = !isClient(typed.client.trim());
  const wrongSerial = typed.serial.trim() !== '' && serialOf(typed.serial) === null;

  const make = async (): Promise<void> => {
    if (serial === null || wrongClient || wrongSerial || busy) return;
    await run(async () => {
      const made = await desk.call('payments.exportFile', { ...question, serial });
      keep(question.client);
      setTyped((now) => ({ ...now, serial: String(serial) }));
      setWaiting(made.state === 'waiting');
      if (made.state === 'waiting') return;
      announce(text('file.saved', { name: await downloadFile(desk, made.fileId) }));
      onClose();
    });
  };
  const again = preview.data?.again === true;
  return (
    <ConfirmDialog
      wide
      title={text('file.title', { account: first?.bankAccountName ?? '' })}
      consequence={<p>{text(again ? 'file.again' : 'file.consequence', { count: asked.length })}</p>}
      confirmLabel={text(waiting || again ? 'file.save' : 'file.make')}
      busy={busy}
      blocked={preview.data === undefined || serial === null || (waiting && !isConfirmed)}
      error={error}
      onConfirm={() => void make()}
      onClose={onClose}
    >
      <div className="file-asked">
        <Field
          label={text('file.client')}
          hint={text('file.clientHint')}
          error={wrongClient ? text('file.clientWrong') : null}
        >
          {(field) => (
            <TextInput
              {...field}
              value={typed.client}
              maxLength={limits.bulkFile.clientMax}
              spellCheck={false}
              onChange={(client) => setTyped((now) => ({ ...now, client }))}
            />
          )}
        </Field>
        <Field
          label={text('file.serial')}
          hint={text('file.serialHint', { serial: preview.data?.serial ?? 1 })}
          error={wrongSerial ? text('file.serialWrong') : null}
        >
          {(field) => (
            <TextInput
              {...field}
              value={typed.serial}
              inputMode="numeric"
              maxLength={3}
              placeholder={String(preview.data?.serial ?? '')}
              onChange={(next) => setTyped((now) => ({ ...now, serial: next }))}
            />
          )}
        </Field>
      </div>
      {account?.fileFormat === null && <p className="notice notice-warn">{text('file.noLayout')}</p>}
      {preview.error !== null && error === null && account?.fileFormat !== null && <ErrorPanel error={preview.error} />}
      {preview.error === null && (preview.data === undefined ? <Skeleton /> : <PreviewTable preview={preview.data} />)}
      {waiting && (
        <p className="notice" role="status">
          {text(isConfirmed ? 'file.confirmed' : 'file.waiting')}
        </p>
      )}
    </ConfirmDialog>
  );
}

export function PreviewTable({ preview }: { readonly preview: PaymentFilePreview }) {
  const text = useText();
  const { fileName, columns, rows, count, totalPaise, date } = preview;
  return (
    <div className="stack-tight">
      <p className="line">
        <strong>{fileName}</strong>
        <span className="muted">
          {text('file.facts', { count, amount: formatRupees(totalPaise), day: formatDate(date) })}
        </span>
      </p>
      <CellsTable columns={columns} rows={rows} />
      {rows.length < count && <p className="muted small">{text('file.more', { count: count - rows.length })}</p>}
    </div>
  );
}

/** The cells of rows, below what stands in each place. */
export function CellsTable({
  columns,
  rows,
}: {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  const text = useText();
  const name = (column: string): string => {
    const value = bulkValues.find((one) => one === column);
    return value === undefined ? text('bulk.text') : text(`bulk.${value}`);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that it can be scrolled by keys alone.
    <section className="file-preview" tabIndex={0} aria-label={text('file.preview')}>
      <table className="plain-table">
        <thead>
          <tr>
            {columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places of a row, which never move.
              <th key={at} scope="col">
                {name(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file, which never move.
            <tr key={at}>
              {cells.map((cell, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: places of a row, which never move.
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
