import { Plus, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { isMoney, kindRules, type Side } from '../../../shared/domain/voucher/kinds.ts';
import type { ChartAccount, ChartCentre } from '../../../shared/ipc/contract/chart.ts';
import { formatRupees, type Paise } from '../../../shared/kernel/money.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Combobox } from '../../components/combobox.tsx';
import { Field } from '../../components/field.tsx';
import { AmountInput, AmountUnderstood, Select } from '../../components/inputs.tsx';
import { useAsk } from '../../data/desk.tsx';
import { type Text, useText } from '../../i18n/text.ts';
import { BillRows } from './bill-rows.tsx';
import type { LineProps } from './line-props.ts';
import { furtherFields, lineField } from './read-entry.ts';
import { isEmptyLine } from './voucher-values.ts';

/** By and To as Tally has them, by their first letter or by that of debit and credit. */
const sideKeys: Readonly<Record<string, Side>> = {
  KeyD: 'debit',
  KeyB: 'debit',
  KeyC: 'credit',
  KeyT: 'credit',
};

/** One line: side, account with what stands in it now, amount in its column; below it what else the account asks for. */
export function EntryLine(props: LineProps) {
  const { line, place, books, change, remove } = props;
  const text = useText();
  const account = books.account(line.accountCode);
  const further = furtherFields(account, books);
  const hasMore = further.party || further.department || further.fund;
  const onSideKey = (event: KeyboardEvent): void => {
    const side = event.ctrlKey || event.altKey ? undefined : sideKeys[event.code];
    if (side === undefined) return;
    event.preventDefault();
    change(line.key, { side });
  };
  return (
    <li className="entry-line" aria-label={text('entry.line', { place: String(place) })}>
      <div data-field={lineField(line.key, 'side')} className="entry-side">
        <Field label={text('entry.side')} bare>
          {(field) => (
            <Select
              {...field}
              value={line.side}
              options={[
                { value: 'debit', label: text('entry.debit') },
                { value: 'credit', label: text('entry.credit') },
              ]}
              onKeyDown={onSideKey}
              onChange={(side) => change(line.key, { side: side as Side })}
            />
          )}
        </Field>
      </div>
      <AccountField {...props} account={account} />
      <AmountField {...props} />
      <IconButton
        icon={Trash2}
        label={text('entry.removeLine')}
        keys="Ctrl+D"
        tabIndex={-1}
        onClick={() => remove(line.key)}
      />
      {hasMore && (
        <div className="entry-more">
          {further.party && <PartyField {...props} />}
          {further.department && <CentreField {...props} name="departmentCode" centres={books.departments} />}
          {further.fund && <CentreField {...props} name="fundCode" centres={books.funds} />}
          {further.party && <BillRows {...props} />}
        </div>
      )}
    </li>
  );
}

/** Whether the kind of voucher may have the account at all. */
function hasPlace({ kind, line }: LineProps, account: ChartAccount): boolean {
  const { money, never } = kindRules[kind];
  if (account.code === line.accountCode) return true;
  if (never?.includes(account.kind) === true) return false;
  if (money === 'both') return isMoney(account);
  return money === 'none' ? !isMoney(account) : true;
}

/** What stands in an account or with a party now. */
const balanceText = (paise: Paise, text: Text): string =>
  text(paise < 0n ? 'entry.balanceCredit' : 'entry.balanceDebit', {
    amount: formatRupees(paise < 0n ? -paise : paise),
  });

function AccountField(props: LineProps & { readonly account: ChartAccount | undefined }) {
  const { line, account, books, change, error, leave, create } = props;
  const text = useText();
  const name = lineField(line.key, 'account');
  return (
    <div data-field={name} className="entry-account">
      <Field
        label={text('field.account')}
        error={error(name)}
        hint={account === undefined ? undefined : balanceText(account.balancePaise, text)}
        bare
      >
        {(field) => (
          <Combobox
            field={field}
            value={line.accountCode === '' ? null : line.accountCode}
            valueLabel={line.accountCode}
            options={books.accounts
              .filter((one) => hasPlace(props, one))
              .map((one) => ({ value: one.code, label: one.name, note: one.code }))}
            onChange={(accountCode) => accountCode !== line.accountCode && change(line.key, { accountCode })}
            // A line in which nothing stands is not wrong yet.
            onBlur={() => {
              if (!isEmptyLine(line)) leave(name);
            }}
            empty={text('entry.noAccount')}
            footer={
              <Button look="quiet" icon={Plus} keys="Alt+C" onClick={() => create(name)}>
                {text('chart.newAccount')}
              </Button>
            }
          />
        )}
      </Field>
    </div>
  );
}

function AmountField({ line, change, error, leave }: LineProps) {
  const text = useText();
  const name = lineField(line.key, 'amount');
  return (
    <div data-field={name} className={`entry-amount entry-amount-${line.side}`}>
      <Field
        label={text(line.side === 'debit' ? 'expense.debit' : 'expense.credit')}
        error={error(name)}
        hint={line.proposed || line.amount === '' ? undefined : <AmountUnderstood value={line.amount} />}
        bare
      >
        {(field) => (
          <AmountInput
            {...field}
            value={line.amount}
            onFocus={(event) => event.target.select()}
            onChange={(amount) => amount !== line.amount && change(line.key, { amount })}
            onBlur={() => {
              if (!isEmptyLine(line)) leave(name);
            }}
          />
        )}
      </Field>
    </div>
  );
}

const SHOWN = 20;

function PartyField({ collegeId, line, books, change, error, leave, create }: LineProps) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const { data } = useAsk('vendors.page', { collegeId, text: typed.trim(), offset: 0, limit: SHOWN }, { keep: true });
  const rows = data?.rows.filter(({ isActive }) => isActive) ?? [];
  const name = lineField(line.key, 'vendorId');
  const balance = line.vendorId === '' ? null : books.partyBalance(line.vendorId);
  return (
    <div data-field={name} className="entry-party">
      <Field
        label={text('field.party')}
        error={error(name)}
        hint={balance === null ? undefined : balanceText(balance, text)}
      >
        {(field) => (
          <Combobox
            field={field}
            value={line.vendorId === '' ? null : line.vendorId}
            valueLabel={line.vendorName}
            options={rows.map(({ id, fields }) => ({ value: id, label: fields.name, note: fields.gstin ?? undefined }))}
            onSearch={setTyped}
            onChange={(vendorId) =>
              change(line.key, { vendorId, vendorName: rows.find(({ id }) => id === vendorId)?.fields.name ?? '' })
            }
            onBlur={() => leave(name)}
            empty={text('form.noVendor')}
            footer={
              <Button look="quiet" icon={Plus} keys="Alt+C" onClick={() => create(name)}>
                {text('vendorDialog.title')}
              </Button>
            }
          />
        )}
      </Field>
    </div>
  );
}

interface CentreProps extends LineProps {
  readonly name: 'departmentCode' | 'fundCode';
  readonly centres: readonly ChartCentre[];
}

function CentreField({ line, name, centres, change, error, leave, create }: CentreProps) {
  const text = useText();
  const at = lineField(line.key, name);
  return (
    <div data-field={at} className="entry-centre">
      <Field label={text(`field.${name}`)} error={error(at)}>
        {(field) => (
          <Combobox
            field={field}
            value={line[name] === '' ? null : line[name]}
            valueLabel={line[name]}
            options={centres.map((one) => ({ value: one.code, label: one.name, note: one.code }))}
            onChange={(code) => change(line.key, { [name]: code })}
            onBlur={() => leave(at)}
            empty={text('entry.noCentre')}
            footer={
              <Button look="quiet" icon={Plus} keys="Alt+C" onClick={() => create(at)}>
                {text('chart.newCentre')}
              </Button>
            }
          />
        )}
      </Field>
    </div>
  );
}
