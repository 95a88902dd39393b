import { SaxesParser } from 'saxes';
import { MunimError } from '../../kernel/errors.ts';
import { limits } from '../../kernel/limits.ts';
import { unreadable } from './statement-text.ts';

/** An element as it was read, its name without a prefix. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Its own text, without what stands in its children. */
  readonly text: string;
  readonly line: number;
}

interface OpenNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  readonly line: number;
  text: string;
}

export interface RecordReader {
  /** Elements that are handed on whole; everything around them is passed over. */
  readonly records: ReadonlySet<string>;
  readonly onRecord: (record: XmlNode) => void;
  /** Elements whose beginning is told. */
  readonly marks: ReadonlySet<string>;
  readonly onMark: (name: string, line: number) => void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML record by record. No document type and so none of its entities pass, depth and the elements of one record are bounded.
 * @throws MunimError STATEMENT_UNREADABLE, STATEMENT_UNSAFE
 */
export function readXmlRecords(text: string, reader: RecordReader): void {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const open: OpenNode[] = [];
  let depth = 0;
  let nodes = 0;
  const refuse = (detail: string): never => {
    throw new MunimError('STATEMENT_UNSAFE', { line: parser.line, detail });
  };
  parser.on('error', (problem) => {
    // Its own message begins with the place.
    throw unreadable(parser.line, problem.message.replace(/^[\d:]*\s*/, '').slice(0, 120));
  });
  parser.on('doctype', () => refuse('a document type'));
  parser.on('opentag', ({ name: given, attributes }) => {
    const name = localName(given);
    depth += 1;
    if (depth > limits.statement.depthMax) refuse('elements too deep in each other');
    if (open.length === 0) {
      if (reader.marks.has(name)) reader.onMark(name, parser.line);
      if (!reader.records.has(name)) return;
      nodes = 0;
    }
    nodes += 1;
    if (nodes > limits.statement.recordNodesMax) refuse('a record without end');
    open.push({ name, attributes, children: [], text: '', line: parser.line });
  });
  parser.on('closetag', () => {
    depth -= 1;
    const node = open.pop();
    if (node === undefined) return;
    const around = open.at(-1);
    if (around === undefined) reader.onRecord(node);
    else around.children.push(node);
  });
  const onText = (piece: string): void => {
    const node = open.at(-1);
    if (node !== undefined) node.text += piece;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.write(text).close();
}

export const childrenOf = (node: XmlNode, name: string): readonly XmlNode[] =>
  node.children.filter((child) => child.name === name);

/** The first element at a path of names below a node. */
export function nodeAt(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let found = node;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found;
}

/** The trimmed text at a path; null where it is missing or empty. */
export const textAt = (node: XmlNode | undefined, ...path: readonly string[]): string | null =>
  nodeAt(node, ...path)?.text.trim() || null;
