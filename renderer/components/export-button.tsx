import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Input } from '../../shared/ipc/contract.ts';
import { type MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { useDesk } from '../data/desk.tsx';
import { downloadFile } from '../data/files.ts';
import { useJob } from '../data/use-job.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { announce } from '../state/announce.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { Menu } from './menu.tsx';
import { ProgressBar } from './states.tsx';

type Order = Omit<Input<'exports.run'>, 'format' | 'language'>;

/** Exports what a list shows (same filter and order) to a workbook or a CSV, with progress and a way to stop. */
export function ExportButton({ order }: { readonly order: Order }) {
  const text = useText();
  const language = useLanguage();
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
  const run = (format: 'xlsx' | 'csv') => () =>
    void job.start(() => desk.call('exports.run', { ...order, format, language }));
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
            items: [
              { id: 'xlsx', label: text('export.xlsx'), run: run('xlsx') },
              { id: 'csv', label: text('export.csv'), run: run('csv') },
            ],
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
