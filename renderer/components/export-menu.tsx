import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '../../shared/ipc/contract/files.ts';
import { type MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { useDesk } from '../data/desk.tsx';
import { downloadFile } from '../data/files.ts';
import { useJob } from '../data/use-job.ts';
import { useText } from '../i18n/text.ts';
import { announce } from '../state/announce.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { useKeys } from './keys.tsx';
import { Menu } from './menu.tsx';
import { ProgressBar } from './states.tsx';

export type ExportFormat = 'xlsx' | 'csv' | 'pdf';

interface Props<F extends ExportFormat> {
  readonly formats: readonly F[];
  begin(format: F): Promise<Job>;
  /** Keys that make one of the formats at once. */
  readonly keys?: readonly { readonly keys: string; readonly format: F; readonly label: string }[];
}

/** Writes what is shown to a file of the chosen kind and saves it, with progress and a way to stop. */
export function ExportMenu<F extends ExportFormat>({ formats, begin, keys = [] }: Props<F>) {
  const text = useText();
  const desk = useDesk();
  const [unsaved, setUnsaved] = useState<MunimError | null>(null);
  const job = useJob((ended) => {
    const fileId = ended.result?.fileId ?? null;
    if (ended.state !== 'done' || fileId === null) return;
    downloadFile(desk, fileId).then(
      (fileName) => announce(text('export.saved', { fileName })),
      (thrown: unknown) => setUnsaved(toMunimError(thrown)),
    );
  });
  const run = (format: F) => (): void => void job.start(() => begin(format));
  useKeys(keys.map(({ keys: combination, format, label }) => ({ keys: combination, label, run: run(format) })));
  const failed = job.error ?? job.job?.error ?? unsaved;
  const close = (): void => {
    if (job.running) job.cancel();
    else job.clear();
    setUnsaved(null);
  };
  return (
    <>
      <Menu
        align="end"
        groups={[
          {
            items: formats.map((format) => {
              const key = keys.find((one) => one.format === format)?.keys;
              return {
                id: format,
                label: text(`export.${format}`),
                run: run(format),
                ...(key === undefined ? {} : { note: key }),
              };
            }),
          },
        ]}
        trigger={<Button icon={Download}>{text('export.action')}</Button>}
      />
      {(job.running || failed !== null) && (
        <Dialog title={text('export.action')} onClose={close}>
          <div className="dialog-body stack">
            {failed === null ? (
              <ProgressBar
                label={text('export.running')}
                done={job.job?.done ?? 0}
                total={job.job?.total ?? null}
                onCancel={job.cancel}
              />
            ) : (
              <ErrorPanel error={failed} />
            )}
          </div>
        </Dialog>
      )}
    </>
  );
}
