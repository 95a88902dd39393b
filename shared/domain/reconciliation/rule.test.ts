import { beforeEach, expect, test } from 'vitest';
import { parseCanonical } from '../../kernel/canonical.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { BankRuleFields } from './args.ts';

let world: CollegeWorld;
beforeEach(async () => {
  world = await CollegeWorld.create(5);
});

const charges: BankRuleFields = {
  ...{ bankAccountId: null, words: 'consolidated charges', direction: 'out', accountCode: '1530' },
  ...{ narration: 'Bank charges', isActive: true },
};
const set = (ruleId: string, revision: number, fields: BankRuleFields) =>
  world.run('bankRule.set', { ruleId, revision, fields }, world.accountant);

test('a rule is worded anew over the one that was seen; over another one both wordings are told', async () => {
  const ruleId = world.newId();
  expectOk(await set(ruleId, 0, charges));
  expectOk(await set(ruleId, 1, { ...charges, words: '  sms   charges ' }));
  expect(world.books.rows('bank_rules')).toMatchObject([{ words: 'sms charges', revision: 2 }]);
  const { code, details } = expectRefused(await set(ruleId, 1, { ...charges, narration: 'Charges' }));
  expect({ code, fields: details.fields, revision: details.revision }).toEqual({
    ...{ code: 'COMMAND_CONFLICT', fields: 'words, narration', revision: 2 },
  });
  expect(parseCanonical(String(details.mine))).toEqual({ words: 'consolidated charges', narration: 'Charges' });
  expect(parseCanonical(String(details.theirs))).toEqual({ words: 'sms charges', narration: 'Bank charges' });
  // As the person decides who keeps the own one.
  expectOk(await set(ruleId, Number(details.revision), { ...charges, narration: 'Charges' }));
});

test('a rule without words, or to an account that no rule may have, says what is wrong', async () => {
  const reasons: unknown[] = [];
  for (const wrong of [{ words: ' ' }, { accountCode: '9999' }, { accountCode: '1200' }]) {
    const { code, details } = expectRefused(await set(world.newId(), 0, { ...charges, ...wrong }));
    reasons.push([code, details.field, details.reason]);
  }
  expect(reasons).toEqual([
    ['BANK_RULE_INVALID', 'words', 'empty'],
    ['BANK_RULE_INVALID', 'accountCode', 'unknown'],
    ['BANK_RULE_INVALID', 'accountCode', 'bank'],
  ]);
});
