import { describe, expect, it } from 'vitest';
import { panHolder } from '../identity/pan.ts';
import { type EarlierSum, type LowerCertificate, type TdsAnswer, type TdsQuestion, tdsOn } from './tds.ts';
import { tdsNatures } from './tds-rules.gen.ts';
import { tdsRuleOn } from './tds-rules.ts';

const [individual, firm, company] = ['ABCPD1234E', 'ABCFD1234E', 'ABCCD1234E'];
const rupees = (amount: number): bigint => BigInt(amount) * 100n;
const sum = (date: string, amount: number, charged = 0): EarlierSum => ({
  date,
  paise: rupees(amount),
  chargedPaise: rupees(charged),
});

function asked(question: Partial<TdsQuestion>): TdsAnswer {
  const whole = { nature: 'contract', date: '2026-06-10', paise: rupees(10_000), pan: firm, earlier: [] } as const;
  const answer = tdsOn({ ...whole, certificate: null, ...question });
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}

describe('tax on one payment', () => {
  it.each([
    ['professional', '2024-05-01', 1_00_000, firm, '194J(b)', null, 10_000],
    ['professional', '2026-05-01', 1_00_000, firm, '393(1)', '1027', 10_000],
    ['technical', '2025-05-01', 1_00_000, firm, '194J(a)', null, 2_000],
    ['director', '2026-05-01', 1_000, individual, '393(1)', '1028', 100],
    ['contract', '2026-05-01', 40_000, individual, '393(1)', '1023', 400],
    ['contract', '2026-05-01', 40_000, company, '393(1)', '1024', 800],
    ['contract', '2026-03-31', 40_000, company, '194C', null, 800],
    ['commission', '2024-09-30', 20_000, firm, '194H', null, 1_000],
    ['commission', '2024-10-01', 20_000, firm, '194H', null, 400],
    ['rent_building', '2026-05-01', 60_000, firm, '393(1)', '1009', 6_000],
    ['rent_plant', '2026-05-01', 60_000, firm, '393(1)', '1008', 1_200],
    ['interest', '2026-05-01', 20_000, firm, '393(1)', '1022', 2_000],
    ['goods', '2026-05-01', 51_00_000, firm, '393(1)', '1031', 100],
    ['benefit', '2026-05-01', 30_000, firm, '393(1)', '1033', 3_000],
  ] as const)('%s on %s of ₹%i', (nature, date, amount, pan, section, code, tax) => {
    const answer = asked({ nature, date, paise: rupees(amount), pan });
    expect(answer).toMatchObject({ rule: { section, code }, taxPaise: rupees(tax), caughtUpPaise: 0n });
  });

  it('follows the day of the voucher, not the day on which it is entered', () => {
    const question = { nature: 'professional', paise: rupees(40_000) } as const;
    expect(asked({ ...question, date: '2025-03-31' }).taxPaise).toBe(rupees(4_000));
    expect(asked({ ...question, date: '2025-04-01' }).taxPaise).toBe(0n);
  });

  it.each([
    ['contract', 30_000],
    ['professional', 50_000],
    ['rent_building', 50_000],
    ['commission', 20_000],
    ['interest', 10_000],
    ['goods', 50_00_000],
  ] as const)('%s begins when its limit is exceeded, not when it is reached', (nature, limit) => {
    expect(asked({ nature, paise: rupees(limit) })).toMatchObject({ exceeded: null, parts: [], taxPaise: 0n });
    expect(asked({ nature, paise: rupees(limit) + 1n }).exceeded).not.toBeNull();
  });

  it('is rounded to whole rupees, half a rupee up', () => {
    expect(asked({ paise: rupees(30_024) }).taxPaise).toBe(rupees(600));
    expect(asked({ paise: rupees(30_025) }).taxPaise).toBe(rupees(601));
  });

  it('is refused for what is not paid, and for days that no rule covers', () => {
    const question = { nature: 'contract', pan: firm, earlier: [], certificate: null } as const;
    expect(tdsOn({ ...question, date: '2026-06-10', paise: 0n })).toEqual({ ok: false, error: 'not_positive' });
    expect(tdsOn({ ...question, date: '2021-03-31', paise: 1n })).toEqual({ ok: false, error: 'no_rule' });
  });
});

