import { describe, expect, it } from 'vitest';
import type { BookEntry, MatchLine, MatchRule, Proposal } from './model.ts';
import { findSubset } from './pass-subset.ts';
import { matchSteps, proposeMatches } from './propose.ts';

const line = (
  id: string,
  date: string,
  paise: bigint,
  narration: string,
  more: Partial<MatchLine> = {},
): MatchLine => ({
  id,
  date,
  narration,
  reference: null,
  chequeNo: null,
  debitPaise: paise < 0n ? -paise : 0n,
  creditPaise: paise > 0n ? paise : 0n,
  ...more,
});

const entry = (id: string, date: string, paise: bigint, more: Partial<BookEntry> = {}): BookEntry => ({
  voucherLineId: id,
  voucherId: `voucher of ${id}`,
  voucherNumber: id,
  kind: paise < 0n ? 'payment' : 'receipt',
  date,
  debitPaise: paise > 0n ? paise : 0n,
  creditPaise: paise < 0n ? -paise : 0n,
  parties: [],
  references: [],
  narration: '',
  billNo: null,
  ...more,
});

/** `+` may be accepted unseen, `?` not. */
const told = (proposals: readonly Proposal[]): readonly string[] =>
  proposals.map(({ pass, lineIds, voucherLineIds, isAutomatic }) =>
    `${isAutomatic ? '+' : '?'} ${pass} ${lineIds.join(',')} = ${voucherLineIds.join(',')}`.trim(),
  );

const number = 'HDFCN26195004711';

