import { collegeIds } from '../../shared/domain/command/context.ts';
import type { StatementLineFields } from '../../shared/domain/reconciliation/args.ts';
import { bankLineId } from '../../shared/domain/reconciliation/line-id.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { nodeDigest } from '../adapters/node-digest.ts';

/** A line of interest of five paise. */
export const interestLine = (narration: string): StatementLineFields => ({
  ...{
    lineNo: 1,
    occurrence: 1,
    date: '2026-10-31',
    valueDate: '2026-10-31',
    narration,
    reference: 'R',
    chequeNo: 'C',
  },
  ...{ debitPaise: 0n, creditPaise: 5n, balancePaise: 5n },
});

export const statementOf = (statementId: Id, bankAccountId: Id, lines: readonly StatementLineFields[]) => ({
  ...{ statementId, bankAccountId, format: 'sheet', fileName: 'oct.csv', sha256: 'a'.repeat(64) },
  ...{ from: '2026-10-01', to: '2026-10-31', openingPaise: 0n, closingPaise: 5n, lines },
});

const idOf = (collegeId: Id, bankAccountId: Id, line: StatementLineFields): Id =>
  bankLineId(bankAccountId, line, line.occurrence, { namedId: collegeIds(collegeId, nodeDigest) });

const side = { accountCode: '4400', vendorId: null, departmentCode: null, fundCode: null };

export const interestPost = (newId: () => Id, collegeId: Id, bankAccountId: Id, line: StatementLineFields) => ({
  bankAccountId,
  match: {
    matchId: newId(),
    ...{ lineIds: [idOf(collegeId, bankAccountId, line)], entryIds: [], pass: 'manual', because: 'B' },
  },
  ...{ voucherId: newId(), narration: 'Interest' },
  lines: [{ ...side, debitPaise: 0n, creditPaise: 5n }],
});

interface SampleDesk {
  newId(): Id;
  collegeId(): Id;
  apply(name: string, args: object): Promise<void>;
  next(): number;
}

/** Arguments of the commands about statements that are taken, on rows of their own. */
export function bankSamples(desk: SampleDesk): Readonly<Record<string, () => Promise<readonly [object]>>> {
  let account: Id | null = null;
  const bankAccount = async (): Promise<Id> => {
    if (account !== null) return account;
    account = desk.newId();
    const named = { name: 'Fees', bankName: 'ICICI Bank', accountNumber: '002105001234', ifsc: 'ICIC0000021' };
    const fields = { ...named, accountCode: '1210', connector: null, fileFormat: null };
    await desk.apply('bankAccount.create', { bankAccountId: account, fields });
    return account;
  };
  const line = async (): Promise<StatementLineFields> => {
    const one = interestLine(`INTEREST ${desk.next()}`);
    await desk.apply('statement.import', statementOf(desk.newId(), await bankAccount(), [one]));
    return one;
  };
  const post = async () => interestPost(desk.newId, desk.collegeId(), await bankAccount(), await line());
  return {
    'statement.import': async () => [
      statementOf(desk.newId(), await bankAccount(), [interestLine(`INTEREST ${desk.next()}`)]),
    ],
    'reconciliation.match': async () => {
      const bankAccountId = await bankAccount();
      const voucherId = desk.newId();
      const one = await line();
      const lineIds = [idOf(desk.collegeId(), bankAccountId, one)];
      // What a match takes is an entry with a name that nobody outside can know: two lines that undo each other need none.
      const back = { ...one, narration: `${one.narration} back`, debitPaise: 5n, creditPaise: 0n };
      await desk.apply('statement.import', statementOf(voucherId, bankAccountId, [back]));
      lineIds.push(idOf(desk.collegeId(), bankAccountId, back));
      return [
        { bankAccountId, matches: [{ matchId: desk.newId(), lineIds, entryIds: [], pass: 'manual', because: 'B' }] },
      ];
    },
    'reconciliation.undo': async () => {
      const args = await post();
      await desk.apply('reconciliation.post', args);
      return [{ matchId: args.match.matchId, reason: 'R' }];
    },
    'reconciliation.post': async () => [await post()],
    'bankRule.set': async () => {
      const words = `charges ${desk.next()}`;
      const fields = { words, direction: 'out', accountCode: '5840', narration: 'N', isActive: true };
      return [{ ruleId: desk.newId(), revision: 0, fields: { ...fields, bankAccountId: await bankAccount() } }];
    },
    'fees.reconcile': async () => {
      const told = { reference: 'R', amountPaise: 1n, reason: `missing ${desk.next()}` };
      const sums = { collectionsPaise: 5n, depositsPaise: 4n };
      const args = { month: '2026-10', bankAccountId: await bankAccount(), ...sums };
      return [{ ...args, status: 'discrepancies', discrepancies: [told] }];
    },
  };
}
