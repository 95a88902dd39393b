import { and, asc, eq } from 'drizzle-orm';
import { voucherLines, vouchers } from '../../shared/db/ledger-schema.ts';
import { inScope } from '../../shared/db/scope.ts';
import { collegeIds } from '../../shared/domain/command/context.ts';
import type { StatementLineFields } from '../../shared/domain/reconciliation/args.ts';
import { bankLineId } from '../../shared/domain/reconciliation/line-id.ts';
import { addDays, type IsoDate, istDate, monthOf } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { type Paise, sumPaise } from '../../shared/kernel/money.ts';
import type { ServerContext } from '../services/context.ts';
import type { PlannedCommand } from './planned-command.ts';

/** A line of the demonstration's books on its current account. */
interface Entry {
  readonly id: Id;
  readonly date: IsoDate;
  readonly kind: string;
  readonly party: string | null;
  readonly reference: string | null;
  readonly narration: string;
  /** Money in positive. */
  readonly paise: Paise;
}

/** A line of the bank before it has its place and balance; of which entry it is, if of any. */
interface Said {
  readonly date: IsoDate;
  readonly narration: string;
  readonly reference: string | null;
  readonly paise: Paise;
  readonly entryId: Id | null;
}

const accountCode = '1200';

/**
 * What the bank of the current account says of the posted books, month by month: most entries a day or two later, charges and interest of its
 * own, one payment in seventeen not yet. All but the last month is matched.
 */
export async function bankCommands(
  context: ServerContext,
  collegeId: Id,
  newId: (at: number) => Id,
): Promise<readonly PlannedCommand[]> {
  const at = context.clock.now();
  const today = istDate(at);
  const posted = await postedEntries(context, collegeId);
  const opening = sumPaise(posted.filter(({ kind }) => kind === 'opening').map(({ paise }) => paise));
  const said = saidOf(posted, today);
  if (said.length === 0) return [];
  const bankAccountId = newId(at);
  const command = (name: string, args: PlannedCommand['args']): PlannedCommand => ({
    at,
    actor: 'accountant',
    name,
    args,
  });
  const named = { name: 'Current account', bankName: 'ICICI Bank', accountNumber: '002105001200', ifsc: 'ICIC0000021' };
  const rule = { bankAccountId, direction: 'out', accountCode: '5840', narration: 'Bank charges', isActive: true };
  const commands = [
    command('bankAccount.create', {
      bankAccountId,
      fields: { ...named, accountCode, connector: null, fileFormat: null },
    }),
    command('bankRule.set', { ruleId: newId(at), revision: 0, fields: { ...rule, words: 'consolidated charges' } }),
  ];
  const namedId = collegeIds(collegeId, context.digest);
  let balance = opening;
  const months = [...new Set(said.map(({ date }) => monthOf(date)))];
  for (const month of months) {
    const own = said.filter(({ date }) => monthOf(date) === month);
    const openingPaise = balance;
    const lines = own.map((one, index): StatementLineFields => {
      balance += one.paise;
      return lineOf(one, index + 1, balance);
    });
    const last = own.at(-1)?.date ?? `${month}-28`;
    const period = { from: `${month}-01`, to: last, openingPaise, closingPaise: balance };
    const file = { format: 'sheet', fileName: `statement-${month}.csv`, sha256: null };
    commands.push(
      command('statement.import', {
        ...{ statementId: newId(at), bankAccountId, ...file, ...period, lines: lines.map((line) => ({ ...line })) },
      }),
    );
    if (month === months.at(-1)) break;
    const matches = own.flatMap(({ entryId, reference }, index) => {
      const line = lines[index];
      if (entryId === null || line === undefined) return [];
      const lineIds = [bankLineId(bankAccountId, line, line.occurrence, { namedId })];
      const pass = reference === null ? 'party' : 'reference';
      return [{ matchId: newId(at), lineIds, entryIds: [entryId], pass, because: '' }];
    });
    for (let from = 0; from < matches.length; from += 50)
      commands.push(command('reconciliation.match', { bankAccountId, matches: matches.slice(from, from + 50) }));
  }
  return commands;
}

function postedEntries(context: ServerContext, collegeId: Id): Promise<readonly Entry[]> {
  return inScope(context.database.db, [collegeId], async (tx) => {
    const { id, date, debitPaise, creditPaise } = voucherLines;
    const { kind, party, reference, narration } = vouchers;
    const rows = await tx
      .select({ id, date, debitPaise, creditPaise, kind, party, reference, narration })
      .from(voucherLines)
      .innerJoin(vouchers, and(eq(vouchers.collegeId, voucherLines.collegeId), eq(vouchers.id, voucherLines.voucherId)))
      .where(and(eq(voucherLines.collegeId, collegeId), eq(voucherLines.accountCode, accountCode)))
      .orderBy(asc(date), asc(id));
    return rows.map(({ debitPaise: debit, creditPaise: credit, ...row }) => ({ ...row, paise: debit - credit }));
  });
}

function saidOf(posted: readonly Entry[], today: IsoDate): readonly Said[] {
  const said: Said[] = [];
  for (const [index, { id, date, kind, party, reference, narration, paise }] of posted.entries()) {
    const on = addDays(date, index % 3);
    if (kind === 'opening' || on > today || (paise < 0n && index % 17 === 16)) continue;
    const words = (party ?? narration).toUpperCase();
    const head = paise > 0n ? 'NEFT CR' : reference?.startsWith('CHQ') === true ? 'CLG' : 'NEFT DR';
    const whole = [head, reference, words].filter((part) => part !== null).join('/');
    said.push({ date: on, narration: whole.slice(0, 120), reference, paise, entryId: id });
  }
  const months = [...new Set(said.map(({ date }) => monthOf(date)))];
  for (const [index, month] of months.entries()) {
    const day = `${month}-21`;
    if (day > today) continue;
    const bank = { date: day, reference: null, entryId: null };
    said.push({ ...bank, narration: 'CONSOLIDATED CHARGES FOR MONTH', paise: -590_00n });
    if (index % 3 === 2) said.push({ ...bank, narration: 'INT.PD ON DEPOSIT', paise: 18_420_00n });
  }
  return said.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

const lineOf = (
  { date, narration, reference, paise }: Said,
  lineNo: number,
  balancePaise: Paise,
): StatementLineFields => ({
  ...{ lineNo, occurrence: 1, date, valueDate: date, narration, reference, chequeNo: null, balancePaise },
  debitPaise: paise < 0n ? -paise : 0n,
  creditPaise: paise > 0n ? paise : 0n,
});
