import { useState } from 'react';
import type { CostCentreKind } from '../../../shared/domain/rows.ts';
import type { ChartCentre } from '../../../shared/ipc/contract/chart.ts';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';
import { formatDate, type IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatPaise, type Paise } from '../../../shared/kernel/money.ts';
import { readAmount } from '../../../shared/kernel/money-entry.ts';
import { Field } from '../../components/field.tsx';
import { AmountInput, DateInput } from '../../components/inputs.tsx';
import { readDay } from '../../components/read-day.ts';
import { useWork } from '../../data/session.ts';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { editsBetween, orNull } from './chart-values.ts';
import { MasterDialog } from './master-dialog.tsx';
import { ChoiceField, CodeField, NamedField } from './master-fields.tsx';

interface Props {
  readonly collegeId: Id;
  /** Null makes a new one. */
  readonly centre: ChartCentre | null;
  /** What of a new one is known where it is made. */
  readonly begun?: { readonly name?: string; readonly kinds?: readonly CostCentreKind[] };
  onDone(code: string): void;
  onClose(): void;
}

const allKinds: readonly CostCentreKind[] = ['department', 'fund', 'grant'];
const dayText = (day: IsoDate | null | undefined): string => (day === null || day === undefined ? '' : formatDate(day));

/** A department, fund or grant, new or changed. Only a grant has an agency, a sanction and a time. */
export function CentreDialog({ collegeId, centre, begun = {}, onDone, onClose }: Props) {
  const text = useText();
  const { today } = useWork();
  const kinds = begun.kinds ?? allKinds;
  const [costCentreId] = useState(() => centre?.id ?? newId());
  const [typed, setTyped] = useState({
    code: centre?.code ?? '',
    name: centre?.name ?? begun.name ?? '',
    kind: centre?.kind ?? kinds[0] ?? 'department',
    agency: centre?.agency ?? '',
    sanctionNo: centre?.sanctionNo ?? '',
    sanctioned: centre === null || centre.sanctionedPaise === null ? '' : formatPaise(centre.sanctionedPaise),
    startsOn: dayText(centre?.startsOn),
    endsOn: dayText(centre?.endsOn),
    isActive: centre?.isActive ?? true,
  });
  const put = (part: Partial<typeof typed>): void => setTyped((now) => ({ ...now, ...part }));
  const { code, name, kind, isActive } = typed;
  const isGrant = kind === 'grant';
  const sanctioned = readAmount(typed.sanctioned);
  const days = { startsOn: readDay(typed.startsOn, today), endsOn: readDay(typed.endsOn, today) };
  const wrongAmount = !sanctioned.ok && sanctioned.error !== 'empty' ? text(`problem.${sanctioned.error}`) : null;
  const wrongDay = (at: 'startsOn' | 'endsOn'): string | null => {
    const day = days[at];
    return !day.ok && day.error === 'not_a_date' ? text('problem.not_a_date') : null;
  };

  const command = ((): CommandInput | null => {
    const isWrong = isGrant && (wrongAmount ?? wrongDay('startsOn') ?? wrongDay('endsOn')) !== null;
    if (name.trim() === '' || code.trim() === '' || isWrong) return null;
    const dayOf = (at: 'startsOn' | 'endsOn'): IsoDate | null => (isGrant && days[at].ok ? days[at].value : null);
    const shared = {
      name: name.trim(),
      agency: isGrant ? orNull(typed.agency) : null,
      sanctionNo: isGrant ? orNull(typed.sanctionNo) : null,
      sanctionedPaise: isGrant && sanctioned.ok ? (sanctioned.value as Paise | null) : null,
      startsOn: dayOf('startsOn'),
      endsOn: dayOf('endsOn'),
    };
    if (centre === null) {
      const fields = { ...shared, code: code.trim(), kind };
      return { collegeId, name: 'costCentre.create', args: { costCentreId, fields } };
    }
    const { name: before, agency, sanctionNo, sanctionedPaise, startsOn, endsOn } = centre;
    const edits = editsBetween(
      { name: before, agency, sanctionNo, sanctionedPaise, startsOn, endsOn, isActive: centre.isActive },
      { ...shared, isActive },
    );
    return { collegeId, name: 'costCentre.edit', args: { costCentreId, edits } };
  })();
  const line = (at: 'agency' | 'sanctionNo', error: string | null) => (
    <NamedField label={text(`field.${at}`)} value={typed[at]} error={error} onChange={(next) => put({ [at]: next })} />
  );
  const day = (at: 'startsOn' | 'endsOn', error: string | null) => (
    <Field label={text(`field.${at}`)} error={wrongDay(at) ?? error}>
      {(field) => <DateInput {...field} today={today} value={typed[at]} onChange={(next) => put({ [at]: next })} />}
    </Field>
  );
  return (
    <MasterDialog
      title={centre === null ? text('chart.newCentre') : text('chart.edit', { name: `${centre.code} ${centre.name}` })}
      lead={text(centre === null ? 'chart.centreLead' : 'chart.editLead')}
      confirmLabel={text(centre === null ? 'chart.addCentre' : 'action.save')}
      name={name.trim()}
      command={command}
      use={centre === null ? null : { isActive, onChange: (next) => put({ isActive: next }) }}
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
          {centre === null && (
            <CodeField value={code} error={error('code', code)} onChange={(next) => put({ code: next })} />
          )}
          {centre === null && kinds.length > 1 && (
            <ChoiceField
              label={text('field.kind')}
              value={kind}
              options={kinds.map((one) => ({ value: one, label: text(`centreKind.${one}`) }))}
              error={error('kind', null)}
              required
              onChange={(next) => put({ kind: next as CostCentreKind })}
            />
          )}
          {isGrant && (
            <>
              {line('agency', error('agency', null))}
              {line('sanctionNo', error('sanctionNo', null))}
              <Field label={text('field.sanctionedPaise')} error={wrongAmount ?? error('sanctionedPaise', null)}>
                {(field) => (
                  <AmountInput {...field} value={typed.sanctioned} onChange={(next) => put({ sanctioned: next })} />
                )}
              </Field>
              {day('startsOn', error('startsOn', null))}
              {day('endsOn', error('endsOn', null))}
            </>
          )}
        </>
      )}
    </MasterDialog>
  );
}
