import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import type { BankRuleRow } from '../../../shared/ipc/contract/reconciliation.ts';
import { Button } from '../../components/button.tsx';
import { Combobox } from '../../components/combobox.tsx';
import { Field } from '../../components/field.tsx';
import { Select, TextInput } from '../../components/inputs.tsx';
import type { useMasters } from '../../data/use-masters.ts';
import { useText } from '../../i18n/text.ts';

export type RuleTyped = Pick<BankRuleRow, 'words' | 'direction' | 'accountCode' | 'narration'>;

interface Props {
  readonly masters: ReturnType<typeof useMasters>;
  /** The rule that is worded anew; null for a new one. */
  readonly rule: BankRuleRow | null;
  readonly busy: boolean;
  onKeep(typed: RuleTyped): void;
  onLeave(): void;
}

/** The wording of one rule, new or as it is. */
export function RuleForm({ masters, rule, busy, onKeep, onLeave }: Props) {
  const text = useText();
  const [words, setWords] = useState(rule?.words ?? '');
  const [direction, setDirection] = useState(rule?.direction ?? 'out');
  const [accountCode, setAccountCode] = useState(rule?.accountCode ?? null);
  const [narration, setNarration] = useState(rule?.narration ?? '');
  return (
    <form
      className="recon-new-rule"
      aria-label={text(rule === null ? 'recon.addRule' : 'recon.reword')}
      onSubmit={(event) => {
        event.preventDefault();
        if (accountCode !== null && words.trim() !== '') onKeep({ words, direction, accountCode, narration });
      }}
    >
      <Field label={text('recon.ruleWords')}>
        {(field) => <TextInput {...field} value={words} maxLength={200} onChange={setWords} />}
      </Field>
      <Field label={text('recon.direction')}>
        {(field) => (
          <Select
            {...field}
            value={direction}
            options={[
              { value: 'out', label: text('recon.out') },
              { value: 'in', label: text('recon.in') },
            ]}
            onChange={(value) => setDirection(value === 'in' ? 'in' : 'out')}
          />
        )}
      </Field>
      <Field label={text('field.accountCode')}>
        {(field) => (
          <Combobox
            field={field}
            value={accountCode}
            options={masters.accounts
              .filter(({ role }) => role !== 'bank')
              .map(({ code, name }) => ({ value: code, label: name, note: code }))}
            onChange={setAccountCode}
            empty={text('reports.noAccount')}
          />
        )}
      </Field>
      <Field label={text('field.narration')}>
        {(field) => <TextInput {...field} value={narration} maxLength={1_000} onChange={setNarration} />}
      </Field>
      <div className="line">
        <Button
          type="submit"
          look="primary"
          icon={rule === null ? Plus : Check}
          busy={busy}
          disabled={accountCode === null || words.trim() === ''}
        >
          {text(rule === null ? 'recon.addRule' : 'recon.keepWording')}
        </Button>
        {rule !== null && <Button onClick={onLeave}>{text('recon.keepAsIs')}</Button>}
      </div>
    </form>
  );
}
