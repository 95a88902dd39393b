import { useState } from 'react';
import type { BankLineView, BookEntryView } from '../../../shared/ipc/contract/reconciliation.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees, sumPaise } from '../../../shared/kernel/money.ts';
import { Combobox } from '../../components/combobox.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Check, TextInput } from '../../components/inputs.tsx';
import { useCommand } from '../../data/use-command.ts';
import { useMasters } from '../../data/use-masters.ts';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

interface Props {
  readonly collegeId: Id;
  readonly bankAccountId: Id;
  readonly lines: readonly BankLineView[];
  /** Entries that are part of the same money; what the lines have beyond them is entered. */
  readonly entries: readonly BookEntryView[];
  onDone(): void;
  onClose(): void;
}

/** Enters what the bank has and the books have not: charges, interest, money somebody paid in. */
export function PostDialog({ collegeId, bankAccountId, lines, entries, onDone, onClose }: Props) {
  const text = useText();
  const command = useCommand();
  const masters = useMasters(collegeId);
  const [first] = lines;
  const rule = first?.rule ?? null;
  const [accountCode, setAccountCode] = useState<string | null>(rule?.accountCode ?? null);
  const [narration, setNarration] = useState(rule?.narration || (first?.narration ?? ''));
  const [keep, setKeep] = useState(false);
  const [words, setWords] = useState(wordsOf(first?.narration ?? ''));
  const [left, setLeft] = useState(false);
  const paise =
    sumPaise(lines.map(({ debitPaise, creditPaise }) => creditPaise - debitPaise)) -
    sumPaise(entries.map(({ debitPaise, creditPaise }) => debitPaise - creditPaise));
  const isIn = paise > 0n;

  const run = async (): Promise<void> => {
    setLeft(true);
    if (accountCode === null || paise === 0n) return;
    const ids = { lineIds: lines.map(({ id }) => id), entryIds: entries.map(({ id }) => id) };
    const pass = rule?.accountCode === accountCode ? ('rule' as const) : ('manual' as const);
    const side = { accountCode, vendorId: null, departmentCode: null, fundCode: null };
    const amounts = { debitPaise: isIn ? 0n : -paise, creditPaise: isIn ? paise : 0n };
    const args = {
      ...{ bankAccountId, match: { matchId: newId(), ...ids, pass, because: '' } },
      ...{ voucherId: newId(), narration, lines: [{ ...side, ...amounts }] },
    };
    if ((await command.run({ collegeId, name: 'reconciliation.post', args })) === null) return;
    if (keep && words.trim() !== '') {
      const fields = {
        bankAccountId,
        words,
        direction: isIn ? 'in' : 'out',
        accountCode,
        narration,
        isActive: true,
      } as const;
      await command.run({ collegeId, name: 'bankRule.set', args: { ruleId: newId(), revision: 0, fields } });
    }
    announce(text('recon.posted'));
    onDone();
  };
  const amount = formatRupees(isIn ? paise : -paise);
  return (
    <ConfirmDialog
      title={text('recon.postTitle')}
      consequence={
        <p>{paise === 0n ? text('recon.nothingToPost') : text(isIn ? 'recon.postIn' : 'recon.postOut', { amount })}</p>
      }
      confirmLabel={text('recon.postNow')}
      busy={command.busy}
      error={command.error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <div className="stack">
        <Field
          label={text('field.accountCode')}
          required
          error={left && accountCode === null ? text('problem.empty') : null}
        >
          {(field) => (
            <Combobox
              field={field}
              autoFocus
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
        {rule === null && <Check label={text('recon.keepRule')} checked={keep} onChange={setKeep} />}
        {keep && (
          <Field label={text('recon.ruleWords')} hint={text('recon.ruleWordsHint')}>
            {(field) => <TextInput {...field} value={words} maxLength={200} onChange={setWords} />}
          </Field>
        )}
      </div>
    </ConfirmDialog>
  );
}

/** The words of a narration without what changes from one to the next. */
const wordsOf = (narration: string): string =>
  narration
    .split(/[\s/:|-]+/)
    .filter((word) => word.length > 2 && !/\d/.test(word))
    .slice(0, 3)
    .join(' ');
