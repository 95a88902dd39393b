import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { IsoDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { formatPaise } from '../../../shared/kernel/money.ts';
import { readAmount } from '../../../shared/kernel/money-entry.ts';
import { Button } from '../../components/button.tsx';
import { Combobox } from '../../components/combobox.tsx';
import { Field } from '../../components/field.tsx';
import { AmountInput, AmountUnderstood, Check, DateInput, TextInput } from '../../components/inputs.tsx';
import { useAsk } from '../../data/desk.tsx';
import type { Masters } from '../../data/use-masters.ts';
import { useText } from '../../i18n/text.ts';
import { type ExpenseValues, readPart, type ValueName } from './expense-values.ts';

interface Props {
  readonly collegeId: Id;
  readonly masters: Masters;
  readonly today: IsoDate;
  readonly values: ExpenseValues;
  change(part: Partial<ExpenseValues>): void;
  /** What is wrong with the field, once it was left. */
  problem(name: ValueName): string | null;
  leave(name: ValueName): void;
  onNewVendor(name: string): void;
}

export function FormFields(props: Props) {
  const { masters, today, values, change, problem, leave } = props;
  const text = useText();
  const line = (name: 'billNo' | 'description' | 'department', max: number, required = false) => (
    <Named name={name}>
      <Field label={text(`field.${name}`)} error={problem(name)} required={required}>
        {(field) => (
          <TextInput
            {...field}
            value={values[name]}
            maxLength={max}
            onChange={(value) => change({ [name]: value })}
            onBlur={() => leave(name)}
          />
        )}
      </Field>
    </Named>
  );
  const chooseCategory = (code: string): void => {
    const category = masters.categories.find((one) => one.code === code);
    change({ category: code, accountCode: category?.defaultAccountCode ?? values.accountCode });
  };
  return (
    <>
      <VendorField {...props} />
      <div className="bill-pair">
        {line('billNo', limits.text.billNoMax)}
        <Named name="billDate">
          <Field label={`${text('field.billDate')} (F2)`} error={problem('billDate')} required>
            {(field) => (
              <DateInput
                {...field}
                today={today}
                value={values.billDate}
                onChange={(billDate) => change({ billDate })}
                onBlur={() => leave('billDate')}
              />
            )}
          </Field>
        </Named>
      </div>
      <div className="bill-pair">
        <Named name="category">
          <Field label={text('field.category')} error={problem('category')} required>
            {(field) => (
              <Combobox
                field={field}
                value={values.category === '' ? null : values.category}
                options={masters.categories.map(({ code }) => ({
                  value: code,
                  label: masters.categoryName(code),
                  note: code,
                }))}
                onChange={chooseCategory}
                onBlur={() => leave('category')}
                empty={text('form.noCategory')}
              />
            )}
          </Field>
        </Named>
        <Named name="accountCode">
          <Field label={text('field.accountCode')} error={problem('accountCode')} required>
            {(field) => (
              <Combobox
                field={field}
                value={values.accountCode === '' ? null : values.accountCode}
                options={masters.accounts
                  .filter(({ kind }) => kind === 'expense')
                  .map(({ code, name }) => ({ value: code, label: name, note: code }))}
                onChange={(accountCode) => change({ accountCode })}
                onBlur={() => leave('accountCode')}
                empty={text('form.noAccount')}
              />
            )}
          </Field>
        </Named>
      </div>
      {line('description', limits.text.descriptionMax, true)}
      {line('department', limits.text.nameMax)}
      <Amounts {...props} />
    </>
  );
}

/** Names a field for jumping to it. */
const Named = ({ name, children }: { readonly name: ValueName; readonly children: ReactNode }) => (
  <div data-field={name}>{children}</div>
);

function VendorField({ collegeId, values, change, problem, leave, onNewVendor }: Props) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const { data } = useAsk('vendors.page', { collegeId, text: typed.trim(), offset: 0, limit: 20 }, { keep: true });
  const rows = data?.rows.filter(({ isActive }) => isActive) ?? [];
  return (
    <Named name="vendorId">
      <Field label={text('field.vendorName')} error={problem('vendorId')} required>
        {(field) => (
          <Combobox
            field={field}
            autoFocus
            value={values.vendorId === '' ? null : values.vendorId}
            valueLabel={values.vendorName}
            options={rows.map(({ id, fields }) => ({ value: id, label: fields.name, note: fields.gstin ?? undefined }))}
            onSearch={setTyped}
            onChange={(vendorId) =>
              change({ vendorId, vendorName: rows.find(({ id }) => id === vendorId)?.fields.name ?? '' })
            }
            onBlur={() => leave('vendorId')}
            empty={text('form.noVendor')}
            footer={
              <Button look="quiet" icon={Plus} keys="Alt+C" onClick={() => onNewVendor(typed)}>
                {text('vendorDialog.title')}
              </Button>
            }
          />
        )}
      </Field>
    </Named>
  );
}

type AmountName = 'taxable' | 'cgst' | 'sgst' | 'igst' | 'tds';

function Amounts({ values, change, problem, leave }: Props) {
  const text = useText();
  const taxable = readAmount(values.taxable);
  const base = taxable.ok ? taxable.value : 0n;
  const left = (name: AmountName): void => {
    const part = readPart(values[name], base);
    const isRate = name !== 'taxable' && values[name].includes('%') && !/[+-]/.test(values[name]);
    const shown = isRate && part.ok ? formatPaise(part.value) : values[name];
    // CGST and SGST of one supply are equal, so the second follows the first until it is typed.
    const twin = name === 'cgst' && values.sgst === '' && part.ok && part.value > 0n;
    if (isRate || twin) change({ [name]: shown, ...(twin && part.ok ? { sgst: formatPaise(part.value) } : {}) });
    leave(name);
  };
  const amount = (name: AmountName, required = false) => (
    <Named name={name}>
      <Field
        label={text(`field.${name}Paise`)}
        error={problem(name)}
        hint={
          required ? <AmountUnderstood value={values[name]} /> : name === 'cgst' ? text('form.rateHint') : undefined
        }
        required={required}
      >
        {(field) => (
          <AmountInput
            {...field}
            value={values[name]}
            onChange={(value) => change({ [name]: value })}
            onBlur={() => left(name)}
          />
        )}
      </Field>
    </Named>
  );
  return (
    <>
      {amount('taxable', true)}
      <div className="bill-three">
        {amount('cgst')}
        {amount('sgst')}
        {amount('igst')}
      </div>
      <div className="bill-pair">
        {amount('tds')}
        <div className="bill-check">
          <Check
            label={text('form.itc')}
            checked={values.itcEligible}
            onChange={(itcEligible) => change({ itcEligible })}
          />
        </div>
      </div>
    </>
  );
}
