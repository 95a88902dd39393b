import type { IsoDate } from '../../../kernel/dates.ts';
import type { HttpRequest } from '../../operation.ts';
import { writeDate } from './amounts.ts';
import { element, encodeXml, leaf, leafOf, type TallyEncoding } from './xml-text.ts';

/** What every request says: to which company it goes, and in which encoding, which is also that of the answer. */
export interface RequestFrame {
  readonly company: string;
  /**
   * UTF-16 unless said otherwise: to a request in UTF-8, Tally answers in the 8-bit characters of its PC, so that Devanagari comes back as
   * question marks.
   */
  readonly encoding?: TallyEncoding;
}

export interface Period {
  readonly first: IsoDate;
  readonly last: IsoDate;
}

export type ImportId = 'All Masters' | 'Vouchers';

const message = (record: string): string => element('TALLYMESSAGE', [record], { 'xmlns:UDF': 'TallyUDF' });
const header = (request: string, type: string, id: string): string =>
  element('HEADER', [leaf('VERSION', '1'), leaf('TALLYREQUEST', request), leaf('TYPE', type), leaf('ID', id)]);

const post = (xml: string, encoding: TallyEncoding = 'utf-16le'): HttpRequest => ({
  method: 'POST',
  path: '/',
  headers: { 'content-type': `text/xml; charset=${encoding === 'utf-8' ? 'utf-8' : 'utf-16'}` },
  body: encodeXml(xml, encoding),
});

/** Masters that are there already take what is sent, instead of adding opening balances up. */
const overwrite = leaf('IMPORTDUPS', '@@DUPMODIFY');

export const importRequest = (id: ImportId, records: readonly string[], frame: RequestFrame): HttpRequest =>
  post(
    element('ENVELOPE', [
      header('Import', 'Data', id),
      element('BODY', [
        element('DESC', [element('STATICVARIABLES', [leaf('SVCURRENTCOMPANY', frame.company), overwrite])]),
        element('DATA', records.map(message)),
      ]),
    ]),
    frame.encoding,
  );

/** The same for Gateway of Tally > Import, which takes the company that is open and the older head of a file. */
export const importFile = (id: ImportId, records: readonly string[], encoding: TallyEncoding = 'utf-16le') =>
  encodeXml(
    element('ENVELOPE', [
      element('HEADER', [leaf('TALLYREQUEST', 'Import Data')]),
      element('BODY', [
        element('IMPORTDATA', [
          element('REQUESTDESC', [leaf('REPORTNAME', id), element('STATICVARIABLES', [overwrite])]),
          element('REQUESTDATA', records.map(message)),
        ]),
      ]),
    ]),
    encoding,
  );

interface Export {
  readonly type: 'Data' | 'Collection';
  readonly id: string;
  readonly company: string | null;
  readonly encoding: TallyEncoding | undefined;
  readonly variables: readonly string[];
}

const exportRequest = ({ type, id, company, encoding, variables }: Export): HttpRequest =>
  post(
    element('ENVELOPE', [
      header('Export', type, id),
      element('BODY', [
        element('DESC', [
          element('STATICVARIABLES', [
            leaf('SVEXPORTFORMAT', '$$SysName:XML'),
            leafOf('SVCURRENTCOMPANY', company),
            ...variables,
          ]),
        ]),
      ]),
    ]),
    encoding,
  );

/** The companies that are open. */
export const companiesRequest = (encoding?: TallyEncoding): HttpRequest =>
  exportRequest({ type: 'Collection', id: 'List of Companies', company: null, encoding, variables: [] });

export const mastersRequest = ({ company, encoding }: RequestFrame): HttpRequest =>
  exportRequest({
    ...{ type: 'Data', id: 'List of Accounts', company, encoding },
    variables: [leaf('ACCOUNTTYPE', 'All Masters'), leaf('EXPLODEFLAG', 'Yes')],
  });

/** The Voucher Register keeps to the period where the Day Book often shows its own day only. */
export const vouchersRequest = ({ company, encoding }: RequestFrame, { first, last }: Period): HttpRequest =>
  exportRequest({
    ...{ type: 'Data', id: 'Voucher Register', company, encoding },
    variables: [
      leaf('SVFROMDATE', writeDate(first), { TYPE: 'Date' }),
      leaf('SVTODATE', writeDate(last), { TYPE: 'Date' }),
      leaf('EXPLODEFLAG', 'Yes'),
    ],
  });