describe('what is proposed', () => {
  it('is never said of an amount alone, not even of the only one', () => {
    const lines = [line('l', '2026-07-14', -5_000n, 'TO TRANSFER')];
    expect(proposeMatches(lines, [entry('e', '2026-07-14', -5_000n)], [])).toEqual([]);
  });

  it('meets a payment that came back with its reversal, and the payment with its own line', () => {
    const lines = [
      line('out', '2026-07-14', -5_000n, `NEFT DR-SARASWATI TRADERS-${number}`),
      line('back', '2026-07-15', 5_000n, `NEFT RETURN-${number}-ACCOUNT CLOSED`),
    ];
    const paid = entry('paid', '2026-07-14', -5_000n, { references: [number] });
    const reversal = entry('reversed', '2026-07-15', 5_000n, { references: [number], kind: 'reversal' });
    expect(told(proposeMatches(lines, [paid, reversal], []))).toEqual(['+ utr out = paid', '+ utr back = reversed']);
    expect(told(proposeMatches(lines, [paid], []))).toEqual(['+ utr out = paid']);
  });

  it('is not taken in by numbers that were written crosswise between people whom an initial does not tell apart', () => {
    const other = 'UTIBN26329625296';
    const lines = [
      line('rohan', '2026-11-25', -5_000n, `NEFT/${other}/ROHAN BANERJEE`),
      line('rekha', '2026-11-25', -5_000n, `NEFT/${number}/REKHA R BANERJEE`),
    ];
    const paid = (id: string, party: string, reference: string) =>
      entry(id, '2026-11-25', -5_000n, { parties: [party], references: [reference] });
    const crosswise = [paid('to rohan', 'ROHAN BANERJEE', number), paid('to rekha', 'REKHA RAHUL BANERJEE', other)];
    expect(told(proposeMatches(lines, crosswise, [])).filter((one) => one.startsWith('+'))).toEqual([]);
    const right = [paid('to rohan', 'ROHAN BANERJEE', other), paid('to rekha', 'REKHA RAHUL BANERJEE', number)];
    expect(told(proposeMatches(lines, right, [])).toSorted()).toEqual([
      '+ utr rekha = to rekha',
      '+ utr rohan = to rohan',
    ]);
    const shorter = [
      line('whole', '2027-01-20', -5_000n, `NEFT/${number}/ROHAN SINGH`),
      line('initial', '2027-01-20', -5_000n, `NEFT/${other}/ROHAN N SINGH`),
    ];
    const twins = [
      entry('n', '2027-01-20', -5_000n, { parties: ['ROHAN NEHA SINGH'], references: [number] }),
      entry('none', '2027-01-20', -5_000n, { parties: ['ROHAN SINGH'], references: [other] }),
    ];
    expect(told(proposeMatches(shorter, twins, [])).filter((one) => one.startsWith('+'))).toEqual([]);
    const pooja = [
      line('twice', '2026-04-19', -5_000n, `NEFT/${number}/POOJA POOJA MISHRA`),
      line('once', '2026-04-19', -5_000n, `NEFT/${other}/POOJA MISHRA`),
    ];
    const both = [
      entry('to one', '2026-04-19', -5_000n, { parties: ['POOJA MISHRA'], references: [number] }),
      entry('to two', '2026-04-19', -5_000n, { parties: ['POOJA POOJA MISHRA'], references: [other] }),
    ];
    expect(told(proposeMatches(pooja, both, [])).filter((one) => one.startsWith('+'))).toEqual([]);
    // Alone there is nobody else whom the initial could mean.
    const alone = [paid('to rohan', 'ROHAN BANERJEE', number)];
    expect(told(proposeMatches(lines.slice(1), alone, []))).toEqual(['+ utr rekha = to rohan']);
  });

  it('does not give money that a gateway settles with more to whoever has the name of one who paid it', () => {
    const lines = [line('upi', '2026-06-15', 5_000n, 'UPI-KIRAN MANOJ KULKARNI-kiran482@ybl-616620387683-FEE')];
    const settled = (id: string, party: string, paise: bigint, settlement: string | null) =>
      entry(id, '2026-06-17', paise, { parties: [party], references: settlement === null ? [] : [settlement] });
    const together = (settlement: string | null) => [
      settled('one', 'MANOJ KULKARNI', 5_000n, settlement),
      settled('two', 'ASHA BHAT', 7_000n, settlement),
      settled('three', 'VIKRAM GUPTA', 9_000n, settlement),
    ];
    // By the number of the payment alone, too.
    const paid = [settled('one', 'MANOJ KULKARNI', 5_000n, 'pay_C4HVPZBB8EJ8NC')];
    expect(told(proposeMatches(lines, paid, []))).toEqual(['? party upi = one']);
    // Also where the gateway's number has no figure in it.
    for (const number of ['setl_QJHVK2ET6RNKSF', 'setl_AQASCWUHLABYKZ'])
      expect(told(proposeMatches(lines, together(number), []))).toEqual(['? party upi = one']);
    expect(told(proposeMatches(lines, together(null), []))).toEqual(['+ party upi = one']);
  });

  it('does not believe a name where money that nobody explains is as near', () => {
    const named = line('named', '2026-05-06', 5_000n, 'UPI-PRIYA LATA JOSHI-priya808@ybl-612637506111-FEE');
    const counter = line('counter', '2026-05-04', 5_000n, 'BY CASH DEPOSIT SELF');
    const late = line('late', '2026-05-12', 5_000n, 'BY CASH DEPOSIT SELF');
    const entries = [entry('e', '2026-05-04', 5_000n, { parties: ['LATA JOSHI'] })];
    expect(told(proposeMatches([named, counter], entries, []))).toEqual(['? party named = e']);
    expect(told(proposeMatches([named, late], entries, []))).toEqual(['+ party named = e']);
  });

  it('says which reference met, which amounts, and how many days later', () => {
    const lines = [line('l', '2026-07-16', -5_000n, 'TRANSFER', { reference: `UTR ${number}` })];
    const [proposal] = proposeMatches(lines, [entry('e', '2026-07-14', -5_000n, { references: [number] })], []);
    expect(proposal?.because).toEqual({
      reference: number,
      party: null,
      partyWords: [],
      linesPaise: -5_000n,
      entriesPaise: -5_000n,
      daysApart: 2,
      doubts: [],
    });
  });

  it('finds a late cheque by its number, and by name alone only where that cannot be another month', () => {
    const numbered = line('l', '2026-09-01', -45_000n, 'CHQ PAID-MICR CTS-MU', { chequeNo: '00004711' });
    const cheque = entry('e', '2026-07-01', -45_000n, { references: ['004711'], parties: ['Anandi Estates'] });
    expect(told(proposeMatches([numbered], [cheque], []))).toEqual(['+ reference l = e']);
    const named = line('l', '2026-09-01', -45_000n, 'CLG/ANANDI ESTATES');
    expect(told(proposeMatches([named], [cheque], []))).toEqual(['+ party l = e']);
    const before = line('earlier', '2026-06-01', -45_000n, 'CLG/ANANDI ESTATES');
    expect(told(proposeMatches([before, named], [cheque], []))).toEqual(['? party l = e']);
    const tooLate = line('l', '2026-10-15', -45_000n, 'CHQ PAID', { chequeNo: '004711' });
    expect(proposeMatches([tooLate], [cheque], [])).toEqual([]);
  });

  it('leaves twins without a reference to somebody, as many as there are', () => {
    const days = Array.from({ length: 40 }, (_, at) => at);
    const lines = days.map((at) => line(`l${at}`, '2026-07-14', 25_000n, 'BY CASH DEPOSIT'));
    const entries = days.map((at) => entry(`e${at}`, '2026-07-14', 25_000n, { parties: [`Student ${at}`] }));
    const proposals = proposeMatches(lines, entries, []);
    expect(proposals.map(({ isAutomatic, lineIds }) => [isAutomatic, lineIds.length])).toEqual([[false, 40]]);
  });

  it('lets names tell two equal payments apart, but not two of one name', () => {
    const lines = [
      line('l1', '2026-07-14', -5_000n, 'NEFT/SARASWATI TRADE'),
      line('l2', '2026-07-14', -5_000n, 'NEFT/GANESH TRADERS'),
    ];
    const first = entry('e1', '2026-07-13', -5_000n, { parties: ['M/s Saraswati Traders Pvt. Ltd.'] });
    const second = entry('e2', '2026-07-13', -5_000n, { parties: ['Ganesh Traders'] });
    expect(told(proposeMatches(lines, [first, second], [])).toSorted()).toEqual(['+ party l1 = e1', '+ party l2 = e2']);
    const again = entry('e3', '2026-07-12', -5_000n, { parties: ['Saraswati Traders'] });
    expect(told(proposeMatches(lines, [first, second, again], []))).toEqual([
      '+ party l2 = e2',
      '? party l1 = e1',
      '? party l1 = e3',
    ]);
  });

  it('does not follow a number into a line that names somebody else who is there', () => {
    const lines = [
      line('l1', '2026-07-14', -5_000n, 'NEFT/HDFCN26195000001/RAHUL SHARMA'),
      line('l2', '2026-07-14', -5_000n, 'NEFT/HDFCN26195000002/MEENA IYER'),
    ];
    const wrong = entry('e1', '2026-07-14', -5_000n, { parties: ['Rahul Sharma'], references: ['HDFCN26195000002'] });
    expect(proposeMatches(lines, [wrong], []).filter(({ isAutomatic }) => isAutomatic)).toEqual([]);
  });

  it('leaves alone what is older than the books', () => {
    const lines = [line('l', '2026-03-31', -5_000n, number), line('charge', '2026-03-31', -118n, 'SMS CHARGES')];
    const rules: MatchRule[] = [{ id: 'r', words: 'sms', direction: 'out', accountCode: '5400', narration: 'Charges' }];
    const entries = [entry('e', '2026-04-01', -5_000n, { references: [number] })];
    expect(proposeMatches(lines, entries, rules, { booksFrom: '2026-04-01' })).toEqual([]);
    expect(told(proposeMatches(lines, entries, rules))).toEqual(['+ utr l = e', '+ rule charge =']);
  });
});

