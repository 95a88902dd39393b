import { useState } from 'react';
import { type BulkLayout, bulkDelimiters } from '../../../shared/domain/bulk-file/layout.ts';
import { type BulkPreset, bulkPresets, isBulkPreset } from '../../../shared/domain/bulk-file/presets.ts';
import { writeBulkFile } from '../../../shared/domain/bulk-file/write-bulk.ts';
import { checkLayout, fileFormatText, readFileFormat } from '../../../shared/ipc/contract/bulk-layout.ts';
import type { BankAccountView } from '../../../shared/ipc/contract/payments.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { Check, Select, TextInput } from '../../components/inputs.tsx';
import { useWork } from '../../data/session.ts';
import { useCommand } from '../../data/use-command.ts';
import { nameOf, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { CellsTable } from './file-dialog.tsx';
import { LayoutRows } from './layout-rows.tsx';

interface Props {
  readonly collegeId: Id;
  readonly account: BankAccountView;
  onClose(): void;
}

const OWN = 'own';
/** As banks want it, in any language of the screen. */
const SAMPLE_NAME = 'Sahyadri Scientific Works';
const dateForms = ['dd/mm/yyyy', 'dd-mm-yyyy', 'ddmmyyyy', 'yyyy-mm-dd'] as const;
const MODES = ['neft', 'rtgs', 'own'] as const;

/** The layout of the account's file: a preset, or what the bank of this college wants otherwise, with one payment as it would stand in it. */
export function LayoutDialog({ collegeId, account, onClose }: Props) {
  const text = useText();
  const command = useCommand();
  const [begun] = useState(() => {
    const kept = readFileFormat(account.fileFormat);
    return kept.ok ? kept.value : bulkPresets.icici_cib;
  });
  const [layout, setLayout] = useState<BulkLayout>(begun);
  const change = (part: Partial<BulkLayout>): void => setLayout((now) => ({ ...now, ...part }));
  const checked = checkLayout(layout);
  const kept = fileFormatText(layout);
  const run = async (): Promise<void> => {
    if (!checked.ok) return;
    const edits = { fileFormat: { from: account.fileFormat, to: kept } };
    const args = { bankAccountId: account.id, edits: account.fileFormat === kept ? {} : edits };
    if ((await command.run({ collegeId, name: 'bankAccount.edit', args })) === null) return;
    announce(text('layout.done', { name: account.name }));
    onClose();
  };
  return (
    <ConfirmDialog
      wide
      title={text('layout.title', { name: account.name })}
      consequence={<p className="muted">{text('layout.lead')}</p>}
      confirmLabel={text('layout.save')}
      busy={command.busy}
      blocked={!checked.ok}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <div className="file-asked">
        <Field label={text('layout.begin')}>
          {(field) => (
            <Select
              {...field}
              value={isBulkPreset(kept) ? kept : OWN}
              options={[
                ...(Object.keys(bulkPresets) as BulkPreset[]).map((one) => ({
                  value: one,
                  label: nameOf(text, 'preset', one),
                })),
                { value: OWN, label: text('preset.own') },
              ]}
              onChange={(name) => isBulkPreset(name) && setLayout(bulkPresets[name])}
            />
          )}
        </Field>
        <Field label={text('layout.delimiter')}>
          {(field) => (
            <Select
              {...field}
              value={layout.delimiter}
              options={bulkDelimiters.map((sign) => ({
                value: sign,
                label: sign === '\t' ? text('layout.tab') : sign,
              }))}
              onChange={(sign) => change({ delimiter: bulkDelimiters.find((one) => one === sign) ?? ',' })}
            />
          )}
        </Field>
        <Field label={text('layout.dates')}>
          {(field) => (
            <Select
              {...field}
              value={layout.dates}
              options={dateForms.map((form) => ({ value: form, label: form }))}
              onChange={(form) => change({ dates: dateForms.find((one) => one === form) ?? 'dd/mm/yyyy' })}
            />
          )}
        </Field>
        <Field
          label={text('layout.fileName')}
          hint={text('layout.fileNameHint', { parts: '{client} {dd} {mm} {yyyy} {serial}' })}
        >
          {(field) => (
            <TextInput
              {...field}
              value={layout.fileName}
              maxLength={limits.bulkFile.fileNameMax}
              spellCheck={false}
              onChange={(fileName) => change({ fileName })}
            />
          )}
        </Field>
      </div>
      <fieldset>
        <legend className="field-label">{text('layout.modes')}</legend>
        <div className="file-asked">
          {MODES.map((mode) => (
            <Field key={mode} label={mode === 'own' ? text('layout.modeOwn') : text(`mode.${mode}`)}>
              {(field) => (
                <TextInput
                  {...field}
                  value={layout.modes[mode]}
                  maxLength={limits.bulkFile.cellTextMax}
                  spellCheck={false}
                  onChange={(word) => change({ modes: { ...layout.modes, [mode]: word } })}
                />
              )}
            </Field>
          ))}
        </div>
      </fieldset>
      <Check
        label={text('layout.plain')}
        checked={layout.isPlainText}
        onChange={(isPlainText) => change({ isPlainText })}
      />
      <Sample layout={layout} account={account} />
      <LayoutRows row={layout.row} onChange={(row) => change({ row })} />
      {!checked.ok && <ErrorPanel error={new MunimError(checked.error.code, checked.error.details)} />}
    </ConfirmDialog>
  );
}

/** One payment in the layout, made by the same code as the file. */
function Sample({ layout, account }: { readonly layout: BulkLayout; readonly account: BankAccountView }) {
  const text = useText();
  const { today } = useWork();
  const made = writeBulkFile(layout, {
    ...{ debitAccount: account.accountNumber, debitIfsc: account.ifsc, client: 'CLIENT', date: today, serial: 1 },
    payments: [
      {
        beneficiaryName: SAMPLE_NAME,
        beneficiaryAccount: '60100012345',
        beneficiaryIfsc: 'MAHB0000123',
        amountPaise: 12_500_50n,
        mode: 'neft',
        reference: 'ABCDEFGHJKLMNPQR',
        purpose: 'Bill 42',
      },
    ],
  });
  if (!made.ok) return <ErrorPanel error={new MunimError(made.error.code, made.error.details)} />;
  const columns = layout.row.map((cell) => (cell.kind === 'text' ? 'text' : cell.value));
  return (
    <div className="stack-tight">
      <h3>{text('layout.sample')}</h3>
      <p className="muted small">{made.value.fileName}</p>
      <CellsTable columns={columns} rows={made.value.rows} />
    </div>
  );
}
