import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { CommandArgs, GroupFields } from '../command/args.ts';
import type { BooksReader, CommandDefinition } from '../command/command.ts';
import { line } from '../command/line.ts';
import { mergeEdits } from '../command/merge-edits.ts';
import type { AccountGroup } from '../rows.ts';
import { isChartCode } from './code.ts';

/** Reasons in GROUP_INVALID. kind: the parent is of another kind; circle: the parent stands below the group itself; deep: too far down. */
export type GroupReason = 'empty' | 'format' | 'unknown' | 'kind' | 'circle' | 'deep';

/** So deep no statement is read by anybody. */
const DEPTH_MAX = 6;

/** Adds a heading to the chart. */
export const createGroup: CommandDefinition<CommandArgs['group.create']> = {
  name: 'group.create',
  schemaVersion: 1,
  roles: ['college_accounts_admin', 'super_accountant'],
  documentId: (args) => args.groupId,
  audit: 'rows',
  async decide({ groupId, fields }, { collegeId }, books) {
    if ((await books.get('account_groups', groupId)) !== undefined) {
      return err(refusal('INPUT_INVALID', { where: 'groupId: in use' }));
    }
    if (!isChartCode(fields.code)) return invalid('code', 'format');
    const before = await books.groupByCode(fields.code);
    if (before !== undefined) return err(refusal('GROUP_DUPLICATE', { code: before.code, name: before.name }));
    const row = { ...fields, collegeId, id: groupId, isActive: true, revision: 1 };
    const read = await readGroup(row, books);
    return read.ok ? ok([{ table: 'account_groups', row: read.value }]) : read;
  },
};

/** Renames a heading, moves it or takes it out of use. */
export const editGroup: CommandDefinition<CommandArgs['group.edit']> = {
  name: 'group.edit',
  schemaVersion: 1,
  roles: createGroup.roles,
  documentId: (args) => args.groupId,
  audit: 'rows',
  async decide({ groupId, edits }, _context, books) {
    const group = await books.get('account_groups', groupId);
    if (group === undefined) return err(refusal('NOT_FOUND', { what: 'group' }));
    const { name, nameHi, parentCode, isActive } = group;
    const merged = mergeEdits({ name, nameHi, parentCode, isActive }, edits);
    if (!merged.ok) return merged;
    const read = await readGroup({ ...group, ...merged.value, revision: group.revision + 1 }, books);
    return read.ok ? ok([{ table: 'account_groups', row: read.value }]) : read;
  },
};

/** The group as the books keep it. Refusal: GROUP_INVALID with `field` and `reason` (a `GroupReason`). */
async function readGroup(group: AccountGroup, books: BooksReader): Promise<Result<AccountGroup, Refusal>> {
  const name = line(group.name);
  if (name === null) return invalid('name', 'empty');
  let above = group.parentCode;
  for (let depth = 1; above !== null; depth++) {
    if (above === group.code) return invalid('parentCode', 'circle');
    if (depth === DEPTH_MAX) return invalid('parentCode', 'deep');
    const parent: AccountGroup | undefined = await books.groupByCode(above);
    if (parent === undefined) return invalid('parentCode', 'unknown');
    if (parent.kind !== group.kind) return invalid('parentCode', 'kind');
    above = parent.parentCode;
  }
  return ok({ ...group, name, nameHi: line(group.nameHi) });
}

const invalid = (field: keyof GroupFields, reason: GroupReason) => err(refusal('GROUP_INVALID', { field, reason }));
