import { expect, test } from 'vitest';
import type { Output } from '../../shared/ipc/contract.ts';
import { desk, ended, freshDesks, refusal, upload } from './file-desk.fixture.ts';

freshDesks();

const number = '002105001200';
const college = () => desk.world.collegeId;

/** The current account, and what the books have on it: a payment by UTR, one by cheque, a receipt. */
async function openAccount(): Promise<string> {
  const { world } = desk;
  const bankAccountId = world.newId();
  const named = { name: 'Current account', bankName: 'ICICI Bank', accountNumber: number, ifsc: 'ICIC0000021' };
  const fields = { ...named, accountCode: '1200', connector: null, fileFormat: null };
  await desk.context.runCommand({ collegeId: college(), name: 'bankAccount.create', args: { bankAccountId, fields } });
  await entry('payment', '1250', 5_000_00n, 'N135260001234567', '2026-05-02');
  await entry('payment', '1250', 700_00n, '000451', '2026-05-03');
  await entry('receipt', '4100', 9_000_00n, 'ICICR22026050412345678', '2026-05-04');
  return bankAccountId;
}

async function entry(kind: 'payment' | 'receipt', other: string, paise: bigint, reference: string, date: string) {
  const side = { vendorId: null, departmentCode: null, fundCode: null };
  const [debit, credit] = kind === 'payment' ? [other, '1200'] : ['1200', other];
  const lines = [
    { ...side, accountCode: debit, debitPaise: paise, creditPaise: 0n },
    { ...side, accountCode: credit, debitPaise: 0n, creditPaise: paise },
  ];
  const head = { voucherId: desk.world.newId(), kind, date, narration: `Entry ${reference}`, referenceDate: null };
  await desk.context.runCommand({ collegeId: college(), name: 'voucher.post', args: { ...head, reference, lines } });
}

/** As a bank gives it: the same three, charges, and interest. */
const csv = (more = '', account = number): Buffer =>
  Buffer.from(
    [
      `Account Number,${account}`,
      'Date,Narration,Chq./Ref.No.,Withdrawal Amt.,Deposit Amt.,Closing Balance',
      '02/05/2026,NEFT DR-N135260001234567-STATIONERS,N135260001234567,5000.00,,95000.00',
      '04/05/2026,RTGS CR-ICICR22026050412345678,ICICR22026050412345678,,9000.00,104000.00',
      '07/05/2026,CHQ PAID-000451,000451,700.00,,103300.00',
      '10/05/2026,CONSOLIDATED CHARGES,,590.00,,102710.00',
      `10/05/2026,INT.PD,,,120.00,102830.00`,
      more,
    ].join('\n'),
  );

const previewOf = async (bytes: Buffer, bankAccountId: string | null = null) =>
  desk.call('statements.preview', {
    collegeId: college(),
    fileId: await upload(bytes, 'may.csv', 'import'),
    bankAccountId,
  });

async function bring(bankAccountId: string, bytes = csv()): Promise<Output<'jobs.get'>> {
  const fileId = await upload(bytes, 'may.csv', 'import');
  return ended((await desk.call('statements.import', { collegeId: college(), bankAccountId, fileId })).id);
}

const window = { offset: 0, limit: 100 };
const open = async (bankAccountId: string) => {
  const question = { collegeId: college(), bankAccountId, to: '2026-05-31', text: '', ...window };
  const lines = await desk.call('reconciliation.lines', question);
  const entries = await desk.call('reconciliation.entries', question);
  return { lines: lines.rows, entries: entries.rows };
};

