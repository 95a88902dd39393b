import { describe, expect, it } from 'vitest';
import { MunimError } from '../../../kernel/errors.ts';
import { limits } from '../../../kernel/limits.ts';
import { readTallyFile } from './files.ts';
import { readRecords, type XmlNode } from './xml-reader.ts';
import { encodeXml } from './xml-text.ts';

async function* once(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* chunks;
}
const utf8 = (text: string): Uint8Array => encodeXml(text, 'utf-8');

async function failure(...chunks: readonly Uint8Array[]): Promise<MunimError> {
  try {
    await readTallyFile(once(...chunks));
  } catch (thrown) {
    if (thrown instanceof MunimError) return thrown;
    throw thrown;
  }
  throw new Error('it was read');
}

const bomb = `<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>\n<ENVELOPE>&b;</ENVELOPE>`;
const fetching = '<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "file:///etc/passwd">\n<ENVELOPE/>';

describe('what Tally never writes', () => {
  it.each([
    ['entities that explode', bomb, 'TALLY_XML_UNSAFE', 1],
    ['a document type elsewhere', fetching, 'TALLY_XML_UNSAFE', 2],
    ['an entity of nobody', '<ENVELOPE>\n<LEDGER NAME="&xxe;"/></ENVELOPE>', 'TALLY_XML_BROKEN', 2],
    ['an element that is not closed', '<ENVELOPE>\n\n<LEDGER>\n</ENVELOPE>', 'TALLY_XML_BROKEN', 4],
    ['two of an attribute', '<ENVELOPE><LEDGER NAME="a" NAME="b"/></ENVELOPE>', 'TALLY_XML_BROKEN', 1],
    ['an end in the middle', '<ENVELOPE>\n<LEDGER NAME="a">', 'TALLY_XML_BROKEN', 2],
    ['a bare ampersand', '<ENVELOPE>\n<LEDGER NAME="Om & Sons"/></ENVELOPE>', 'TALLY_XML_BROKEN', 2],
    ['a page', '<html></html>', 'TALLY_XML_BROKEN', 1],
  ])('%s', async (_name, text, code, line) => {
    for (const encoding of ['utf-8', 'utf-16le'] as const) {
      const problem = await failure(encodeXml(text, encoding));
      expect(problem).toMatchObject({ code, details: { line } });
      expect(JSON.stringify(problem.details)).not.toMatch(/passwd|aaaa/);
    }
  });

  it('elements deep in each other', async () => {
    const deep = '<A>'.repeat(limits.tally.depthMax + 1);
    expect(await failure(utf8(`<ENVELOPE>\n${deep}`))).toMatchObject({
      code: 'TALLY_XML_UNSAFE',
      details: { line: 2 },
    });
  });

  it('a record without end', async () => {
    const entry = utf8(`<X></X>`.repeat(10_000));
    const chunks = [utf8('<ENVELOPE><LEDGER NAME="a">'), ...Array.from({ length: 11 }, () => entry)];
    expect(await failure(...chunks)).toMatchObject({ code: 'TALLY_XML_UNSAFE' });
  });

  it('more than a file may have', async () => {
    const MiB = new Uint8Array(1024 * 1024).fill(0x20);
    const chunks = [utf8('<ENVELOPE>'), ...Array.from({ length: limits.tally.fileBytesMax / MiB.length }, () => MiB)];
    expect(await failure(...chunks)).toMatchObject({ code: 'TALLY_TOO_LARGE', details: { limitMiB: 256 } });
  });

  it('bytes of no encoding', async () => {
    expect(await failure(new Uint8Array([0x3c, 0x41, 0x3e, 0xff, 0xfe, 0x80, 0x3c]))).toMatchObject({
      code: 'TALLY_XML_BROKEN',
    });
    expect(await failure(utf8('<ENVELOPE></ENVELOPE>'), new Uint8Array([0xe0]))).toMatchObject({
      code: 'TALLY_XML_BROKEN',
    });
    expect(await failure(new Uint8Array(0))).toMatchObject({ code: 'TALLY_XML_BROKEN' });
  });
});

describe('what Tally does write', () => {
  const recordsOf = (...chunks: readonly Uint8Array[]): readonly XmlNode[] => {
    const found: XmlNode[] = [];
    const done = readRecords(chunks, { records: new Set(['LEDGER']), onRecord: (record) => found.push(record) });
    expect(done.ok).toBe(true);
    return found;
  };

  it.each(['&#4;', '&#x4;', '&#0;', '&#31;', '&#xFFFF;', '&#55296;', '\u0004', '\u0000'])(
    'the character %j that XML has not is left out, wherever the bytes are cut',
    (bad) => {
      const bytes = utf8(`<ENVELOPE><LEDGER NAME="${bad}A&#13;${bad}B">x${bad}y</LEDGER></ENVELOPE>`);
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        const [record] = recordsOf(bytes.subarray(0, cut), bytes.subarray(cut));
        expect(record?.attributes.get('NAME')).toBe('A\rB');
        expect(record?.text).toBe('xy');
      }
    },
  );

  it('UTF-16 without its mark, and of the other order', () => {
    const little = encodeXml('<ENVELOPE><LEDGER NAME="श्री"/></ENVELOPE>', 'utf-16le');
    const big = little.slice().map((_byte, at) => little[at ^ 1] ?? 0);
    for (const bytes of [little, little.subarray(2), big, big.subarray(2)]) {
      expect(recordsOf(bytes)[0]?.attributes.get('NAME')).toBe('श्री');
    }
  });
});
