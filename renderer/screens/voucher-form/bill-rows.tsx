import { Plus, X } from 'lucide-react';
import type { BillKind } from '../../../shared/domain/ledger-rows.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { formatPaise, formatRupees } from '../../../shared/kernel/money.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Combobox } from '../../components/combobox.tsx';
import { Field } from '../../components/field.tsx';
import { AmountInput, DateInput, Select, TextInput } from '../../components/inputs.tsx';
import { Kbd } from '../../components/keys.tsx';
import { useText } from '../../i18n/text.ts';
import type { LineProps } from './line-props.ts';
import { settledBy } from './propose-bills.ts';
import { billField, billsOf, lineField } from './read-entry.ts';
import { amountOf, type BillValues } from './voucher-values.ts';

const kinds: readonly BillKind[] = ['against', 'new', 'advance', 'on_account'];

/** Which bills a party's line belongs to: the proposal, until somebody types. */
export function BillRows(props: LineProps) {
  const { kind, line, values, books, today, change, error, leave } = props;
  const text = useText();
  const bills = billsOf(kind, line, values.reference, books);
  if (bills.length === 0) return null;
  const open = settledBy(line.side, books.openBills(line.vendorId) ?? []);
  const put = (index: number, part: Partial<BillValues>): void => {
    // A field that is merely left says the same once more; the proposal goes on standing.
    const before = bills[index];
    if (
      before === undefined ||
      Object.entries(part).every(([name, value]) => before[name as keyof BillValues] === value)
    )
      return;
    change(line.key, { bills: bills.map((bill, at) => (at === index ? { ...bill, ...part } : bill)) });
  };
  const left = amountOf(line) - bills.reduce((sum, bill) => sum + amountOf(bill), 0n);
  const add = (): void => {
    const amount = left > 0n ? formatPaise(left) : '';
    change(line.key, { bills: [...bills, { kind: 'on_account', name: '', amount, dueOn: '' }] });
  };
  const choose = (index: number, name: string): void => {
    const chosen = open.find((bill) => bill.name === name);
    if (chosen === undefined) return;
    const rest = left + amountOf(bills[index] ?? { amount: '' });
    const size = chosen.openPaise < 0n ? -chosen.openPaise : chosen.openPaise;
    put(index, { name, amount: formatPaise(rest > 0n && rest < size ? rest : size) });
  };
  const problem = error(lineField(line.key, 'bills'));
  return (
    <section
      className="entry-bills"
      aria-label={text('field.bills')}
      data-field={lineField(line.key, 'bills')}
      data-proposed={line.bills === null || undefined}
    >
      <p className="line small">
        <span className="field-label">{text('field.bills')}</span>
        <Kbd keys="Alt+B" />
        {line.bills === null && <span className="muted">{text('entry.billsProposed')}</span>}
        <span className={problem === null ? 'push muted' : 'push entry-wrong'} aria-live="polite">
          {left !== 0n && text('entry.billsLeft', { amount: formatRupees(left) })}
        </span>
      </p>
      {bills.map((bill, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a bill has no name of its own while it is typed.
        <div key={index} className="entry-bill">
          <div data-field={billField(line.key, index, 'kind')}>
            <Field label={text('bill.kind')} bare>
              {(field) => (
                <Select
                  {...field}
                  value={bill.kind}
                  options={kinds.map((one) => ({ value: one, label: text(`bill.${one}`) }))}
                  onChange={(value) => put(index, { kind: value as BillKind, name: '' })}
                />
              )}
            </Field>
          </div>
          <div data-field={billField(line.key, index, 'name')}>
            {bill.kind !== 'on_account' && (
              <Field label={text('bill.name')} error={error(billField(line.key, index, 'name'))} bare>
                {(field) =>
                  bill.kind === 'against' ? (
                    <Combobox
                      field={field}
                      value={bill.name === '' ? null : bill.name}
                      valueLabel={bill.name}
                      options={open.map(({ name, billDate, openPaise }) => ({
                        value: name,
                        label: name,
                        note: `${formatDate(billDate)} · ${formatRupees(openPaise < 0n ? -openPaise : openPaise)}`,
                      }))}
                      onChange={(name) => choose(index, name)}
                      onBlur={() => leave(billField(line.key, index, 'name'))}
                      empty={text('entry.noOpenBill')}
                    />
                  ) : (
                    <TextInput
                      {...field}
                      value={bill.name}
                      maxLength={limits.text.billNoMax}
                      onChange={(name) => put(index, { name })}
                      onBlur={() => leave(billField(line.key, index, 'name'))}
                    />
                  )
                }
              </Field>
            )}
          </div>
          <div data-field={billField(line.key, index, 'dueOn')}>
            {bill.kind === 'new' && (
              <Field label={text('bill.due')} error={error(billField(line.key, index, 'dueOn'))} bare>
                {(field) => (
                  <DateInput
                    {...field}
                    today={today}
                    value={bill.dueOn}
                    placeholder={text('bill.due')}
                    onChange={(dueOn) => put(index, { dueOn })}
                    onBlur={() => leave(billField(line.key, index, 'dueOn'))}
                  />
                )}
              </Field>
            )}
          </div>
          <div data-field={billField(line.key, index, 'amount')}>
            <Field label={text('field.amount')} error={error(billField(line.key, index, 'amount'))} bare>
              {(field) => (
                <AmountInput
                  {...field}
                  value={bill.amount}
                  onChange={(amount) => put(index, { amount })}
                  onBlur={() => leave(billField(line.key, index, 'amount'))}
                />
              )}
            </Field>
          </div>
          <IconButton
            icon={X}
            tabIndex={-1}
            label={text('entry.removeBill')}
            disabled={bills.length === 1}
            onClick={() => change(line.key, { bills: bills.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <p className="line">
        <Button look="quiet" icon={Plus} tabIndex={-1} onClick={add}>
          {text('entry.addBill')}
        </Button>
        {problem !== null && <span className="entry-wrong small">{problem}</span>}
      </p>
    </section>
  );
}
