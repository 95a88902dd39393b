import { useState } from 'react';
import type { AccountKind } from '../../../shared/domain/rows.ts';
import type { ChartGroup } from '../../../shared/ipc/contract/chart.ts';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { editsBetween, orNull } from './chart-values.ts';
import { MasterDialog } from './master-dialog.tsx';
import { AccountKindField, CodeField, GroupField, NamedField } from './master-fields.tsx';

interface Props {
  readonly collegeId: Id;
  readonly chart: Output<'chart.get'>;
  /** Null makes a new one. */
  readonly group: ChartGroup | null;
  onClose(): void;
}

/** A heading of the chart, new or changed. */
export function GroupDialog({ collegeId, chart, group, onClose }: Props) {
  const text = useText();
  const [groupId] = useState(() => group?.id ?? newId());
  const [typed, setTyped] = useState({
    code: group?.code ?? '',
    name: group?.name ?? '',
    nameHi: group?.nameHi ?? '',
    kind: group?.kind ?? ('expense' as AccountKind),
    parentCode: group?.parentCode ?? '',
    isActive: group?.isActive ?? true,
  });
  const put = (part: Partial<typeof typed>): void => setTyped((now) => ({ ...now, ...part }));
  const { code, name, nameHi, kind, parentCode, isActive } = typed;

  const command = ((): CommandInput | null => {
    if (name.trim() === '' || code.trim() === '') return null;
    const shared = { name: name.trim(), nameHi: orNull(nameHi), parentCode: orNull(parentCode) };
    if (group === null) {
      return { collegeId, name: 'group.create', args: { groupId, fields: { ...shared, code: code.trim(), kind } } };
    }
    const before = { name: group.name, nameHi: group.nameHi, parentCode: group.parentCode, isActive: group.isActive };
    const edits = editsBetween(before, { ...shared, isActive });
    return { collegeId, name: 'group.edit', args: { groupId, edits } };
  })();
  const parents = chart.groups.filter((one) => one.kind === kind && one.id !== group?.id && one.isActive);
  return (
    <MasterDialog
      title={group === null ? text('chart.newGroup') : text('chart.edit', { name: `${group.code} ${group.name}` })}
      lead={text(group === null ? 'chart.groupLead' : 'chart.editLead')}
      confirmLabel={text(group === null ? 'chart.addGroup' : 'action.save')}
      name={name.trim()}
      command={command}
      use={group === null ? null : { isActive, onChange: (next) => put({ isActive: next }) }}
      onDone={onClose}
      onClose={onClose}
    >
      {({ error }) => (
        <>
          {group === null && (
            <CodeField value={code} error={error('code', code)} onChange={(next) => put({ code: next })} />
          )}
          <NamedField
            label={text('field.name')}
            value={name}
            error={error('name', name)}
            required
            onChange={(next) => put({ name: next })}
          />
          <NamedField
            label={text('field.nameHi')}
            lang="hi"
            value={nameHi}
            error={error('nameHi', null)}
            onChange={(next) => put({ nameHi: next })}
          />
          {group === null && (
            <AccountKindField
              value={kind}
              error={error('kind', null)}
              onChange={(next) => put({ kind: next, parentCode: '' })}
            />
          )}
          <GroupField
            label={text('field.parentCode')}
            value={parentCode}
            groups={parents}
            error={error('parentCode', null)}
            onChange={(next) => put({ parentCode: next })}
          />
        </>
      )}
    </MasterDialog>
  );
}
