import type { Id } from '../../kernel/ids.ts';
import { parseRupees } from '../../kernel/money.ts';
import { nameOf } from '../command/context.ts';
import type { Account, AccountGroup, AccountKind, AccountRole, Category } from '../rows.ts';

/**
 * Turns a ready-made chart (parsed `resources/seed/chart.json`) into rows for `college.configure`. Amounts in it are rupees as decimal text.
 * @param namedId the ids of the college, see `collegeIds`
 * @throws when the data has not the form of a chart: it ships with the program, so this is a fault of the build
 */
export function seedChart(
  data: unknown,
  collegeId: Id,
  namedId: (name: string) => Id,
): {
  readonly groups: readonly AccountGroup[];
  readonly accounts: readonly Account[];
  readonly categories: readonly Category[];
} {
  const chart = record(data, 'chart');
  const groups = list(chart.groups, 'groups').map((item): AccountGroup => {
    const code = text(item.code, 'code');
    return {
      collegeId,
      id: namedId(nameOf('group', code)),
      code,
      name: text(item.name, `name of ${code}`),
      nameHi: text(item.name_hi, `name_hi of ${code}`),
      kind: oneOf<AccountKind>(kinds, item.kind, `kind of ${code}`),
      parentCode: item.parent === null ? null : text(item.parent, `parent of ${code}`),
      isActive: true,
      revision: 1,
    };
  });
  const accounts = list(chart.accounts, 'accounts').map((item): Account => {
    const code = text(item.code, 'code');
    return {
      collegeId,
      id: namedId(nameOf('account', code)),
      code,
      name: text(item.name, `name of ${code}`),
      kind: oneOf<AccountKind>(kinds, item.kind, `kind of ${code}`),
      groupCode: item.group === null ? null : text(item.group, `group of ${code}`),
      category: item.category === null ? null : text(item.category, `category of ${code}`),
      role: item.role === null ? null : oneOf<AccountRole>(roles, item.role, `role of ${code}`),
      isActive: true,
    };
  });
  const categories = list(chart.categories, 'categories').map((item): Category => {
    const code = text(item.value, 'value');
    const threshold = parseRupees(text(item.receipt_threshold, `receipt_threshold of ${code}`));
    if (!threshold.ok) throw new Error(`seed chart: receipt_threshold of ${code} is ${threshold.error}`);
    if (typeof item.requires_approval !== 'boolean') throw new Error(`seed chart: requires_approval of ${code}`);
    return {
      collegeId,
      id: namedId(nameOf('category', code)),
      code,
      label: text(item.label, `label of ${code}`),
      labelHi: text(item.label_hi, `label_hi of ${code}`),
      requiresApproval: item.requires_approval,
      receiptThresholdPaise: threshold.value,
      defaultAccountCode: text(item.account, `account of ${code}`),
      isActive: true,
    };
  });
  return { groups, accounts, categories };
}

const kinds: readonly AccountKind[] = ['asset', 'liability', 'income', 'expense', 'fund'];
const roles: readonly AccountRole[] = [
  'vendor_payable',
  'tds_payable',
  'input_cgst',
  'input_sgst',
  'input_igst',
  'bank',
  'cash',
];

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error(`seed chart: ${what} is missing`);
  return { ...value };
}

function list(value: unknown, what: string): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) throw new Error(`seed chart: ${what} is no list`);
  return value.map((item: unknown) => record(item, `an item of ${what}`));
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`seed chart: ${what} is missing`);
  return value;
}

function oneOf<T extends string>(choices: readonly T[], value: unknown, what: string): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new Error(`seed chart: ${what} is ${String(value)}`);
  return found;
}
