import { useRef, useState } from 'react';
import type { BankRuleRow } from '../../../shared/ipc/contract/reconciliation.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useCommand } from '../../data/use-command.ts';
import { useMasters } from '../../data/use-masters.ts';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { RuleForm, type RuleTyped } from './rule-form.tsx';

interface Props {
  readonly collegeId: Id;
  readonly mayWork: boolean;
  onClose(): void;
}

/** What lines of the bank with certain words are entered as. */
export function RulesDialog({ collegeId, mayWork, onClose }: Props) {
  const text = useText();
  const command = useCommand();
  const masters = useMasters(collegeId);
  const rules = useAsk('bankRules.list', { collegeId });
  /** As it was seen when its rewording began: who changed it since is not overwritten. */
  const [reworded, setReworded] = useState<BankRuleRow | null>(null);
  const [added, setAdded] = useState(0);
  const form = useRef<HTMLDivElement>(null);
  const set = async ({ id, revision, ...fields }: BankRuleRow): Promise<boolean> =>
    (await command.run({ collegeId, name: 'bankRule.set', args: { ruleId: id, revision, fields } })) !== null;
  const keep = async (typed: RuleTyped): Promise<void> => {
    const begun = reworded ?? { id: newId(), revision: 0, bankAccountId: null, isActive: true };
    if (!(await set({ ...begun, ...typed }))) return;
    announce(text('recon.ruleKept', { words: typed.words }));
    setReworded(null);
    setAdded(added + 1);
  };
  const reword = (rule: BankRuleRow | null): void => {
    command.clear();
    setReworded(rule);
    form.current?.querySelector('input')?.focus();
  };
  const rows = rules.data?.rows ?? [];
  return (
    <Dialog title={text('recon.rules')} onClose={onClose} wide>
      <div className="dialog-body stack">
        <p className="muted">{text('recon.rulesHow')}</p>
        {command.error !== null && <ErrorPanel error={command.error} />}
        {rules.error !== null && <ErrorPanel error={rules.error} />}
        {rows.length > 0 && (
          <table className="plain-table recon-rules">
            <thead>
              <tr>
                <th scope="col">{text('recon.ruleWords')}</th>
                <th scope="col">{text('recon.direction')}</th>
                <th scope="col">{text('field.accountCode')}</th>
                <th scope="col">{text('field.narration')}</th>
                <th scope="col">{text('recon.state')}</th>
                {mayWork && (
                  <th scope="col">
                    <span className="visually-hidden">{text('recon.change')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((rule) => (
                <tr key={rule.id} className={rule.isActive ? undefined : 'muted'}>
                  <th scope="row">{rule.words}</th>
                  <td>{text(rule.direction === 'in' ? 'recon.in' : 'recon.out')}</td>
                  <td>{`${rule.accountCode} · ${masters.accountName(rule.accountCode)}`}</td>
                  <td>{rule.narration}</td>
                  <td>{text(rule.isActive ? 'recon.isOn' : 'recon.isOff')}</td>
                  {mayWork && (
                    <td className="recon-rule-deeds">
                      <Button
                        look="quiet"
                        disabled={command.busy}
                        onClick={() => reword(rule)}
                        aria-label={text('recon.rewordRule', { words: rule.words })}
                      >
                        {text('recon.reword')}
                      </Button>
                      <Button
                        look="quiet"
                        disabled={command.busy}
                        onClick={() => void set({ ...rule, isActive: !rule.isActive })}
                      >
                        {text(rule.isActive ? 'recon.switchOff' : 'recon.switchOn')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {rules.data?.rows.length === 0 && <p className="muted">{text('recon.noRules')}</p>}
        {mayWork && (
          <div ref={form}>
            <RuleForm
              key={reworded === null ? `new ${added}` : `${reworded.id} ${reworded.revision}`}
              {...{ masters, rule: reworded, busy: command.busy }}
              onKeep={(typed) => void keep(typed)}
              onLeave={() => reword(null)}
            />
          </div>
        )}
      </div>
    </Dialog>
  );
}
