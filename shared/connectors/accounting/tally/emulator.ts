import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exchangeKey } from '../../../domain/exchange/names.ts';
import { readDate } from './amounts.ts';
import { type Counters, EmulatedBooks, type EmulatedCompany, exportedXml } from './emulator-books.ts';
import { readRecords, type XmlNode } from './xml-reader.ts';
import { element, encodeXml, leaf } from './xml-text.ts';

/**
 * What goes wrong with one request. hang: Tally never answers, what it was asked is not done; hang_done: it was done; reset, reset_done: the
 * connection breaks, before or after it was done; empty: nothing in the answer; page: some other program answers; endless: without end.
 */
export type Fault = 'hang' | 'hang_done' | 'reset' | 'reset_done' | 'empty' | 'page' | 'endless' | 'status';

export interface EmulatorOptions {
  readonly companies: readonly EmulatedCompany[];
  readonly isEducational?: boolean;
  /** Under which counter a refused voucher goes: ERRORS, or EXCEPTIONS as TallyPrime 7 has it. */
  readonly refusedAs?: 'errors' | 'exceptions';
  /** The Voucher Register of some versions gives the whole year whatever period was asked for. */
  readonly ignoresPeriod?: boolean;
}

const UNKNOWN = '<RESPONSE>Unknown Request, cannot be processed</RESPONSE>';
const headRecords = ['TALLYREQUEST', 'ID', 'REPORTNAME', 'SVCURRENTCOMPANY', 'SVFROMDATE', 'SVTODATE'];
const masterNames = ['GROUP', 'LEDGER', 'COSTCATEGORY', 'COSTCENTRE', 'VOUCHERTYPE'];

/** A server that behaves as Tally does on its port, with books in memory. It shares with the connector only how XML and amounts are read. */
export class TallyEmulator {
  readonly books: readonly EmulatedBooks[];
  /** Taken one by one, for the requests that come. */
  readonly faults: Fault[] = [];
  /** The ids of the requests that came. */
  readonly requests: string[] = [];
  readonly #options: EmulatorOptions;
  readonly #server: Server;