test('a statement is recognised, shown, kept once, matched, and what is left explains the difference', async () => {
  const bankAccountId = await openAccount();
  const preview = await previewOf(csv());
  expect(preview).toMatchObject({
    ...{ bankAccountId, from: '2026-05-02', to: '2026-05-10', lineCount: 5, known: 0, alike: 0, balance: 'fits' },
    ...{ openingPaise: 1_00_000_00n, closingPaise: 1_02_830_00n, inPaise: 9_120_00n, outPaise: 6_290_00n },
  });
  expect((await open(bankAccountId)).lines).toEqual([]);

  expect(await bring(bankAccountId)).toMatchObject({ state: 'done', result: { added: 5, known: 0 } });
  // The same again, and a longer one over the same days: only what is new comes.
  expect(await bring(bankAccountId)).toMatchObject({ state: 'done', result: { added: 0, known: 5 } });
  const longer = csv('12/05/2026,ATM WDL,,100.00,,102730.00');
  expect(await bring(bankAccountId, longer)).toMatchObject({ state: 'done', result: { added: 1, known: 5 } });
  const statements = await desk.call('statements.list', { collegeId: college(), bankAccountId, ...window });
  expect(statements.rows.map(({ lineCount }) => lineCount).sort()).toEqual([1, 5]);

  const question = { collegeId: college(), bankAccountId };
  const search = await desk.call('reconciliation.propose', { ...question, to: '2026-05-31' });
  expect(await ended(search.id)).toMatchObject({ state: 'done' });
  // A search matches nothing by itself.
  expect((await open(bankAccountId)).lines).toHaveLength(6);
  const found = await desk.call('reconciliation.proposals', { ...question, automatic: true, ...window });
  expect(found.rows.map(({ lines, entries }) => [lines.length, entries.length])).toContainEqual([1, 1]);
  for (const { because } of found.rows) expect(because.reference ?? because.party).not.toBeNull();
  const taken = await desk.call('reconciliation.accept', { ...question, which: 'automatic' });
  expect(await ended(taken.id)).toMatchObject({ state: 'done', result: { added: found.rows.length, refused: 0 } });
  expect((await desk.call('reconciliation.proposals', { ...question, automatic: true, ...window })).rows).toEqual([]);

  const left = await open(bankAccountId);
  const head = await desk.call('reconciliation.head', { ...question, month: '2026-05' });
  const net = head.openLines.inPaise - head.openLines.outPaise - head.openEntries.inPaise + head.openEntries.outPaise;
  // The books began without the bank's balance of 1,00,000.
  expect((head.bankPaise ?? 0n) - head.booksPaise - net).toBe(1_00_000_00n);
  expect(left.lines.length).toBe(6 - found.rows.length);
  expect(head.matches).toBe(found.rows.length);
});

test('a charge is entered with its rule, undone, and its voucher stays until it is taken back', async () => {
  const { world } = desk;
  const bankAccountId = await openAccount();
  const rule = { bankAccountId: null, words: 'consolidated charges', direction: 'out', accountCode: '1530' } as const;
  const args = { ruleId: world.newId(), revision: 0, fields: { ...rule, narration: 'Bank charges', isActive: true } };
  await desk.context.runCommand({ collegeId: college(), name: 'bankRule.set', args });
  await bring(bankAccountId);
  const charge = (await open(bankAccountId)).lines.find((line) => line.rule !== null);
  expect(charge).toMatchObject({ debitPaise: 590_00n, rule: { accountCode: '1530', narration: 'Bank charges' } });

  const matchId = world.newId();
  const match = { matchId, lineIds: [charge?.id ?? ''], entryIds: [], pass: 'rule', because: '' } as const;
  const side = { accountCode: '1530', vendorId: null, departmentCode: null, fundCode: null };
  const voucherId = world.newId();
  const lines = [{ ...side, debitPaise: 590_00n, creditPaise: 0n }];
  const post = { bankAccountId, match, voucherId, narration: 'Bank charges', lines };
  await desk.context.runCommand({ collegeId: college(), name: 'reconciliation.post', args: post });
  const reverse = { voucherId, date: world.today, reason: 'Wrong' };
  const takeBack = () => desk.context.runCommand({ collegeId: college(), name: 'voucher.reverse', args: reverse });
  expect(await refusal(takeBack())).toBe('VOUCHER_CLEARED');
  const undo = { collegeId: college(), name: 'reconciliation.undo', args: { matchId, reason: 'Wrong' } } as const;
  await desk.context.runCommand(undo);
  expect(await refusal(desk.context.runCommand(undo))).toBe('MATCH_UNDONE');
  await takeBack();
  expect((await open(bankAccountId)).lines.map(({ id }) => id)).toContain(charge?.id);
});

