import { describe, expect, it } from 'vitest';
import { sbiBalance, sbiStatement } from './operations.ts';
import { ACCOUNT, answerOf, balanceXml, bytesOf, contextOf, faultXml, fixture, statementXml } from './testing.ts';

const balance = async (response: ReturnType<typeof answerOf>) =>
  sbiBalance.response(response, { accountNumber: ACCOUNT }, contextOf());
const asked = { accountNumber: ACCOUNT, from: '2026-11-01', to: '2026-11-30', page: null };
const statement = async (response: ReturnType<typeof answerOf>, page: string | null = null) =>
  sbiStatement.response(response, { ...asked, page }, contextOf());

describe('fixtures', () => {
  it('a balance', async () => {
    const at = Date.parse('2026-11-20T05:00:00Z');
    expect(await balance(answerOf(fixture('balance-response.xml')))).toEqual({
      ok: true,
      value: { availablePaise: 15_500_000_05n, currentPaise: -50n, at },
    });
  });

  it('a page of a statement', async () => {
    const read = await statement(answerOf(fixture('statement-response.xml')));
    expect(read).toEqual({
      ok: true,
      value: {
        openingPaise: 100_000_00n,
        closingPaise: 74_999_10n,
        nextPage: '2',
        entries: [
          {
            date: '2026-11-02',
            valueDate: '2026-11-01',
            narration: 'NEFT-श्री गणेश & Sons-MUN0001 <a> & b',
            reference: 'SBINN26306000001',
            chequeNo: null,
            debitPaise: 25_001_00n,
            creditPaise: 0n,
            balancePaise: 74_999_00n,
          },
          {
            date: '2026-11-03',
            valueDate: null,
            narration: '',
            reference: null,
            chequeNo: '000123',
            debitPaise: 0n,
            creditPaise: 10n,
            balancePaise: null,
          },
        ],
      },
    });
  });

  it('a fault about the password, of which nothing is repeated', async () => {
    const read = await balance(answerOf(fixture('fault-authentication.xml'), 400));
    expect(read).toMatchObject({ ok: false, error: { kind: 'auth', code: 'CONNECTOR_AUTH' } });
    expect(JSON.stringify(read)).not.toMatch(/shanti|Chai|00123456789/);
  });
});

describe('faults', () => {
  it.each([
    ['e:Sender', ['w:FailedAuthentication'], 'auth'],
    ['e:Sender', ['w:FailedCheck'], 'auth'],
    ['e:Sender', ['w:InvalidSecurity'], 'auth'],
    ['e:Sender', ['w:InvalidSecurityToken'], 'auth'],
    ['e:Sender', ['w:SecurityTokenUnavailable'], 'auth'],
    ['e:Sender', ['w:UnsupportedSecurityToken'], 'auth'],
    ['e:Sender', ['w:MessageExpired'], 'auth'],
    ['e:Sender', ['s:UnknownAccount'], 'business'],
    ['e:Sender', ['s:AccountNotPermitted'], 'business'],
    ['e:Sender', ['s:AccountBlocked'], 'business'],
    ['e:Sender', ['s:InvalidRequest'], 'validation'],
    ['e:Sender', ['s:InvalidPeriod'], 'validation'],
    ['e:Sender', ['s:TooManyRequests'], 'rate_limited'],
    ['e:Receiver', ['s:CoreUnavailable'], 'unavailable'],
    ['e:Receiver', ['s:Timeout'], 'unavailable'],
    ['e:Sender', [], 'validation'],
    ['e:Receiver', [], 'unavailable'],
    ['Receiver', ['nobody:knows'], 'unavailable'],
    ['e:Sender', ['s:UnknownAccount', 's:nobody'], 'business'],
    ['e:Sender', ['s:nobody', 's:TooManyRequests'], 'rate_limited'],
    ['e:Sender', ['constructor'], 'validation'],
    ['e:MustUnderstand', [], 'contract'],
    ['e:VersionMismatch', [], 'contract'],
    ['e:DataEncodingUnknown', [], 'contract'],
    ['e:toString', [], 'contract'],
  ])('%s %j is %s', async (code, subcodes, kind) => {
    const status = code.endsWith('Sender') ? 400 : 500;
    for (const read of [
      await balance(answerOf(faultXml(code, subcodes), status)),
      await statement(answerOf(faultXml(code, subcodes), 200)),
    ]) {
      expect(read).toMatchObject({ ok: false, error: { kind } });
    }
  });

  it('say what the bank says, without long numbers', async () => {
    const read = await balance(answerOf(faultXml('e:Sender', [], 'Account 00123456789 &lt;b&gt; shut'), 400));
    expect(read).toMatchObject({ ok: false, error: { details: { detail: 'Account …6789 b shut' } } });
  });

  it.each([
    ['no reason', '<e:Code><e:Value>e:Sender</e:Value></e:Code>'],
    ['no code', '<e:Reason><e:Text>x</e:Text></e:Reason>'],
    ['the form of SOAP 1.1', '<faultcode>Client</faultcode><faultstring>x</faultstring>'],
    ['nothing', ''],
  ])('with %s are no answer', async (_what, inner) => {
    const xml = faultXml('e:Sender').replace(/<e:Code>.*<\/e:Reason>/, inner);
    expect(await balance(answerOf(xml))).toMatchObject({ ok: false, error: { kind: 'contract' } });
    expect(await balance(answerOf(xml, 500))).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });
});

