import { SaxesParser } from 'saxes';
import { limits } from '../../../kernel/limits.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';

/** An element with its namespace resolved. Attributes are not kept: nothing in these messages is said by one but `xsi:nil`. */
export interface SoapNode {
  readonly namespace: string;
  readonly name: string;
  readonly children: readonly SoapNode[];
  /** Its own text, in one piece whatever comments or CDATA sections cut it. */
  readonly text: string;
}

interface OpenNode extends SoapNode {
  readonly children: SoapNode[];
  text: string;
  readonly isNil: boolean;
}

export const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Thrown inside the parser only, to leave it at once. */
class Unsafe extends Error {}

/**
 * Reads a SOAP message from bytes. No document type passes, and so no entity of its own: they are how XML is made to explode or to fetch
 * files, and SOAP 1.2 forbids them, as it does processing instructions. Bytes, depth, elements and texts are bounded.
 * @returns the outermost element, or what is wrong with the message in a few words that repeat nothing of it
 */
export function readSoap(bytes: Uint8Array): Result<SoapNode, string> {
  if (bytes.length > limits.soap.messageBytesMax) return err('too large');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return err('not UTF-8');
  }
  const builder = new TreeBuilder();
  try {
    return builder.read(text);
  } catch (thrown) {
    if (thrown instanceof Unsafe) return err(thrown.message);
    throw thrown;
  }
}

class TreeBuilder {
  readonly #parser = new SaxesParser({ xmlns: true, position: false });
  readonly #open: OpenNode[] = [];
  #root: SoapNode | null = null;
  #nodes = 0;
  #attributes = 0;

  constructor() {
    this.#parser.on('error', () => {
      throw new Unsafe('not well-formed');
    });
    this.#parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) throw new Unsafe('not UTF-8');
    });
    this.#parser.on('doctype', () => {
      throw new Unsafe('a document type');
    });
    this.#parser.on('processinginstruction', () => {
      throw new Unsafe('a processing instruction');
    });
    // Counted while they come, not when the element is whole: it may never be.
    this.#parser.on('opentagstart', () => {
      this.#attributes = 0;
    });
    this.#parser.on('attribute', () => {
      this.#attributes += 1;
      if (this.#attributes > limits.soap.attributesMax) throw new Unsafe('too many attributes');
    });
    this.#parser.on('opentag', ({ uri, local, attributes }) => {
      const isNil = Object.values(attributes).some(
        ({ uri: of, local: name, value }) => of === XSI && name === 'nil' && /^(true|1)$/.test(value.trim()),
      );
      this.#enter({ namespace: uri, name: local, children: [], text: '', isNil });
    });
    this.#parser.on('closetag', () => this.#leave());
    const onText = (piece: string): void => this.#add(piece);
    this.#parser.on('text', onText);
    this.#parser.on('cdata', onText);
  }

  read(text: string): Result<SoapNode, string> {
    this.#parser.write(text).close();
    return this.#root === null ? err('no element') : ok(this.#root);
  }

  #enter(node: OpenNode): void {
    this.#nodes += 1;
    if (this.#nodes > limits.soap.elementsMax) throw new Unsafe('too many elements');
    if (this.#open.length >= limits.soap.depthMax) throw new Unsafe('elements too deep in each other');
    // Names that every object has would be taken for what was said.
    if (node.name in {}) throw new Unsafe('a name that may not be');
    this.#open.push(node);
  }

  #leave(): void {
    const node = this.#open.pop();
    if (node === undefined) return;
    const around = this.#open.at(-1);
    if (around === undefined) this.#root = node;
    else if (!node.isNil) around.children.push(node);
  }

  #add(piece: string): void {
    const node = this.#open.at(-1);
    if (node === undefined) return;
    if (node.text.length + piece.length > limits.soap.textMax) throw new Unsafe('a text too long');
    node.text += piece;
  }
}

/** The one child of that name; null where there is none, or more of them than one. */
export function onlyChild(node: SoapNode, namespace: string, name: string): SoapNode | null {
  const found = node.children.filter((child) => child.name === name && child.namespace === namespace);
  return found.length === 1 ? (found[0] ?? null) : null;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (sign) => escapes[sign] ?? sign);

/**
 * Writes an element and what is in it of one namespace, with that namespace as the default. What is of others is left out: an extension
 * that we do not know must not be taken for a field of ours because it is called the same.
 */
export function writeSoap(node: SoapNode, isOutermost = true): string {
  const within = node.children.filter(({ namespace }) => namespace === node.namespace);
  const inner = within.length > 0 ? within.map((child) => writeSoap(child, false)).join('') : escapeText(node.text);
  const declared = isOutermost ? ` xmlns="${escapeText(node.namespace).replaceAll('"', '&quot;')}"` : '';
  return `<${node.name}${declared}>${inner}</${node.name}>`;
}
