import { useState } from 'react';
import type { AccountKind } from '../../../shared/domain/rows.ts';
import type { ChartAccount } from '../../../shared/ipc/contract/chart.ts';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useMasters } from '../../data/use-masters.ts';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { editsBetween, orNull, proposedCode } from './chart-values.ts';
import { MasterDialog } from './master-dialog.tsx';
import { AccountKindField, ChoiceField, CodeField, GroupField, NamedField } from './master-fields.tsx';

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
          <NamedField
            label={text('field.name')}
            value={name}
            error={error('name', name)}
            required
            onChange={(next) => put({ name: next })}
          />
          {account === null && (
            <AccountKindField
              value={kind}
              error={error('kind', null)}
              onChange={(next) => put({ kind: next, groupCode: '' })}
            />
          )}
          <GroupField
            label={text('field.groupCode')}
            value={groupCode}
            groups={groups}
            error={error('groupCode', null)}
            onChange={(next) => put({ groupCode: next })}
          />
          {account === null && (
            <CodeField value={code} error={error('code', code)} onChange={(next) => put({ code: next })} />
          )}
          {kind === 'expense' && (
            <ChoiceField
              label={text('field.category')}
              value={typed.category}
              options={[
                { value: '', label: text('change.nothing') },
                ...masters.categories.map((one) => ({ value: one.code, label: masters.categoryName(one.code) })),
              ]}
              error={error('category', null)}
              hint={text('chart.categoryHint')}
              onChange={(next) => put({ category: next })}
            />
          )}
          {kind === 'asset' && account === null && (
            <ChoiceField
              label={text('field.role')}
              value={typed.role}
              options={[
                { value: '', label: text('accountRole.none') },
                { value: 'bank', label: text('accountRole.bank') },
                { value: 'cash', label: text('accountRole.cash') },
              ]}
              error={error('role', null)}
              onChange={(next) => put({ role: next as '' | 'bank' | 'cash' })}
            />
          )}
        </>
      )}
    </MasterDialog>
  );
}
