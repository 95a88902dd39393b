import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../../../kernel/limits.ts';
import { SBI_NAMESPACE } from './contract.ts';
import { sbiBalance, sbiStatement } from './operations.ts';
import { readSoap } from './soap-reader.ts';
import {
  ACCOUNT,
  answerOf,
  balanceXml,
  bytesOf,
  contextOf,
  envelope,
  faultXml,
  fixture,
  statementXml,
} from './testing.ts';

const asked = { accountNumber: ACCOUNT, from: '2026-11-01', to: '2026-11-30', page: null };
const balance = async (body: Uint8Array | string) =>
  sbiBalance.response(answerOf(body), { accountNumber: ACCOUNT }, contextOf());
const statement = async (body: Uint8Array | string) => sbiStatement.response(answerOf(body), asked, contextOf());
const reason = (text: string): string => {
  const read = readSoap(bytesOf(text));
  return read.ok ? 'read' : read.error;
};

/** The names of everything that all objects share. */
const prototypeNames = (): string => Object.getOwnPropertyNames(Object.prototype).sort().join();
const untouched = prototypeNames();
afterEach(() => expect(prototypeNames()).toBe(untouched));

const bomb = [
  '<!DOCTYPE lolz [<!ENTITY a "0000000000">',
  ...Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`),
  ']>',
].join('');

describe('XML that is made to harm', () => {
  it.each([
    ['entities that explode', bomb + balanceXml({ availableBalance: '&j;' }), 'a document type'],
    ['an entity of a file', `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${balanceXml()}`, 'a document type'],
    [
      'a document type of elsewhere',
      `<!DOCTYPE x SYSTEM "https://evil.example/x.dtd">${balanceXml()}`,
      'a document type',
    ],
    [
      'a parameter entity',
      `<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]>${balanceXml()}`,
      'a document type',
    ],
    ['an entity of nobody', balanceXml({ availableBalance: '&f;' }), 'not well-formed'],
    ['a processing instruction', `<?xml-stylesheet href="x"?>${balanceXml()}`, 'a processing instruction'],
    ['a second document', balanceXml() + balanceXml(), 'not well-formed'],
    ['a prefix of nobody', balanceXml().replace('xmlns:b', 'xmlns:c'), 'not well-formed'],
    [
      'two of an attribute',
      balanceXml().replace('<b:Get', '<b:Get a="1" a="2"').replace('<b:Get', '<b:Get'),
      'not well-formed',
    ],
    ['a name that all objects have', balanceXml({ toString: 'x' }), 'a name that may not be'],
    [
      'the name of the prototype',
      balanceXml().replaceAll('b:availableBalance', 'b:__proto__'),
      'a name that may not be',
    ],
    ['UTF-16 by its own word', `<?xml version="1.0" encoding="UTF-16"?>${balanceXml()}`, 'not UTF-8'],
    ['nothing', '', 'not well-formed'],
    ['JSON', '{"availableBalance":"1.00"}', 'not well-formed'],
  ])('%s', async (_what, text, expected) => {
    expect(reason(text)).toBe(expected);
    const read = await balance(text);
    expect(read).toMatchObject({ ok: false, error: { kind: 'contract' } });
    expect(JSON.stringify(read)).not.toMatch(/passwd|evil/);
  });

  it('elements too deep in each other', async () => {
    const deep = (levels: number): string => '<a>'.repeat(levels) + '</a>'.repeat(levels);
    expect(reason(deep(limits.soap.depthMax))).toBe('read');
    expect(reason(deep(limits.soap.depthMax + 1))).toBe('elements too deep in each other');
    // Without an end, and far deeper than a parser that calls itself would stand.
    expect(reason('<a>'.repeat(1_000_000))).toBe('elements too deep in each other');
  });

  it('too much of everything', async () => {
    expect(reason(`<a>${'<b/>'.repeat(limits.soap.elementsMax)}</a>`)).toBe('too many elements');
    expect(reason(`<a>${'x'.repeat(limits.soap.textMax + 1)}</a>`)).toBe('a text too long');
    expect(reason(`<a>${'x<![CDATA[y]]>'.repeat(limits.soap.textMax)}</a>`)).toBe('a text too long');
    expect(reason(`<a>${' '.repeat(limits.soap.messageBytesMax)}</a>`)).toBe('too large');
    const attributes = (count: number): string => Array.from({ length: count }, (_, at) => ` a${at}=""`).join('');
    expect(reason(`<a${attributes(limits.soap.attributesMax)}><b${attributes(1)}/></a>`)).toBe('read');
    // Without an end: they are counted as they come.
    expect(reason(`<a${attributes(limits.soap.attributesMax + 1)}`)).toBe('too many attributes');
    const names = Array.from({ length: 200_000 }, (_, at) => ` xmlns:a${at}="u"`).join('');
    expect(reason(`<a${names}`)).toBe('too many attributes');
  });

  it('bytes of no encoding', async () => {
    for (const bytes of [[0xff, 0xfe, 0x3c, 0x00], [0x3c, 0x61, 0x3e, 0xc0, 0x80], [0x00]]) {
      expect((await balance(new Uint8Array(bytes))).ok).toBe(false);
    }
  });
});

describe('messages that look like others', () => {
  const right = balanceXml();

  it.each([
    ['SOAP 1.1', right.replace('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/')],
    ['no SOAP', '<a/>'],
    ['fields of another namespace', right.replace(SBI_NAMESPACE, 'urn:other')],
    ['the answer to another question', right.replaceAll('GetAccountBalanceResponse', 'GetAccountStatementResponse')],
    ['our own request', new TextDecoder().decode(fixture('balance-request.xml'))],
    ['two answers', right.replace(/(<b:Get.*Response>)/, '$1$1')],
    ['two bodies', right.replace(/(<e:Body>.*<\/e:Body>)/, '$1$1')],
    ['an empty body', envelope('')],
    ['the answer in the header', right.replaceAll('e:Body', 'e:Header')],
  ])('%s', async (_what, text) => {
    expect(await balance(text)).toMatchObject({ ok: false, error: { kind: 'contract' } });
  });

  it('a figure in a foreign namespace is not ours', async () => {
    const foreign = right.replace(
      /<b:availableBalance>.*<\/b:availableBalance>/,
      '<x:availableBalance xmlns:x="urn:x">9</x:availableBalance>',
    );
    expect((await balance(foreign)).ok).toBe(false);
    const beside = right.replace(
      '<b:availableBalance>',
      '<x:availableBalance xmlns:x="urn:x">9</x:availableBalance><b:availableBalance>',
    );
    expect(await balance(beside)).toMatchObject({ ok: true, value: { availablePaise: 1_00n } });
  });

  it('references, types and documents inside of documents change nothing', async () => {
    // Each of these makes soap 1.13.0 write into the prototype of all objects, or read something else, when it gets them as they are.
    const polluting = right.replace('<b:availableBalance>', '<b:availableBalance id="__proto__">');
    expect(await balance(polluting)).toMatchObject({ ok: true, value: { availablePaise: 1_00n } });
    const referring = right.replace('<b:availableBalance>', '<b:availableBalance href="#__proto__">');
    expect(await balance(referring)).toMatchObject({ ok: true, value: { availablePaise: 1_00n } });
    const nested = '<![CDATA[<?xml version="1.0"?><a id="__proto__">7</a>]]>';
    const line = { transactionDate: '2026-11-05', description: nested, direction: 'DEBIT', amount: '1.00' };
    expect(await statement(statementXml([line]))).toMatchObject({
      ok: true,
      value: { entries: [{ narration: '<?xml version="1.0"?><a id="__proto__">7</a>' }] },
    });
    const fault = faultXml('e:Sender').replace(
      '</e:Reason>',
      '</e:Reason><e:Detail id="__proto__"><x id="toString"/></e:Detail>',
    );
    expect(await balance(fault)).toMatchObject({ ok: false, error: { kind: 'validation' } });
  });

  it('an amount is whole however it is cut', async () => {
    for (const cut of ['<!-- -->', '<![CDATA[]]>']) {
      expect(await balance(balanceXml({ availableBalance: `12${cut}34.5${cut}6` }))).toMatchObject({
        ok: true,
        value: { availablePaise: 1_234_56n },
      });
    }
    expect(await balance(balanceXml({ availableBalance: '12<!-- --> 34.56' }))).toMatchObject({ ok: false });
  });
});

describe('any change to an answer', () => {
  const whole = fixture('statement-response.xml');

  it('is read as something or refused, and nothing else happens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(whole.length - 1), { nil: undefined }),
        async (changes, cut) => {
          const bytes = whole.slice(0, cut);
          for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
          const read = await statement(bytes);
          if (!read.ok) expect(['contract', 'validation', 'unavailable', 'business']).toContain(read.error.kind);
          else
            for (const { debitPaise, creditPaise } of read.value.entries)
              expect(debitPaise + creditPaise > 0n).toBe(true);
          expect(prototypeNames()).toBe(untouched);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('a cut makes it unreadable', async () => {
    for (let length = 0; length < whole.length - 1; length += 37) {
      expect(await statement(whole.subarray(0, length))).toMatchObject({ ok: false, error: { kind: 'contract' } });
    }
  });
});