describe('batches', () => {
  const gateway: MatchRule = {
    id: 'g',
    words: 'razorpay',
    direction: 'out',
    accountCode: '5410',
    narration: 'Gateway',
  };
  const settled = (id: string, day: string, paise: bigint, reference: string) =>
    entry(id, day, paise, { references: [reference] });
  const received = (id: string, day: string, paise: bigint, reference: string) =>
    line(id, day, paise, `NEFT CR-RAZORPAY SOFTWARE-${reference}`);

  it('net of a charge are believed once the rate explained two of them to the paisa', () => {
    // Two percent and 18 percent on that: 2,360 of 100,000.
    const one = [received('l1', '2026-07-16', 97_640n, 'SETL00000001AB')];
    const two = received('l2', '2026-07-18', 195_280n, 'SETL00000002CD');
    const entries = [
      settled('a', '2026-07-14', 60_000n, 'SETL00000001AB'),
      settled('b', '2026-07-14', 40_000n, 'SETL00000001AB'),
      settled('c', '2026-07-16', 150_000n, 'SETL00000002CD'),
      settled('d', '2026-07-16', 50_000n, 'SETL00000002CD'),
    ];
    const both = proposeMatches([...one, two], entries, [gateway]);
    expect(told(both)).toEqual(['+ batch l1 = a,b', '+ batch l2 = c,d']);
    expect(both[0]?.posting).toMatchObject({
      accountCode: '5410',
      paise: -2_360n,
      fee: { paise: 2_000n, taxPaise: 360n, basisPoints: 200n },
    });
    const alone = proposeMatches(one, entries, [gateway]);
    expect(alone[0]?.because.doubts).toEqual(['charge_unproved']);
    expect(proposeMatches([...one, two], entries, [])[0]?.because.doubts).toEqual(['no_charge_rule']);
    // A receipt of theirs whose reference was mistyped would make the charge look smaller: exchanged, wrong, left out, too much.
    for (const mistyped of ['SETL00000001BA', 'SETL00000001AX', 'SETL0000001AB', 'SETL000000001AB']) {
      const stray = settled('x', '2026-07-14', 100n, mistyped);
      const doubts = proposeMatches([...one, two], [...entries, stray], [gateway]).flatMap(
        ({ because }) => because.doubts,
      );
      expect(doubts, mistyped).toEqual(['nearly_same_reference']);
    }
  });

  it('of payments take the one debit that has their reference', () => {
    const entries = ['a', 'b', 'c'].map((id, at) => settled(id, '2026-07-31', -BigInt(1_000 + at), 'Q7W4KMBX29ZTRA'));
    const lines = [line('l', '2026-08-01', -3_003n, 'BULK NEFT SALARY Q7W4KMBX29ZTRA')];
    expect(told(proposeMatches(lines, entries, []))).toEqual(['+ batch l = a,b,c']);
    expect(proposeMatches([line('l', '2026-08-01', -3_004n, 'BULK NEFT SALARY Q7W4KMBX29ZTRA')], entries, [])).toEqual(
      [],
    );
  });

  it('of a party and day are whole, or only suggested', () => {
    const bills = [1_111n, 2_222n, 4_444n].map((paise, at) =>
      entry(`b${at}`, '2026-07-14', -paise, { parties: ['Konark Caterers'] }),
    );
    const paid = (paise: bigint) => [line('l', '2026-07-15', -paise, 'NEFT/KONARK CATERERS')];
    expect(told(proposeMatches(paid(7_777n), bills, []))).toEqual(['+ batch l = b0,b1,b2']);
    expect(told(proposeMatches(paid(5_555n), bills, []))).toEqual(['? batch l = b0,b2']);
    expect(proposeMatches(paid(5_556n), bills, [])).toEqual([]);
  });

  it('end their search with its steps', () => {
    const amounts = Array.from({ length: 40 }, (_, at) => 2n ** BigInt(at));
    expect(findSubset(amounts, 2n ** 41n, 1_000)).toEqual({ found: null, isOnly: false, steps: 1_001 });
    expect(findSubset([1n, 2n, 3n, 4n], 5n, 1_000)).toMatchObject({ isOnly: false });
    expect(findSubset([1n, 2n, 9n], 11n, 1_000)).toMatchObject({ found: [1, 2], isOnly: true });
  });
});

