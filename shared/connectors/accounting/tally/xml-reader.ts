import { SaxesParser } from 'saxes';
import { MunimError, type Refusal, toMunimError } from '../../../kernel/errors.ts';
import { limits } from '../../../kernel/limits.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { XmlDecoder } from './xml-decoder.ts';

/** An element as it was read. Names are in capitals, as Tally writes them. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** Its own text, without what stands in its children. */
  readonly text: string;
  readonly line: number;
}

export interface ReadOptions {
  /** Elements that are handed on whole, one by one; everything around them is passed over. */
  readonly records: ReadonlySet<string>;
  readonly onRecord: (record: XmlNode) => void;
  readonly bytesMax?: number;
}

interface OpenNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlNode[];
  readonly line: number;
  text: string;
}

/**
 * Reads what Tally gives, record by record, so that an export of any size takes the memory of its largest record. No document type and
 * none of its entities pass: Tally writes none, and they are how XML is made to explode or to fetch files. Depth, bytes and the elements
 * of one record are bounded.
 */
export class TallyXmlReader {
  readonly #options: ReadOptions;
  readonly #decoder = new XmlDecoder();
  readonly #parser = new SaxesParser({ xmlns: false, position: true });
  /** The record that is open, from its outermost element inwards. */
  readonly #open: OpenNode[] = [];
  /** The outermost element; Tally's own answers are in an ENVELOPE. */
  root = '';
  #depth = 0;
  #bytes = 0;
  #nodes = 0;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#parser.on('error', (problem) => {
      // Its own message begins with the place.
      const detail = problem.message.replace(/^[\d:]*\s*/, '').slice(0, 120);
      throw new MunimError('TALLY_XML_BROKEN', { line: this.#parser.line, detail });
    });
    this.#parser.on('doctype', () => this.#refuse('a document type'));
    this.#parser.on('opentag', ({ name, attributes }) => this.#onOpen(name, attributes));
    this.#parser.on('closetag', () => this.#onClose());
    const onText = (text: string) => {
      const node = this.#open.at(-1);
      if (node !== undefined) node.text += text;
    };
    this.#parser.on('text', onText);
    this.#parser.on('cdata', onText);
  }

  /** @throws MunimError TALLY_XML_BROKEN, TALLY_XML_UNSAFE, TALLY_TOO_LARGE */
  write(chunk: Uint8Array): void {
    const bytesMax = this.#options.bytesMax ?? limits.tally.answerBytesMax;
    this.#bytes += chunk.length;
    if (this.#bytes > bytesMax) {
      throw new MunimError('TALLY_TOO_LARGE', { limitMiB: Math.ceil(bytesMax / (1024 * 1024)) });
    }
    this.#feed(this.#decoder.write(chunk));
  }

  /** @throws as `write` */
  end(): void {
    this.#feed(this.#decoder.end());
    this.#parser.close();
  }

  #feed(text: string): void {
    if (text !== '') this.#parser.write(text);
  }

  #onOpen(given: string, attributes: Readonly<Record<string, string>>): void {
    const name = given.toUpperCase();
    this.#depth += 1;
    if (this.#depth === 1) this.root = name;
    if (this.#depth > limits.tally.depthMax) this.#refuse('elements too deep in each other');
    if (this.#open.length === 0) {
      if (!this.#options.records.has(name)) return;
      this.#nodes = 0;
    }
    this.#nodes += 1;
    if (this.#nodes > limits.tally.recordNodesMax) this.#refuse('a record without end');
    const upper = Object.entries(attributes).map(([key, value]): [string, string] => [key.toUpperCase(), value]);
    this.#open.push({ name, attributes: new Map(upper), children: [], text: '', line: this.#parser.line });
  }

  #onClose(): void {
    this.#depth -= 1;
    const node = this.#open.pop();
    if (node === undefined) return;
    const around = this.#open.at(-1);
    if (around === undefined) this.#options.onRecord(node);
    else around.children.push(node);
  }

  #refuse(detail: string): never {
    throw new MunimError('TALLY_XML_UNSAFE', { line: this.#parser.line, detail });
  }
}

/** Reads chunks to their end. @returns the outermost element. Refusals: TALLY_XML_BROKEN, TALLY_XML_UNSAFE, TALLY_TOO_LARGE. */
export function readRecords(chunks: Iterable<Uint8Array>, options: ReadOptions): Result<string, Refusal> {
  const reader = new TallyXmlReader(options);
  try {
    for (const chunk of chunks) reader.write(chunk);
    reader.end();
    return ok(reader.root);
  } catch (thrown) {
    const { code, details } = toMunimError(thrown);
    if (code === 'INTERNAL') throw thrown;
    return err({ code, details });
  }
}

export const childOf = (node: XmlNode, name: string): XmlNode | undefined =>
  node.children.find((child) => child.name === name);

export const childrenOf = (node: XmlNode, name: string): readonly XmlNode[] =>
  node.children.filter((child) => child.name === name);

/** The trimmed text of a child; null where it is missing or empty. */
export const textOf = (node: XmlNode, name: string): string | null => childOf(node, name)?.text.trim() || null;

export const attributeOf = (node: XmlNode, name: string): string | null => node.attributes.get(name)?.trim() || null;

export const isYes = (node: XmlNode, name: string): boolean => textOf(node, name)?.toLowerCase() === 'yes';
