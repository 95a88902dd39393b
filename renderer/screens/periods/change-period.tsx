import { useState } from 'react';
import type { CommandInput } from '../../../shared/ipc/contract/commands.ts';
import type { MonthView, YearView } from '../../../shared/ipc/contract/periods.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useCommand } from '../../data/use-command.ts';
import { monthName } from '../../format/month.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

export type PeriodChange =
  | { readonly period: 'month'; readonly month: string; readonly action: MonthView['actions'][number] }
  | { readonly period: 'year'; readonly year: YearView; readonly action: YearView['actions'][number] };

interface Props {
  readonly collegeId: Id;
  readonly change: PeriodChange;
  onClose(): void;
}

/** Says what closing or opening means for postings, and does it. Opening asks for the reason, which stays on record. */
export function ChangePeriod({ collegeId, change, onClose }: Props) {
  const text = useText();
  const language = useLanguage();
  const command = useCommand();
  const [reason, setReason] = useState('');
  const [left, setLeft] = useState(false);
  const needsReason = change.action === 'ask' || (change.period === 'month' && change.action === 'reopen');
  const missing = needsReason && reason.trim() === '';
  const name = change.period === 'month' ? monthName(change.month, language) : change.year.financialYear;
  const form = change.period === 'month' ? 'Month' : 'Year';
  const title = text(`periods.${change.action}${form}` as 'periods.closeMonth', { month: name });
  const surplus = change.period === 'year' ? change.year.surplusPaise : 0n;
  const facts = {
    name,
    amount: formatRupees(surplus < 0n ? -surplus : surplus),
    kind: surplus < 0n ? 'deficit' : 'surplus',
  };

  const run = async (): Promise<void> => {
    setLeft(true);
    if (missing) return;
    const answer = await command.run(commandOf(collegeId, change, reason.trim()));
    if (answer === null) return;
    announce(text(`periods.${change.action}Done`, { name }));
    onClose();
  };
  return (
    <ConfirmDialog
      title={title}
      consequence={<p>{text(`periods.${change.action}${form}Means` as 'periods.closeMonthMeans', facts)}</p>}
      confirmLabel={title}
      dangerous={change.period === 'year' && change.action === 'close'}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      {needsReason && (
        <Field label={text('periods.reason')} required error={left && missing ? text('problem.empty') : null}>
          {(field) => (
            <TextInput {...field} value={reason} maxLength={1_000} onChange={setReason} onBlur={() => setLeft(true)} />
          )}
        </Field>
      )}
    </ConfirmDialog>
  );
}

function commandOf(collegeId: Id, change: PeriodChange, reason: string): CommandInput {
  if (change.period === 'month') {
    const { month } = change;
    return change.action === 'close'
      ? { collegeId, name: 'period.close', args: { month } }
      : { collegeId, name: 'period.reopen', args: { month, reason } };
  }
  const { financialYear } = change.year;
  if (change.action === 'close') return { collegeId, name: 'year.close', args: { financialYear } };
  if (change.action === 'ask') return { collegeId, name: 'year.askReopen', args: { financialYear, reason } };
  return { collegeId, name: 'year.reopen', args: { financialYear } };
}