describe('statuses without a fault', () => {
  it.each([
    [401, 'auth'],
    [403, 'auth'],
    [429, 'rate_limited'],
    [404, 'validation'],
    [302, 'contract'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('%i is %s, with a page or with an answer that looks right', async (status, kind) => {
    const page = { status, headers: { 'content-type': 'text/html', 'retry-after': '7' }, body: bytesOf('<html/>') };
    expect(await balance(page)).toMatchObject({ ok: false, error: { kind } });
    expect(await balance(answerOf(balanceXml(), status))).toMatchObject({ ok: false, error: { kind } });
  });

  it.each(['text/html', 'text/xml', 'application/soap+xmlish', 'multipart/related', ''])(
    'a right answer of the type %j is none',
    async (type) => {
      const response = { ...answerOf(balanceXml()), headers: type === '' ? {} : { 'content-type': type } };
      expect(await balance(response)).toMatchObject({ ok: false, error: { kind: 'contract' } });
    },
  );
});

describe('what a balance must not be', () => {
  it.each([
    ['another account', { accountNumber: '99999999999' }],
    ['three decimals', { availableBalance: '1.005' }],
    ['an exponent', { availableBalance: '1e3' }],
    ['grouped', { availableBalance: '1,000.00' }],
    ['not a number', { availableBalance: 'NaN' }],
    ['empty', { availableBalance: '' }],
    ['too large', { availableBalance: '9999999999999999.00' }],
    ['no day', { responseDateTime: '2026-02-30T10:00:00+05:30' }],
    ['no time', { responseDateTime: '2026-11-21' }],
    ['an hour too many', { responseDateTime: '2026-11-21T25:00:00' }],
    ['another currency', { currency: 'USD' }],
    [
      'a nest',
      { availableBalance: '<availableBalance xmlns="urn:munim:sbi:corporate-account:1">1</availableBalance>' },
    ],
  ])('%s', async (_what, fields) => {
    expect(await balance(answerOf(balanceXml(fields)))).toMatchObject({ ok: false, error: { kind: 'contract' } });
  });

  it('said twice', async () => {
    const xml = balanceXml().replace(/(<b:availableBalance>.*<\/b:availableBalance>)/, '$1$1');
    expect(await balance(answerOf(xml))).toMatchObject({ ok: false, error: { kind: 'contract' } });
  });

  it('a time without its zone is that of India', async () => {
    const read = await balance(answerOf(balanceXml({ responseDateTime: '2026-11-21T10:00:00' })));
    expect(read).toMatchObject({ ok: true, value: { at: Date.parse('2026-11-21T04:30:00Z') } });
  });
});

describe('lines of a statement', () => {
  const line = { transactionDate: '2026-11-05', description: 'x', direction: 'DEBIT', amount: '1.00' };

  it.each([
    ['of a day outside', { transactionDate: '2026-10-31' }],
    ['of no day', { transactionDate: '2026-11-31' }],
    ['that move nothing', { amount: '0.00' }],
    ['below zero', { amount: '-1.00' }],
    ['of no direction', { direction: 'D' }],
    ['of too much', { amount: '999999999999999.01', balance: '1.001' }],
  ])('%s are not used', async (_what, change) => {
    const read = await statement(answerOf(statementXml([line, { ...line, ...change }])));
    expect(read).toMatchObject({ ok: false, error: { kind: 'contract' } });
  });

  it('come oldest first', async () => {
    for (const [days, order] of [
      [['09', '09', '02'], 'n2 n1 n0'],
      [['02', '09', '09'], 'n0 n1 n2'],
      [['05', '02', '09', '05'], 'n1 n0 n3 n2'],
    ] as const) {
      const lines = days.map((day, at) => ({ ...line, transactionDate: `2026-11-${day}`, description: `n${at}` }));
      const read = await statement(answerOf(statementXml(lines)));
      expect(read.ok && read.value.entries.map(({ narration }) => narration).join(' ')).toBe(order);
    }
  });

  it('none are none', async () => {
    const read = await statement(answerOf(statementXml([])));
    expect(read).toEqual({ ok: true, value: { entries: [], openingPaise: null, closingPaise: null, nextPage: null } });
  });

  it('a next page that is not the next is refused, since it would turn for ever', async () => {
    const xml = statementXml([line], '<nextPage>2</nextPage>');
    expect(await statement(answerOf(xml), null)).toMatchObject({ ok: true, value: { nextPage: '2' } });
    expect(await statement(answerOf(xml), '1')).toMatchObject({ ok: true, value: { nextPage: '2' } });
    expect(await statement(answerOf(xml), '2')).toMatchObject({ ok: false, error: { kind: 'contract' } });
  });
});