test('a statement of another account, or of nobody, is said to be so', async () => {
  const bankAccountId = await openAccount();
  expect((await previewOf(csv('', '99887766554433'))).bankAccountId).toBeNull();
  expect((await previewOf(csv('', 'XXXXXXXX1200'))).bankAccountId).toBe(bankAccountId);
  const other = desk.world.newId();
  const named = { name: 'Salaries', bankName: 'SBI', accountNumber: '30001234567', ifsc: 'SBIN0000300' };
  const fields = { ...named, accountCode: '1220', connector: null, fileFormat: null };
  await desk.context.runCommand({
    collegeId: college(),
    name: 'bankAccount.create',
    args: { bankAccountId: other, fields },
  });
  expect(await refusal(previewOf(csv(), other))).toBe('STATEMENT_OTHER_ACCOUNT');
  const broken = Buffer.from(csv().toString().replace('102710.00', '102711.00'));
  expect(await refusal(previewOf(broken))).toBe('STATEMENT_BALANCE');
});

test('the same statement in other words is noticed before it doubles the lines', async () => {
  const bankAccountId = await openAccount();
  await bring(bankAccountId);
  const other = csv().toString().replaceAll('NEFT DR-', 'NEFT/').replaceAll('CONSOLIDATED', 'CONSOL');
  expect(await previewOf(Buffer.from(other))).toMatchObject({ lineCount: 5, known: 3, alike: 2 });
});

test('the reconciliation of a day is the same after later matches, and its month locks it', async () => {
  const { world } = desk;
  const bankAccountId = await openAccount();
  await bring(bankAccountId);
  const report = (to: string) =>
    desk.call('reports.get', {
      ...{ report: 'bank_reconciliation', collegeId: college(), from: '2026-05-01', to, accountCode: '1200' },
      language: 'en',
    });
  const question = { collegeId: college(), bankAccountId };
  const { lines, entries } = await open(bankAccountId);
  const cheque = lines.find(({ narration }) => narration.startsWith('CHQ'));
  const paid = entries.find(({ reference }) => reference === '000451');
  const before = await report('2026-05-05');
  expect(before.rows.some((row) => row.kind === 'line' && String(row.cells.particulars).includes('000451'))).toBe(true);
  const match = { matchId: world.newId(), lineIds: [cheque?.id ?? ''], entryIds: [paid?.id ?? ''] };
  await desk.context.runCommand({
    ...{ collegeId: college(), name: 'reconciliation.match' },
    args: { bankAccountId, matches: [{ ...match, pass: 'manual', because: '' }] },
  });
  // On the 5th the bank had not paid the cheque, whatever is known since.
  expect(await report('2026-05-05')).toEqual(before);
  const after = await report('2026-05-10');
  expect(after.rows.some((row) => row.kind === 'line' && String(row.cells.particulars).includes('000451'))).toBe(false);
  world.now += 40 * 86_400_000;
  await desk.context.runCommand({ collegeId: college(), name: 'period.close', args: { month: '2026-05' } });
  const undo = { matchId: match.matchId, reason: 'Wrong' };
  const order = { collegeId: college(), name: 'reconciliation.undo', args: undo } as const;
  expect(await refusal(desk.context.runCommand(order))).toBe('RECONCILIATION_LOCKED');
  expect(await desk.call('reconciliation.matches', { ...question, month: '2026-05', ...window })).toMatchObject({
    count: 1,
    rows: [{ locked: true }],
  });
});
