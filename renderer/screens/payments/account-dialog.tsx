import { useState } from 'react';
import { bulkPresets, isBulkPreset } from '../../../shared/domain/bulk-file/presets.ts';
import { checkAccountNumber } from '../../../shared/domain/identity/account-number.ts';
import { checkIfsc } from '../../../shared/domain/identity/ifsc.ts';
import type { BankAccountEditable } from '../../../shared/domain/payment-order/args.ts';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';
import type { BankAccountView } from '../../../shared/ipc/contract/payments.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { Field } from '../../components/field.tsx';
import { Select, TextInput } from '../../components/inputs.tsx';
import { useIfscHint } from '../../data/use-ifsc-hint.ts';
import { useMasters } from '../../data/use-masters.ts';
import { newId } from '../../host/system.ts';
import { nameOf, useText } from '../../i18n/text.ts';
import { editsBetween, orNull } from '../chart/chart-values.ts';
import { MasterDialog, type MasterFields } from '../chart/master-dialog.tsx';

interface Props {
  readonly collegeId: Id;
  /** Null makes a new one. */
  readonly account: BankAccountView | null;
  onClose(): void;
}

/** The banks a desk or the server can talk to; `neft` is the exchange of files through a folder. */
const connectors = ['icici', 'hdfc', 'sbi', 'axis', 'neft'] as const;
const OWN = 'own';
const ACCOUNT_MAX = 34;
const IFSC_MAX = 20;
type Line = 'name' | 'bankName' | 'accountNumber' | 'ifsc';

type ErrorAt = MasterFields['error'];
/** One tried to save when even an empty field would be called wrong. */
const isTried = (error: ErrorAt): boolean => error('', '') !== null;

/** An account at a bank, new or changed. With another number or IFSC its limits end. */
export function AccountDialog({ collegeId, account, onClose }: Props) {
  const text = useText();
  const masters = useMasters(collegeId);
  const [bankAccountId] = useState(() => account?.id ?? newId());
  const isOwnLayout = account?.fileFormat !== null && account !== null && !isBulkPreset(account.fileFormat ?? '');
  const [typed, setTyped] = useState({
    name: account?.name ?? '',
    bankName: account?.bankName ?? '',
    accountNumber: account?.accountNumber ?? '',
    ifsc: account?.ifsc ?? '',
    accountCode: account?.accountCode ?? '',
    connector: account?.connector ?? '',
    fileFormat: isOwnLayout ? OWN : (account?.fileFormat ?? ''),
    isActive: account?.isActive ?? true,
  });
  const put = (part: Partial<typeof typed>): void => setTyped((now) => ({ ...now, ...part }));
  const accounts = masters.accounts.filter(({ role }) => role === 'bank');
  const accountCode = typed.accountCode === '' ? (accounts[0]?.code ?? '') : typed.accountCode;
  const number = checkAccountNumber(typed.accountNumber);
  const ifsc = checkIfsc(typed.ifsc);

  const command = ((): CommandInput | null => {
    const isFilled = typed.name.trim() !== '' && typed.bankName.trim() !== '' && accountCode !== '';
    if (!isFilled || !number.ok || !ifsc.ok) return null;
    const fields = {
      ...{ name: typed.name.trim(), bankName: typed.bankName.trim() },
      ...{ accountNumber: number.value, ifsc: ifsc.value, accountCode },
      connector: orNull(typed.connector),
      fileFormat: typed.fileFormat === OWN ? (account?.fileFormat ?? null) : orNull(typed.fileFormat),
    };
    if (account === null) return { collegeId, name: 'bankAccount.create', args: { bankAccountId, fields } };
    const before: BankAccountEditable = {
      ...{ name: account.name, bankName: account.bankName, accountNumber: account.accountNumber, ifsc: account.ifsc },
      ...{ accountCode: account.accountCode, connector: account.connector, fileFormat: account.fileFormat },
      isActive: account.isActive,
    };
    const edits = editsBetween<BankAccountEditable>(before, { ...fields, isActive: typed.isActive });
    return { collegeId, name: 'bankAccount.edit', args: { bankAccountId, edits } };
  })();
  const endsLimits =
    account !== null &&
    account.paymentLimitPaise !== null &&
    ((number.ok && number.value !== account.accountNumber) || (ifsc.ok && ifsc.value !== account.ifsc));
  const wrong: Readonly<Record<Line, string | null>> = {
    name: null,
    bankName: null,
    accountNumber: !number.ok && typed.accountNumber !== '' ? nameOf(text, 'reason', number.error) : null,
    ifsc: !ifsc.ok && typed.ifsc !== '' ? nameOf(text, 'reason', ifsc.error) : null,
  };
  const ifscHint = useIfscHint(typed.ifsc);
  const [leftFields, setLeft] = useState<ReadonlySet<Line>>(new Set());
  const line = (at: Line, max: number, error: ErrorAt) => (
    <Field
      label={text(`field.${at}`)}
      error={(leftFields.has(at) || isTried(error) ? wrong[at] : null) ?? error(at, typed[at])}
      hint={at === 'ifsc' ? ifscHint : undefined}
      required
    >
      {(field) => (
        <TextInput
          {...field}
          value={typed[at]}
          maxLength={max}
          spellCheck={false}
          onChange={(next) => put({ [at]: next })}
          onBlur={() => setLeft((now) => new Set(now).add(at))}
        />
      )}
    </Field>
  );
  return (
    <MasterDialog
      title={account === null ? text('account.new') : text('account.editTitle', { name: account.name })}
      lead={text(account === null ? 'account.newLead' : endsLimits ? 'account.endsLimits' : 'chart.editLead')}
      confirmLabel={text(account === null ? 'account.add' : 'action.save')}
      name={typed.name.trim()}
      command={command}
      use={account === null ? null : { isActive: typed.isActive, onChange: (isActive) => put({ isActive }) }}
      onDone={onClose}
      onClose={onClose}
    >
      {({ error }) => (
        <>
          {line('name', limits.text.nameMax, error)}
          {line('bankName', limits.text.nameMax, error)}
          {line('accountNumber', ACCOUNT_MAX, error)}
          {line('ifsc', IFSC_MAX, error)}
          <Field
            label={text('field.accountCode')}
            hint={text('account.glHint')}
            error={error('accountCode', accountCode)}
            required
          >
            {(field) => (
              <Select
                {...field}
                value={accountCode}
                options={accounts.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
                onChange={(next) => put({ accountCode: next })}
              />
            )}
          </Field>
          <Field label={text('field.connector')} error={error('connector', null)}>
            {(field) => (
              <Select
                {...field}
                value={typed.connector}
                options={[
                  { value: '', label: text('connector.file') },
                  ...connectors.map((one) => ({ value: one, label: text(`connector.${one}`) })),
                ]}
                onChange={(connector) => put({ connector })}
              />
            )}
          </Field>
          <Field label={text('field.fileFormat')} hint={text('account.formatHint')} error={error('fileFormat', null)}>
            {(field) => (
              <Select
                {...field}
                value={typed.fileFormat}
                options={[
                  { value: '', label: text('preset.none') },
                  ...Object.keys(bulkPresets).map((one) => ({ value: one, label: nameOf(text, 'preset', one) })),
                  ...(isOwnLayout ? [{ value: OWN, label: text('preset.own') }] : []),
                ]}
                onChange={(fileFormat) => put({ fileFormat })}
              />
            )}
          </Field>
        </>
      )}
    </MasterDialog>
  );
}