describe('tax over a year', () => {
  const three = [sum('2026-04-10', 26_000), sum('2026-05-10', 26_000), sum('2026-06-10', 26_000)];

  it('is caught up on all that went before once the limit of the year is exceeded', () => {
    const answer = asked({ date: '2026-07-10', paise: rupees(26_000), earlier: three });
    expect(answer).toMatchObject({ exceeded: 'year', caughtUpPaise: rupees(78_000), taxPaise: rupees(2_080) });
  });

  it('is not asked again of what has borne it', () => {
    const earlier = [...three, sum('2026-06-20', 31_000, 31_000)];
    expect(asked({ date: '2026-07-10', paise: rupees(1_000), earlier })).toMatchObject({ taxPaise: rupees(1_580) });
    const all = earlier.map((one) => ({ ...one, chargedPaise: one.paise }));
    expect(asked({ date: '2026-07-10', paise: rupees(1_000), earlier: all }).taxPaise).toBe(rupees(20));
  });

  it('leaves other years out', () => {
    const earlier = three.map((one) => ({ ...one, date: '2026-03-10' }));
    expect(asked({ date: '2026-04-10', paise: rupees(26_000), earlier }).taxPaise).toBe(0n);
  });

  it('counts rent by the month since April 2025 and by the year before', () => {
    const rent = { nature: 'rent_building', paise: rupees(30_000) } as const;
    const before = asked({ ...rent, date: '2026-06-20', earlier: [sum('2026-05-20', 30_000)] });
    expect(before.taxPaise).toBe(0n);
    const within = asked({ ...rent, date: '2026-06-20', earlier: [sum('2026-06-02', 30_000)] });
    expect(within).toMatchObject({ exceeded: 'month', taxPaise: rupees(6_000) });
    const months = ['2024-04-02', '2024-05-02', '2024-06-02', '2024-07-02'].map((date) => sum(date, 60_000));
    expect(asked({ ...rent, date: '2024-08-02', earlier: months })).toMatchObject({
      exceeded: 'year',
      taxPaise: rupees(27_000),
    });
  });

  it('is counted only on what exceeds the limit of goods', () => {
    const answer = asked({ nature: 'goods', paise: rupees(10_00_000), earlier: [sum('2026-05-01', 45_00_000)] });
    expect(answer).toMatchObject({ parts: [{ basePaise: rupees(5_00_000), basisPoints: 10n }], taxPaise: rupees(500) });
  });

  it('takes a credit note off the sums of the year', () => {
    const earlier = [...three, sum('2026-06-30', -10_000)];
    expect(asked({ date: '2026-07-10', paise: rupees(26_000), earlier }).exceeded).toBeNull();
  });
});

describe('who has no PAN', () => {
  it('bears a fifth at the least, and a twentieth on goods', () => {
    expect(asked({ pan: null, paise: rupees(40_000) }).parts).toEqual([
      { because: 'no_pan', basePaise: rupees(40_000), basisPoints: 2_000n, taxPaise: rupees(8_000) },
    ]);
    expect(asked({ pan: null, nature: 'goods', paise: rupees(51_00_000) }).taxPaise).toBe(rupees(5_000));
  });

  it('has no use of a certificate', () => {
    const certificate = {
      number: '1',
      from: '2026-04-01',
      to: '2027-03-31',
      basisPoints: 0n,
      leftPaise: rupees(90_000),
    };
    expect(asked({ pan: null, paise: rupees(40_000), certificate }).taxPaise).toBe(rupees(8_000));
  });
});

describe('a certificate for a lower rate', () => {
  const certificate: LowerCertificate = {
    number: '3120ABC12A',
    from: '2026-06-01',
    to: '2027-03-31',
    basisPoints: 50n,
    leftPaise: rupees(1_00_000),
  };

  it('lowers the rate up to its sum and no further', () => {
    expect(asked({ paise: rupees(1_50_000), certificate }).parts).toEqual([
      { because: 'certificate', basePaise: rupees(1_00_000), basisPoints: 50n, taxPaise: rupees(500) },
      { because: 'rate', basePaise: rupees(50_000), basisPoints: 200n, taxPaise: rupees(1_000) },
    ]);
  });

  it('covers nothing outside its days, not even what is caught up later', () => {
    expect(asked({ date: '2026-05-31', paise: rupees(40_000), certificate }).taxPaise).toBe(rupees(800));
    const earlier = [sum('2026-05-20', 30_000), sum('2026-06-05', 30_000)];
    expect(asked({ date: '2026-06-10', paise: rupees(50_000), earlier, certificate }).parts).toMatchObject([
      { because: 'certificate', basePaise: rupees(80_000) },
      { because: 'rate', basePaise: rupees(30_000) },
    ]);
  });

  it('never raises the rate, and used up it does nothing', () => {
    expect(asked({ paise: rupees(40_000), certificate: { ...certificate, basisPoints: 900n } }).taxPaise).toBe(
      rupees(800),
    );
    expect(asked({ paise: rupees(40_000), certificate: { ...certificate, leftPaise: -1n } }).taxPaise).toBe(
      rupees(800),
    );
  });
});

it('has a rule of every nature for every day since it began, and of the Act of 2025 the code', () => {
  for (const nature of tdsNatures) {
    for (const pan of [individual, firm, company]) {
      const today = tdsRuleOn(nature, '2026-11-29', panHolder(pan));
      expect([nature, today?.to, today?.code?.length]).toEqual([nature, null, 4]);
      expect([nature, tdsRuleOn(nature, '2026-03-31', panHolder(pan))?.code]).toEqual([nature, null]);
    }
  }
});
