import type { BankAccountView } from '../../../shared/ipc/contract/payments.ts';
import { classes } from '../../components/classes.ts';
import { Field } from '../../components/field.tsx';
import { Money } from '../../components/figures.tsx';
import { Select } from '../../components/inputs.tsx';
import { useText } from '../../i18n/text.ts';
import { leftToday } from './use-all.ts';

interface Props {
  readonly accounts: readonly BankAccountView[];
  readonly account: BankAccountView;
  onChoose(id: string): void;
  /** What is ticked and can be paid. */
  readonly count: number;
  readonly sumPaise: bigint;
}

/** Which account pays, what it has by the books, how much of its limit of today is left, and the sum of what is ticked. */
export function PayStrip({ accounts, account, onChoose, count, sumPaise }: Props) {
  const text = useText();
  const left = leftToday(account);
  return (
    <section className="pay-strip" aria-label={text('payments.from')}>
      <Field label={text('payments.from')}>
        {(field) => (
          <Select
            {...field}
            value={account.id}
            options={accounts.map(({ id, name, accountCode }) => ({ value: id, label: `${name} · ${accountCode}` }))}
            onChange={onChoose}
          />
        )}
      </Field>
      <dl className={classes('pay-figure', sumPaise > account.bookBalancePaise && 'is-short')}>
        <dt>{text('pay.balance')}</dt>
        <dd>
          <Money paise={account.bookBalancePaise} />
        </dd>
      </dl>
      <dl className={classes('pay-figure', left !== null && sumPaise > left && 'is-short')}>
        <dt>{text('pay.leftToday')}</dt>
        <dd>{left === null ? text('pay.noLimit') : <Money paise={left} />}</dd>
      </dl>
      <dl className="pay-figure is-sum" aria-live="polite">
        <dt>{text('pay.ticked', { count })}</dt>
        <dd>
          <Money paise={sumPaise} />
        </dd>
      </dl>
      {sumPaise > account.bookBalancePaise && <p className="notice notice-warn">{text('pay.overBalance')}</p>}
      {left !== null && sumPaise > left && <p className="notice notice-warn">{text('pay.overLimit')}</p>}
    </section>
  );
}
