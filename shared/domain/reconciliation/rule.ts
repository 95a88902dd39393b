import { canonicalText } from '../../kernel/canonical.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import { err, ok } from '../../kernel/result.ts';
import type { BankLine, BankRule } from '../bank-rows.ts';
import type { CommandArgs } from '../command/args.ts';
import type { BooksReader, CommandDefinition } from '../command/command.ts';
import { line } from '../command/line.ts';
import { bankAccountOf } from './account.ts';
import type { BankRuleFields } from './args.ts';
import type { BankRuleReason } from './reasons.ts';

/** Makes a rule or changes one; a rule that is no longer wanted is taken out of use. */
export const setBankRule: CommandDefinition<CommandArgs['bankRule.set']> = {
  name: 'bankRule.set',
  schemaVersion: 1,
  roles: ['college_accounts_admin'],
  documentId: (args) => args.ruleId,
  audit: 'rows',
  async decide({ ruleId, revision, fields }, { collegeId }, books) {
    const before = await books.get('bank_rules', ruleId);
    if ((before?.revision ?? 0) !== revision) return err(conflict(fields, before));
    if (fields.bankAccountId !== null) {
      const account = await bankAccountOf(fields.bankAccountId, books);
      if (!account.ok) return account;
    }
    const words = line(fields.words);
    if (words === null) return invalid('words', 'empty');
    const wrong = await accountFault(fields, books);
    if (wrong !== undefined) return err(wrong);
    const { bankAccountId, direction, accountCode, isActive } = fields;
    const row: BankRule = {
      ...{ collegeId, id: ruleId, bankAccountId, words, direction, accountCode },
      ...{ narration: line(fields.narration) ?? '', isActive, revision: revision + 1 },
    };
    return ok([{ table: 'bank_rules', row }]);
  },
};

/** With the values of both by field, and the revision that stands, over which the same may be said again. */
function conflict(fields: BankRuleFields, before: BankRule | undefined): Refusal {
  const names = ['words', 'direction', 'accountCode', 'narration', 'isActive'] as const;
  const changed = names.filter((name) => before !== undefined && before[name] !== fields[name]);
  const valuesOf = (from: BankRuleFields) =>
    canonicalText(Object.fromEntries(changed.map((name) => [name, from[name]])));
  return refusal('COMMAND_CONFLICT', {
    fields: changed.length === 0 ? 'words' : changed.join(', '),
    ...(before === undefined ? {} : { mine: valuesOf(fields), theirs: valuesOf(before) }),
    revision: before?.revision ?? 0,
  });
}

async function accountFault(fields: BankRuleFields, books: BooksReader): Promise<Refusal | undefined> {
  const account = await books.accountByCode(fields.accountCode);
  if (account === undefined) return fault('accountCode', 'unknown');
  if (!account.isActive && fields.isActive) return fault('accountCode', 'inactive');
  return account.role === 'bank' ? fault('accountCode', 'bank') : undefined;
}

/** The first rule in use that all words of stand in the narration of this line. */
export function ruleFor(
  entry: Pick<BankLine, 'bankAccountId' | 'narration' | 'debitPaise'>,
  rules: readonly BankRule[],
): BankRule | undefined {
  const narration = entry.narration.toLowerCase();
  const direction = entry.debitPaise > 0n ? 'out' : 'in';
  return rules.find(
    (rule) =>
      rule.isActive &&
      rule.direction === direction &&
      (rule.bankAccountId === null || rule.bankAccountId === entry.bankAccountId) &&
      rule.words
        .toLowerCase()
        .split(' ')
        .every((word) => narration.includes(word)),
  );
}

const fault = (field: 'words' | 'accountCode', reason: BankRuleReason): Refusal =>
  refusal('BANK_RULE_INVALID', { field, reason });
const invalid = (field: 'words' | 'accountCode', reason: BankRuleReason) => err(fault(field, reason));
