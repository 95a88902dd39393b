import { SaxesParser } from 'saxes';
import { MunimError } from '../../../shared/kernel/errors.ts';

export interface XmlHandlers {
  /** Names without their prefix: some programs write `x:row`. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Feeds a part of an Office file to the handlers and yields the bytes consumed after each chunk, so that the reader can hand on what it
 * gathered. A document type is refused: no program writes one there, and entities are how XML is made to explode or to fetch files.
 * Throws MunimError IMPORT_CORRUPT.
 */
export async function* xmlEvents(
  chunks: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers,
): AsyncGenerator<number, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new SaxesParser({ position: false, xmlns: false });
  let failure: unknown;
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.on('doctype', () => {
    failure ??= new Error('document type');
  });
  const { open, close, text } = handlers;
  if (open) parser.on('opentag', (tag) => open(localName(tag.name), tag.attributes));
  if (close) parser.on('closetag', (tag) => close(localName(tag.name)));
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    write(parser, decode(decoder, chunk), () => failure);
    yield bytes;
  }
  write(parser, decode(decoder), () => failure);
  parser.close();
  if (failure !== undefined) throw new MunimError('IMPORT_CORRUPT', {}, { cause: failure });
}

/** Reads a small part to its end. */
export async function readXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  for await (const _bytes of xmlEvents(chunks, handlers)) {
    // Only the handlers are of interest.
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw new MunimError('IMPORT_CORRUPT', {}, { cause });
  }
}

function write(parser: SaxesParser, text: string, failure: () => unknown): void {
  if (text !== '') parser.write(text);
  const cause = failure();
  if (cause !== undefined) throw new MunimError('IMPORT_CORRUPT', {}, { cause });
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