  constructor(options: EmulatorOptions) {
    this.#options = options;
    this.books = options.companies.map((company) => new EmulatedBooks(company, options.isEducational ?? false));
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((thrown: unknown) => response.destroy(thrown as Error));
    });
  }

  /** @param port 9000 as Tally has it, or 0 for a free one; returns the address */
  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Imports a file as Gateway of Tally > Import does, into the company that is open. Returns its summary. */
  importFile(bytes: Uint8Array): string {
    return this.#handle(bytes, true);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = new Uint8Array(Buffer.concat(chunks));
    const isWide = /utf-?16/i.test(request.headers['content-type'] ?? '');
    const fault = this.faults.shift();
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.destroy();
    const answer = this.#handle(body, isWide);
    if (fault === 'hang_done') return;
    if (fault === 'reset_done') return void request.socket.destroy();
    response.writeHead(fault === 'status' ? 503 : 200, { 'content-type': 'text/xml' });
    if (fault === 'endless') return sendWithoutEnd(response);
    if (fault === 'empty') return void response.end();
    if (fault === 'page') return void response.end('<html><body>It works!</body></html>');
    // To a request in UTF-8 the answer keeps only what the 8-bit characters of the PC have.
    const text = isWide ? answer : answer.replace(/[\u0100-\uffff]/g, '?');
    response.end(encodeXml(text, isWide ? 'utf-16le' : 'utf-8'));
  }

  #handle(body: Uint8Array, isWide: boolean): string {
    const head = new Map<string, string>();
    const records: XmlNode[] = [];
    const wanted = new Set([...headRecords, ...masterNames, 'VOUCHER']);
    const read = readRecords([body], {
      records: wanted,
      onRecord: (record) => {
        if (headRecords.includes(record.name)) head.set(record.name, record.text.trim());
        else records.push(record);
      },
    });
    const hasMark = body[0] === 0xff && body[1] === 0xfe;
    if (!read.ok || (hasMark && !isWide)) return UNKNOWN;
    const request = (head.get('TALLYREQUEST') ?? '').toLowerCase();
    const id = head.get('ID') ?? head.get('REPORTNAME') ?? '';
    this.requests.push(id);
    if (request === 'export' && id === 'List of Companies') return this.#companies();
    const books = this.#booksOf(head.get('SVCURRENTCOMPANY'));
    if (request === 'import' || request === 'import data') {
      // Tally does not say so when the company is not open: what comes goes into the one that is.
      const into = books ?? this.books.find(({ company }) => company.isOpen);
      return into === undefined ? lineError('No company is open') : this.#import(id, records, into);
    }
    if (books === undefined) return lineError(`Could not set 'SVCurrentCompany' to '${head.get('SVCURRENTCOMPANY')}'`);
    if (request === 'export' && id === 'List of Accounts') return exported(books.masters());
    if (request === 'export' && id === 'Voucher Register') return this.#register(books, head);
    return UNKNOWN;
  }

  #booksOf(name: string | undefined): EmulatedBooks | undefined {
    const open = this.books.filter(({ company }) => company.isOpen);
    return name === undefined ? open[0] : open.find(({ company }) => exchangeKey(company.name) === exchangeKey(name));
  }

  #companies(): string {
    const open = this.books.filter(({ company }) => company.isOpen);
    const names = open.map(({ company: { name } }) => element('COMPANY', [leaf('NAME', name)], { NAME: name }));
    return envelope(element('COLLECTION', names));
  }

  #register(books: EmulatedBooks, head: ReadonlyMap<string, string>): string {
    const { first, last } = books.company;
    if (this.#options.ignoresPeriod === true) return exported(books.vouchersOf(first, last));
    return exported(
      books.vouchersOf(readDate(head.get('SVFROMDATE') ?? '') ?? first, readDate(head.get('SVTODATE') ?? '') ?? last),
    );
  }

  #import(id: string, records: readonly XmlNode[], books: EmulatedBooks): string {
    const counters: Counters = {
      ...{ created: 0, altered: 0, errors: 0, exceptions: 0, lastVoucherId: 0, lastMasterId: 0 },
      lineErrors: [],
    };
    if (id !== 'All Masters' && id !== 'Vouchers') return UNKNOWN;
    for (const record of records) {
      if (record.name === 'VOUCHER') books.voucher(record, counters, this.#options.refusedAs ?? 'errors');
      else books.master(record, counters);
    }
    return envelope(element('IMPORTRESULT', importResult(counters)));
  }
}

const importResult = (counters: Counters): readonly string[] => [
  ...counters.lineErrors.map((text) => leaf('LINEERROR', text)),
  leaf('CREATED', String(counters.created)),
  leaf('ALTERED', String(counters.altered)),
  leaf('DELETED', '0'),
  leaf('LASTVCHID', String(counters.lastVoucherId)),
  leaf('LASTMID', String(counters.lastMasterId)),
  leaf('COMBINED', '0'),
  leaf('IGNORED', '0'),
  leaf('ERRORS', String(counters.errors)),
  leaf('CANCELLED', '0'),
  leaf('EXCEPTIONS', String(counters.exceptions)),
];

const envelope = (data: string, status = '1'): string =>
  element('ENVELOPE', [
    element('HEADER', [leaf('VERSION', '1'), leaf('STATUS', status)]),
    element('BODY', [element('DESC', []), element('DATA', [data])]),
  ]);

const lineError = (text: string): string => envelope(leaf('LINEERROR', text), '0');

/** Reports come in the form of a file for import. */
const exported = (records: readonly XmlNode[]): string =>
  element('ENVELOPE', [
    element('HEADER', [leaf('TALLYREQUEST', 'Import Data')]),
    element('BODY', [
      element('IMPORTDATA', [
        element('REQUESTDESC', [leaf('REPORTNAME', 'All Masters')]),
        element(
          'REQUESTDATA',
          records.map(
            (record) => `\r\n    ${element('TALLYMESSAGE', [exportedXml(record)], { 'xmlns:UDF': 'TallyUDF' })}`,
          ),
        ),
      ]),
    ]),
  ]);

function sendWithoutEnd(response: ServerResponse): void {
  const more = (): void => {
    while (response.writable && response.write(Buffer.alloc(64 * 1024, ' '))) {
      // Until the other side takes no more for now.
    }
    if (response.writable) response.once('drain', more);
  };
  more();
}
