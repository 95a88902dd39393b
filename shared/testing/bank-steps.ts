import type { StatementLineFields } from '../domain/reconciliation/args.ts';
import type { Person } from '../domain/rows.ts';
import { addDays } from '../kernel/dates.ts';
import type { Id } from '../kernel/ids.ts';
import type { CollegeWorld, Outcome } from './college-world.ts';
import { pickOf } from './pick-of.ts';

export interface BankStep {
  readonly pick: number;
  readonly spoil: number;
  readonly daysBack: number;
  readonly amount: bigint;
}

/** The account at a bank behind a GL code. */
const accountOf = (world: CollegeWorld, accountCode: string): Id | undefined =>
  world.books.rows('bank_accounts').find((account) => account.accountCode === accountCode)?.id;

/** Makes the account at a bank behind a GL code. */
export function makeBankAccount(world: CollegeWorld, accountCode = '1200'): Promise<Outcome> {
  const named = { name: `Account ${accountCode}`, bankName: 'ICICI Bank', accountNumber: `00210500${accountCode}` };
  const fields = { ...named, ifsc: 'ICIC0000021', accountCode, connector: null, fileFormat: null };
  return world.run('bankAccount.create', { bankAccountId: world.newId(), fields }, world.accountant);
}

/** Brings a statement: mostly what the books have of some days, a little of its own, and now and then what no bank says. */
export async function bringStatement(one: BankStep, world: CollegeWorld, maker: Person): Promise<Outcome> {
  const accountCode = one.pick % 5 === 0 ? '1210' : '1200';
  const bankAccountId = accountOf(world, accountCode);
  if (bankAccountId === undefined) return makeBankAccount(world, accountCode);
  const to = addDays(world.today, -(one.pick % 3));
  const from = addDays(to, -40);
  const lines = booked(world, bankAccountId, from, to).map((line, index) => ({ ...line, lineNo: index + 1 }));
  const charge = one.amount <= 0n ? 590n : (one.amount % 1_000_00n) + 1n;
  const own = [
    { ...plain(to, `CHARGES ${one.pick % 4}`), debitPaise: charge, lineNo: lines.length + 1 },
    { ...plain(from, `INTEREST ${one.pick % 4}`), creditPaise: charge, lineNo: lines.length + 2 },
  ];
  const all: StatementLineFields[] = [...lines, ...own];
  if (one.spoil === 1) all.push({ ...plain(addDays(from, -1), 'EARLY'), debitPaise: 5n });
  if (one.spoil === 2) all.push({ ...plain(to, 'NOTHING') });
  if (one.spoil === 3 && all[0] !== undefined) all.push(all[0]);
  const known = world.books.rows('bank_statements');
  const statementId = one.spoil === 4 ? (pickOf(known, one.pick)?.id ?? world.newId()) : world.newId();
  const balances = { openingPaise: null, closingPaise: null };
  return world.run(
    'statement.import',
    {
      statementId,
      bankAccountId,
      format: 'sheet',
      fileName: 'oct.csv',
      sha256: null,
      from,
      to,
      ...balances,
      lines: all,
    },
    maker,
  );
}

const plain = (date: string, narration: string): StatementLineFields => ({
  ...{ date, valueDate: null, narration, reference: null, chequeNo: null, debitPaise: 0n, creditPaise: 0n },
  ...{ balancePaise: null, lineNo: 1, occurrence: 1 },
});

/** What the books have on the account of the bank, as the bank would say it. */
function booked(world: CollegeWorld, bankAccountId: Id, from: string, to: string): StatementLineFields[] {
  const account = world.books.rows('bank_accounts').find(({ id }) => id === bankAccountId);
  const kinds = new Map(world.books.rows('vouchers').map(({ id, kind }) => [id, kind]));
  return world.books
    .rows('voucher_lines')
    .filter(({ accountCode, date }) => accountCode === account?.accountCode && date >= from && date <= to)
    .filter(({ voucherId }) => kinds.get(voucherId) !== 'opening')
    .sort((a, b) => Number(isPayment(world, b.voucherId)) - Number(isPayment(world, a.voucherId)))
    .slice(0, 20)
    .map(({ id, date, debitPaise, creditPaise }) => ({
      ...plain(date, `NEFT ${id.slice(-8)}`),
      ...{ debitPaise: creditPaise, creditPaise: debitPaise },
    }));
}

