import type { MatchFields } from '../../shared/domain/reconciliation/args.ts';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { sumPaise } from '../../shared/kernel/money.ts';
import type { SignedText } from '../../shared/sync/client/read-command.ts';

type Field = readonly [field: string, value: Plain];

/** What a refused entry about a bank says beyond its plain fields: whose account, and how much of either side. */
export function bankFields({ name, args }: SignedText): readonly Field[] {
  switch (name) {
    case 'statement.import':
      return [
        ['bankAccountId', args.bankAccountId],
        ['bankLines', String(args.lines.length)],
      ];
    case 'reconciliation.match': {
      const many: readonly Field[] = args.matches.length === 1 ? [] : [['matches', String(args.matches.length)]];
      return [['bankAccountId', args.bankAccountId], ...many, ...sides(args.matches)];
    }
    case 'reconciliation.post': {
      const [first, ...others] = args.lines;
      const account: readonly Field[] =
        first === undefined || others.length > 0 ? [] : [['accountCode', first.accountCode]];
      // The bank's own side is made by the command, so these are all of the other one.
      const paise = sumPaise(args.lines.map(({ debitPaise, creditPaise }) => creditPaise - debitPaise));
      const amount: Field = ['amountPaise', paise < 0n ? -paise : paise];
      return [['bankAccountId', args.bankAccountId], ...account, amount, ...sides([args.match])];
    }
    default:
      return [];
  }
}

const sides = (matches: readonly MatchFields[]): readonly Field[] => [
  ['bankLines', String(matches.flatMap(({ lineIds }) => lineIds).length)],
  ['bookEntries', String(matches.flatMap(({ entryIds }) => entryIds).length)],
];
