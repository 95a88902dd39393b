import { Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReconciledAccount, StatementPreview } from '../../../shared/ipc/contract/reconciliation.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import { Select } from '../../components/inputs.tsx';
import { ProgressBar } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { uploadFile } from '../../data/files.ts';
import { useJob } from '../../data/use-job.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly collegeId: Id;
  readonly accounts: readonly ReconciledAccount[];
  /** The account was found, and its statement is in the books. */
  onImported(bankAccountId: Id, to: string): void;
  onClose(): void;
}

/** Brings a statement from a file: first what it says, then the keeping of it. */
export function ImportStatement({ collegeId, accounts, onImported, onClose }: Props) {
  const text = useText();
  const desk = useDesk();
  const [preview, setPreview] = useState<StatementPreview | null>(null);
  const [chosen, setChosen] = useState<Id | null>(null);
  const [error, setError] = useState<MunimError | null>(null);
  const [reading, setReading] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const job = useJob((ended) => {
    if (ended.state !== 'done' || preview === null) return;
    const id = preview.bankAccountId ?? chosen;
    announce(text('recon.imported', { count: ended.result?.added ?? 0 }));
    if (id !== null) onImported(id, preview.to);
  });
  const ask = async (fileId: Id, bankAccountId: Id | null): Promise<void> => {
    setReading(true);
    setError(null);
    try {
      setPreview(await desk.call('statements.preview', { collegeId, fileId, bankAccountId }));
    } catch (thrown) {
      setError(toMunimError(thrown));
    } finally {
      setReading(false);
    }
  };
  const take = async (file: File): Promise<void> => {
    const abort = new AbortController();
    stop.current = abort;
    setPreview(null);
    setError(null);
    setReading(true);
    try {
      const fileId = await uploadFile(desk, file, 'import', { onProgress: () => undefined, signal: abort.signal });
      await ask(fileId, null);
    } catch (thrown) {
      if (!abort.signal.aborted) setError(toMunimError(thrown));
    } finally {
      setReading(false);
    }
  };
  const bankAccountId = preview === null ? null : (preview.bankAccountId ?? chosen);
  const fresh = preview === null ? 0 : preview.lineCount - preview.known;
  const enter = (): void => {
    if (preview === null || bankAccountId === null) return;
    const { fileId } = preview;
    void job.start(() => desk.call('statements.import', { collegeId, fileId, bankAccountId }));
  };
  return (
    <Dialog title={text('recon.importTitle')} onClose={onClose} wide>
      <div className="dialog-body stack">
        <input
          ref={field}
          type="file"
          hidden
          aria-label={text('recon.chooseFile')}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file !== undefined) void take(file);
          }}
        />
        <p className="muted">{text('recon.importHow')}</p>
        <div className="line">
          <Button
            icon={Upload}
            look={preview === null ? 'primary' : 'plain'}
            busy={reading}
            disabled={job.running}
            onClick={() => field.current?.click()}
          >
            {text('recon.chooseFile')}
          </Button>
          {preview !== null && <span>{preview.fileName}</span>}
        </div>
        {error !== null && <ErrorPanel error={error} kept={text('recon.nothingKept')} />}
        {preview !== null && (
          <>
            {preview.bankAccountId === null || chosen !== null ? (
              <Field
                label={text('recon.whichAccount')}
                hint={text('recon.whichAccountHint', { number: preview.accountNumber ?? '–' })}
              >
                {(props) => (
                  <Select
                    {...props}
                    value={chosen ?? ''}
                    options={[
                      { value: '', label: text('recon.chooseAccount') },
                      ...accounts.map(({ id, name, accountNumber }) => ({
                        value: id,
                        label: `${name} · ${accountNumber}`,
                      })),
                    ]}
                    onChange={(id) => {
                      setChosen(id === '' ? null : id);
                      if (id !== '') void ask(preview.fileId, id);
                    }}
                  />
                )}
              </Field>
            ) : (
              <p>
                {text('recon.recognised', {
                  name: accounts.find(({ id }) => id === preview.bankAccountId)?.name ?? '',
                })}
              </p>
            )}
            <Facts preview={preview} fresh={fresh} />
            <Lines preview={preview} />
          </>
        )}
        {job.job !== null && job.job.state === 'running' && (
          <ProgressBar
            label={text('recon.importing')}
            done={job.job.done}
            total={job.job.total}
            onCancel={job.cancel}
          />
        )}
        {job.error !== null && <ErrorPanel error={job.error} />}
        {job.job?.error != null && <ErrorPanel error={job.job.error} />}
        <div className="line">
          <span className="push" />
          <Button onClick={onClose}>{text('action.close')}</Button>
          <Button look="primary" disabled={bankAccountId === null || job.running || reading} onClick={enter}>
            {text('recon.keep', { count: fresh })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Facts({ preview, fresh }: { readonly preview: StatementPreview; readonly fresh: number }) {
  const text = useText();
  const { from, to, openingPaise, closingPaise, inPaise, outPaise, known, alike, balance } = preview;
  return (
    <>
      <dl className="recon-facts">
        <div>
          <dt>{text('recon.period')}</dt>
          <dd>{text('recon.fromTo', { from: formatDate(from), to: formatDate(to) })}</dd>
        </div>
        <div>
          <dt>{text('recon.opening')}</dt>
          <dd>{openingPaise === null ? '–' : <Money paise={openingPaise} />}</dd>
        </div>
        <div>
          <dt>{text('recon.closing')}</dt>
          <dd>{closingPaise === null ? '–' : <Money paise={closingPaise} />}</dd>
        </div>
        <div>
          <dt>{text('recon.in')}</dt>
          <dd>
            <Money paise={inPaise} />
          </dd>
        </div>
        <div>
          <dt>{text('recon.out')}</dt>
          <dd>
            <Money paise={outPaise} />
          </dd>
        </div>
        <div>
          <dt>{text('recon.newLines')}</dt>
          <dd>{text('recon.newKnown', { fresh, known })}</dd>
        </div>
      </dl>
      <p className={balance === 'fits' ? 'notice' : 'notice notice-warn'}>
        {text(balance === 'fits' ? 'recon.balanceFits' : 'recon.balanceNone', {
          amount: closingPaise === null ? '' : formatRupees(closingPaise),
        })}
      </p>
      {alike > 0 && (
        <p className="notice notice-bad" role="alert">
          {text('recon.alike', { count: alike })}
        </p>
      )}
    </>
  );
}

function Lines({ preview }: { readonly preview: StatementPreview }) {
  const text = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the lines can be scrolled by keys alone.
    <section className="recon-preview" tabIndex={0} aria-label={text('recon.lines')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{text('field.date')}</th>
            <th scope="col">{text('recon.narration')}</th>
            <th scope="col" className="number">
              {text('recon.in')}
            </th>
            <th scope="col" className="number">
              {text('recon.out')}
            </th>
            <th scope="col">{text('recon.state')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be equal in everything.
            <tr key={index}>
              <td>
                <DateText date={line.date} />
              </td>
              <td>{line.narration}</td>
              <td className="number">{line.creditPaise > 0n && <Money paise={line.creditPaise} bare />}</td>
              <td className="number">{line.debitPaise > 0n && <Money paise={line.debitPaise} bare />}</td>
              <td>{text(line.known ? 'recon.isKnown' : 'recon.isNew')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
