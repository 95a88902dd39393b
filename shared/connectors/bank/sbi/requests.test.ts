import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ConnectorContext } from '../../_kit/operation.ts';
import type { HttpRequest } from '../../operation.ts';
import { SBI_NAMESPACE } from './contract.ts';
import { sbiBalance, sbiStatement } from './operations.ts';
import { onlyChild, readSoap, SOAP12, type SoapNode } from './soap-reader.ts';
import { ACCOUNT, contextOf, fixture, NOW } from './testing.ts';

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

const balanceRequest = async (context: ConnectorContext): Promise<HttpRequest> =>
  sbiBalance.request({ accountNumber: ACCOUNT }, context);

function envelopeOf({ body }: HttpRequest): SoapNode {
  const read = readSoap(body);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

function tokenOf(request: HttpRequest): SoapNode {
  const header = onlyChild(envelopeOf(request), SOAP12, 'Header');
  const security = header && onlyChild(header, WSSE, 'Security');
  const token = security && onlyChild(security, WSSE, 'UsernameToken');
  if (token === null) throw new Error('no token');
  return token;
}

/** Without what differs between two writings of the same. */
const bare = (node: SoapNode): unknown => ({
  name: `{${node.namespace}}${node.name}`,
  text: node.text.trim(),
  children: node.children.map(bare),
});

describe('the envelope', () => {
  it('asks for a balance as the document does', async () => {
    const request = await balanceRequest(contextOf());
    expect(request).toMatchObject({
      method: 'POST',
      path: '/Service',
      headers: {
        'content-type': `application/soap+xml; charset=utf-8; action="${SBI_NAMESPACE}/GetAccountBalance"`,
        accept: 'application/soap+xml',
      },
    });
    const expected = readSoap(fixture('balance-request.xml'));
    if (!expected.ok) throw new Error(expected.error);
    const [sent, shown] = [envelopeOf(request), expected.value].map((node) => onlyChild(node, SOAP12, 'Body'));
    expect(sent && bare(sent)).toEqual(shown && bare(shown));
  });

  it('asks for a page of a statement', async () => {
    const asked = { accountNumber: ACCOUNT, from: '2026-04-01', to: '2027-03-31' };
    for (const page of [null, '7']) {
      const request = await sbiStatement.request({ ...asked, page }, contextOf());
      const body = onlyChild(envelopeOf(request), SOAP12, 'Body');
      const fields = body?.children[0]?.children.map(({ namespace, name, text }) => [namespace, name, text]);
      const expected = [
        ['accountNumber', ACCOUNT],
        ['fromDate', '2026-04-01'],
        ['toDate', '2027-03-31'],
        ['requestType', 'STATEMENT'],
        ...(page === null ? [] : [['page', '7']]),
      ];
      expect(body?.children.map(({ name }) => name)).toEqual(['GetAccountStatementRequest']);
      expect(fields).toEqual(expected.map((field) => [SBI_NAMESPACE, ...field]));
    }
  });

  it.each([
    { accountNumber: '12345678' },
    { accountNumber: '1234567890<' },
    { accountNumber: 1234567890 },
    { accountNumber: ACCOUNT, more: 1 },
  ])('is not made of %j', (input) => {
    expect(sbiBalance.input.safeParse(input).success).toBe(false);
  });

  it.each([
    { from: '2026-11-31', to: '2026-12-01', page: null },
    { from: '2026-12-01', to: '2026-11-30', page: null },
    { from: '2026-11-01', to: '2026-11-30', page: '0' },
    { from: '2026-11-01', to: '2026-11-30', page: '2<' },
    { from: '2026-11-01', to: '2026-11-30' },
  ])('is not made of the period %j', (input) => {
    expect(sbiStatement.input.safeParse({ accountNumber: ACCOUNT, ...input }).success).toBe(false);
  });
});

describe('user and password', () => {
  const secrets = { username: 'a<b>&c', password: '<![CDATA[</wsse:Password>]]>&amp;"\'' };

  it('go as a token with the password in it', async () => {
    const token = tokenOf(await balanceRequest(contextOf({}, secrets)));
    expect(onlyChild(token, WSSE, 'Username')?.text).toBe(secrets.username);
    expect(onlyChild(token, WSSE, 'Password')?.text).toBe(secrets.password);
  });

  it('go as a digest that is never the same twice', async () => {
    const context = contextOf({ authentication: 'digest' }, secrets);
    const request = await balanceRequest(context);
    const token = tokenOf(request);
    const [nonce, created] = [
      onlyChild(token, WSSE, 'Nonce')?.text ?? '',
      onlyChild(token, WSU, 'Created')?.text ?? '',
    ];
    expect(Date.parse(created)).toBe(NOW);
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    const hash = createHash('sha1').update(Buffer.from(nonce, 'base64')).update(created).update(secrets.password);
    expect(onlyChild(token, WSSE, 'Password')?.text).toBe(hash.digest('base64'));
    expect(new TextDecoder().decode(request.body)).not.toContain('CDATA');
    for (const other of [
      { ...context, now: NOW + 1 },
      { ...context, requestId: '0193a0c4-9000-7000-8000-000000000002' },
    ]) {
      expect(onlyChild(tokenOf(await balanceRequest(other)), WSSE, 'Nonce')?.text).not.toBe(nonce);
    }
  });

  it('go as HTTP Basic, and then not in the envelope', async () => {
    const request = await balanceRequest(contextOf({ authentication: 'basic' }));
    const given = request.headers.authorization ?? '';
    expect(Buffer.from(given.replace('Basic ', ''), 'base64').toString('utf8')).toBe('shanti.college:Chai-2026');
    const text = new TextDecoder().decode(request.body);
    expect(text).not.toMatch(/shanti|Chai|Security/);
  });

  it('of two connections at a time are not mixed up', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `college-${index}`);
    const requests = await Promise.all(
      names.map((username) => balanceRequest(contextOf({}, { username, password: `secret of ${username}` }))),
    );
    for (const [index, request] of requests.entries()) {
      const token = tokenOf(request);
      expect(onlyChild(token, WSSE, 'Username')?.text).toBe(names[index]);
      expect(onlyChild(token, WSSE, 'Password')?.text).toBe(`secret of ${names[index]}`);
    }
  });
});