/** Matches lines with entries, mostly those of one amount; now and then such that do not fit. */
export async function matchSome(one: BankStep, world: CollegeWorld, maker: Person): Promise<Outcome> {
  const paid = world.books.rows('expenses').some(({ status }) => status === 'paid');
  // An expense that was paid is rare; so that it meets the bank its statement comes first.
  if (paid && !isPaymentSaid(world)) return bringStatement({ ...one, pick: 1, spoil: 9 }, world, maker);
  const accountCode = one.pick % 5 === 0 && !paid ? '1210' : '1200';
  const bankAccountId = accountOf(world, accountCode);
  if (bankAccountId === undefined) return makeBankAccount(world, accountCode);
  const cleared = new Set(
    world.books.rows('cleared_entries').flatMap(({ id, matchId }) => (matchId === null ? [] : [id])),
  );
  const entries = world.books
    .rows('voucher_lines')
    .filter((entry) => entry.accountCode === accountCode && (one.spoil === 0 || !cleared.has(entry.id)));
  const taken = new Set<Id>();
  const matches = [];
  // A payment of an expense is rare among the entries, and what it meets is what matters.
  entries.sort((a, b) => Number(isPayment(world, b.voucherId)) - Number(isPayment(world, a.voucherId)));
  const lines = world.books
    .rows('bank_lines')
    .filter((line) => line.bankAccountId === bankAccountId && (one.spoil === 1 || line.matchId === null));
  if (lines.length === 0) return bringStatement({ ...one, spoil: 9 }, world, maker);
  const from = entries[0] !== undefined && isPayment(world, entries[0].voucherId) ? 0 : one.pick % 3;
  for (const line of lines.slice(from, from === 0 ? lines.length : from + 3)) {
    const fits = (entry: (typeof entries)[number]): boolean =>
      entry.debitPaise === line.creditPaise && entry.creditPaise === line.debitPaise && !taken.has(entry.id);
    const entry = one.spoil === 2 ? pickOf(entries, one.pick) : entries.find(fits);
    if (entry === undefined) continue;
    if (one.spoil !== 3) taken.add(entry.id);
    const match = { matchId: world.newId(), lineIds: [line.id], entryIds: [entry.id] };
    matches.push({ ...match, pass: 'manual' as const, because: '' });
  }
  // No screen sends none.
  if (matches.length === 0) return bringStatement({ ...one, spoil: 9 }, world, maker);
  return world.run('reconciliation.match', { bankAccountId, matches }, maker);
}

const isPayment = (world: CollegeWorld, voucherId: Id): boolean =>
  world.books.rows('expenses').some(({ paymentVoucherId }) => paymentVoucherId === voucherId);

/** Whether the bank has a line for the payment of every expense that is paid. */
function isPaymentSaid(world: CollegeWorld): boolean {
  const said = new Set(world.books.rows('bank_lines').map(({ narration }) => narration));
  const waiting = new Set(
    world.books
      .rows('expenses')
      .flatMap(({ status, paymentVoucherId }) => (status === 'paid' ? [paymentVoucherId] : [])),
  );
  const own = world.books
    .rows('voucher_lines')
    .filter(({ voucherId, accountCode }) => accountCode === '1200' && waiting.has(voucherId));
  return own.every(({ id }) => said.has(`NEFT ${id.slice(-8)}`));
}

/** Undoes a match, also one that is undone. */
export function undoSome(one: BankStep, world: CollegeWorld, maker: Person): Promise<Outcome> {
  const matches = world.books.rows('bank_matches').filter(({ isActive }) => isActive || one.spoil === 0);
  const matchId = pickOf(matches, one.pick)?.id ?? world.newId();
  return world.run('reconciliation.undo', { matchId, reason: one.spoil === 1 ? ' ' : 'Another payment' }, maker);
}

/** Enters an open line of the bank as a voucher. */
export function enterLine(one: BankStep, world: CollegeWorld, maker: Person): Promise<Outcome> {
  const line = pickOf(
    world.books.rows('bank_lines').filter(({ matchId }) => matchId === null || one.spoil === 0),
    one.pick,
  );
  const { debitPaise = 1n, creditPaise = 0n } = line ?? {};
  const accountCode = debitPaise > 0n ? (pickOf(['1250', '1110', '5840'], one.pick) ?? '1250') : '4400';
  const side = { accountCode, vendorId: null, departmentCode: null, fundCode: null };
  const over = one.spoil === 1 ? 1n : 0n;
  return world.run(
    'reconciliation.post',
    {
      bankAccountId: line?.bankAccountId ?? world.newId(),
      match: {
        matchId: world.newId(),
        lineIds: line === undefined ? [] : [line.id],
        entryIds: [],
        pass: 'manual',
        because: '',
      },
      ...{ voucherId: world.newId(), narration: line?.narration ?? '' },
      lines: [{ ...side, debitPaise: debitPaise + over, creditPaise }],
    },
    maker,
  );
}

/** Makes a rule or changes one, or tells what the fee portal says. */
export async function setRule(one: BankStep, world: CollegeWorld, maker: Person): Promise<Outcome> {
  const bankAccountId = accountOf(world, '1200');
  if (bankAccountId === undefined) return makeBankAccount(world);
  if (one.pick % 3 === 0) {
    const told = { collectionsPaise: one.amount, depositsPaise: one.spoil < 5 ? one.amount : 1n };
    const args = {
      month: world.today.slice(0, 7),
      bankAccountId,
      ...told,
      status: 'matched',
      discrepancies: [],
    } as const;
    return world.run('fees.reconcile', args, maker);
  }
  const before = pickOf(world.books.rows('bank_rules'), one.pick);
  const isNew = before === undefined || one.pick % 2 === 0;
  const fields = {
    bankAccountId: one.pick % 4 === 0 ? null : bankAccountId,
    words: one.spoil === 1 ? '  ' : `charges ${one.pick}`,
    direction: 'out',
    accountCode: one.spoil === 2 ? '1200' : '5840',
    narration: 'Bank charges',
    isActive: one.spoil !== 3,
  } as const;
  const revision = isNew ? 0 : one.spoil === 4 ? 0 : before.revision;
  return world.run('bankRule.set', { ruleId: isNew ? world.newId() : before.id, revision, fields }, maker);
}