describe('rules', () => {
  const rule = (id: string, words: string, accountCode: string): MatchRule => ({
    id,
    words,
    direction: 'out',
    accountCode,
    narration: id,
  });

  it('take what asks for most words, and ask where two mean different accounts', () => {
    const lines = [line('l', '2026-07-14', -118n, 'SMS CHARGES FOR JUNE')];
    expect(
      proposeMatches(lines, [], [rule('a', 'charges', '1'), rule('b', 'Charges SMS', '2')])[0]?.posting?.ruleId,
    ).toBe('b');
    expect(told(proposeMatches(lines, [], [rule('a', 'charges', '1'), rule('b', 'SMS', '2')]))).toEqual(['? rule l =']);
    expect(proposeMatches(lines, [], [rule('a', 'charge', '1')])).toEqual([]);
    expect(proposeMatches([line('l', '2026-07-14', 118n, 'SMS CHARGES')], [], [rule('a', 'charges', '1')])).toEqual([]);
  });

  it('do not post again what somebody may have posted', () => {
    const lines = [line('l', '2026-07-14', -118n, 'SMS CHARGES')];
    const [proposal] = proposeMatches(lines, [entry('e', '2026-07-13', -118n)], [rule('a', 'charges', '1')]);
    expect(proposal?.because.doubts).toEqual(['perhaps_in_books']);
  });
});

describe('work that somebody made hard', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => at);
  const steps = (
    lines: readonly MatchLine[],
    entries: readonly BookEntry[],
  ): { readonly steps: number; readonly proposals: number } => {
    const running = matchSteps(lines, entries, []);
    for (let count = 0; ; count += 1) {
      const step = running.next();
      if (step.done === true) return { steps: count, proposals: step.value.length };
    }
  };

  // Without bounds each of these compares 400 million pairs and does not end within the time of a test.
  it.each([
    ['all of one amount, day and name', 'NEFT/SARASWATI TRADERS', ['Saraswati Traders'], []],
    ['all under one reference', `NEFT/${number}`, [], [number]],
    ['all with one cheque', 'CHQ PAID 004711', [], ['004711']],
    ['all with nothing', 'TRANSFER', [], []],
  ])('ends: %s', (_what, narration, parties, references) => {
    const lines = many.map((at) => line(`l${at}`, '2026-07-14', 25_000n, narration));
    const entries = many.map((at) => entry(`e${at}`, '2026-07-14', 25_000n, { parties, references }));
    const run = steps(lines, entries);
    expect(run.proposals).toBe(0);
    expect(run.steps).toBeLessThan(1_000);
  });

  it('ends: many amounts of one party and day that never add up', () => {
    const lines = many
      .slice(0, 4_000)
      .map((at) => line(`l${at}`, '2026-07-14', BigInt(2 * at + 900_001), 'NEFT/KONARK CATERERS'));
    const entries = many
      .slice(0, 19)
      .map((at) => entry(`e${at}`, '2026-07-14', BigInt(2 ** at * 2), { parties: ['Konark Caterers'] }));
    expect(steps(lines, entries).proposals).toBe(0);
  });
});
