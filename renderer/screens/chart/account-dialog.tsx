import { useState } from 'react';
import type { AccountKind } from '../../../shared/domain/rows.ts';
import type { ChartAccount } from '../../../shared/ipc/contract/chart.ts';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { Field } from '../../components/field.tsx';
import { Select, TextInput } from '../../components/inputs.tsx';
import { useMasters } from '../../data/use-masters.ts';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { accountKinds, editsBetween, orNull, proposedCode } from './chart-values.ts';
import { MasterDialog } from './master-dialog.tsx';

interface Props {
  readonly collegeId: Id;
  readonly chart: Output<'chart.get'>;
  /** Null makes a new one. */
  readonly account: ChartAccount | null;
  /** What of a new one is known where it is made. */
  readonly begun?: { readonly name?: string; readonly kind?: AccountKind; readonly groupCode?: string | null };
  onDone(code: string): void;
  onClose(): void;
}

/** A GL code, new or changed. Its code and kind stay as they were made: entries and reports name it by them. */
export function AccountDialog({ collegeId, chart, account, begun = {}, onDone, onClose }: Props) {
  const text = useText();
  const masters = useMasters(collegeId);
  const [accountId] = useState(() => account?.id ?? newId());
  const [typed, setTyped] = useState({
    /** Null while the proposal stands. */
    code: account?.code ?? null,
    name: account?.name ?? begun.name ?? '',
    kind: account?.kind ?? begun.kind ?? ('expense' as AccountKind),
    groupCode: account?.groupCode ?? begun.groupCode ?? '',
    category: account?.category ?? '',
    role: account?.role ?? '',
    isActive: account?.isActive ?? true,
  });
  const put = (part: Partial<typeof typed>): void => setTyped((now) => ({ ...now, ...part }));
  const { name, kind, groupCode, isActive } = typed;
  const code = typed.code ?? proposedCode(chart.accounts, kind, orNull(groupCode));
  const category = kind === 'expense' ? orNull(typed.category) : null;

  const command = ((): CommandInput | null => {
    if (name.trim() === '' || code.trim() === '') return null;
    const shared = { name: name.trim(), groupCode: orNull(groupCode), category };
    if (account === null) {
      const role = kind === 'asset' && (typed.role === 'bank' || typed.role === 'cash') ? typed.role : null;
      return {
        collegeId,
        name: 'account.create',
        args: { accountId, fields: { ...shared, code: code.trim(), kind, role } },
      };
    }
    const before = { name: account.name, groupCode: account.groupCode, category: account.category };
    const edits = editsBetween({ ...before, isActive: account.isActive }, { ...shared, isActive });
    return { collegeId, name: 'account.edit', args: { accountId, edits } };
  })();
  const groups = chart.groups.filter((group) => group.kind === kind && (group.isActive || group.code === groupCode));
  return (
    <MasterDialog
      title={
        account === null ? text('chart.newAccount') : text('chart.edit', { name: `${account.code} ${account.name}` })
      }
      lead={text(account === null ? 'chart.accountLead' : 'chart.editLead')}
      confirmLabel={text(account === null ? 'chart.addAccount' : 'action.save')}
      name={name.trim()}
      command={command}
      use={account === null ? null : { isActive, onChange: (next) => put({ isActive: next }) }}
      onDone={() => onDone(code.trim())}
      onClose={onClose}
    >
      {({ error }) => (
        <>
          <Field label={text('field.name')} error={error('name', name)} required>
            {(field) => (
              <TextInput
                {...field}
                value={name}
                maxLength={limits.text.nameMax}
                onChange={(next) => put({ name: next })}
              />
            )}
          </Field>
          {account === null && (
            <Field label={text('field.kind')} error={error('kind', null)} required>
              {(field) => (
                <Select
                  {...field}
                  value={kind}
                  options={accountKinds.map((one) => ({ value: one, label: text(`accountKind.${one}`) }))}
                  onChange={(next) => put({ kind: next as AccountKind, groupCode: '' })}
                />
              )}
            </Field>
          )}
          <Field label={text('field.groupCode')} error={error('groupCode', null)}>
            {(field) => (
              <Select
                {...field}
                value={groupCode}
                options={[
                  { value: '', label: text('chart.noGroup') },
                  ...groups.map((group) => ({ value: group.code, label: `${group.code} · ${group.name}` })),
                ]}
                onChange={(next) => put({ groupCode: next })}
              />
            )}
          </Field>
          {account === null && (
            <Field label={text('field.code')} error={error('code', code)} hint={text('chart.codeHint')} required>
              {(field) => (
                <TextInput
                  {...field}
                  value={code}
                  maxLength={40}
                  spellCheck={false}
                  onChange={(next) => put({ code: next })}
                />
              )}
            </Field>
          )}
          {kind === 'expense' && (
            <Field label={text('field.category')} error={error('category', null)} hint={text('chart.categoryHint')}>
              {(field) => (
                <Select
                  {...field}
                  value={typed.category}
                  options={[
                    { value: '', label: text('change.nothing') },
                    ...masters.categories.map((one) => ({ value: one.code, label: masters.categoryName(one.code) })),
                  ]}
                  onChange={(next) => put({ category: next })}
                />
              )}
            </Field>
          )}
          {kind === 'asset' && account === null && (
            <Field label={text('field.role')} error={error('role', null)}>
              {(field) => (
                <Select
                  {...field}
                  value={typed.role}
                  options={[
                    { value: '', label: text('accountRole.none') },
                    { value: 'bank', label: text('accountRole.bank') },
                    { value: 'cash', label: text('accountRole.cash') },
                  ]}
                  onChange={(next) => put({ role: next as '' | 'bank' | 'cash' })}
                />
              )}
            </Field>
          )}
        </>
      )}
    </MasterDialog>
  );
}
