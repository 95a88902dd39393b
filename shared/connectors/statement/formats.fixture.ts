import type { Statement, StatementEntry } from '../../domain/statement/model.ts';
import { addDays } from '../../kernel/dates.ts';
import { decimalText, type Paise } from '../../kernel/money.ts';

const magnitude = (paise: Paise): Paise => (paise < 0n ? -paise : paise);
const amountOf = ({ debitPaise, creditPaise }: StatementEntry): Paise => debitPaise + creditPaise;
const short = (date: string): string => date.slice(2).replaceAll('-', '');

function cut(text: string, width: number): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += width) lines.push(text.slice(at, at + width));
  return lines.length === 0 ? [''] : lines;
}

export interface SwiftStyle {
  readonly structured: boolean;
  /** In an envelope of blocks, as it travels. */
  readonly enveloped: boolean;
  readonly lineEnd: '\r\n' | '\n';
  /** Reversal marks instead of plain ones: the money goes the same way. */
  readonly reversals: boolean;
  /** Lines of a message; the rest goes into further ones. */
  readonly perMessage: number;
}

/** MT940 as banks write it. */
export function writeMt940(statement: Statement, style: SwiftStyle): string {
  const { entries, openingPaise, accountNumber, from, to } = statement;
  const messages: string[] = [];
  let balance = openingPaise ?? 0n;
  const pages = Math.max(1, Math.ceil(entries.length / style.perMessage));
  for (let page = 0; page < pages; page += 1) {
    const [isFirst, isLast] = [page === 0, page === pages - 1];
    const lines = [':20:STMT26', `:25:HDFC0000123/${accountNumber}`, `:28C:00007/${String(page + 1).padStart(3, '0')}`];
    lines.push(`:60${isFirst ? 'F' : 'M'}:${balanceText(balance, from)}`);
    for (const entry of entries.slice(page * style.perMessage, (page + 1) * style.perMessage)) {
      balance += entry.creditPaise - entry.debitPaise;
      lines.push(...swiftEntry(entry, style));
    }
    lines.push(`:62${isLast ? 'F' : 'M'}:${balanceText(balance, to)}`);
    if (isLast) lines.push(`:64:${balanceText(balance, to)}`, ':86:END OF STATEMENT');
    const body = lines.join(style.lineEnd);
    messages.push(
      style.enveloped
        ? `{1:F01HDFCINBBAXXX0000000000}{2:I940CLIENTXXN}{4:${style.lineEnd}${body}${style.lineEnd}-}`
        : `${body}${style.lineEnd}-`,
    );
  }
  return `${messages.join(style.lineEnd)}${style.lineEnd}`;
}

const balanceText = (paise: Paise, date: string): string =>
  `${paise < 0n ? 'D' : 'C'}${short(date)}INR${decimalText(magnitude(paise)).replace('.', ',')}`;

function swiftEntry(entry: StatementEntry, { structured, reversals }: SwiftStyle): string[] {
  const isCredit = entry.creditPaise > 0n;
  const mark = reversals ? (isCredit ? 'RD' : 'RC') : isCredit ? 'C' : 'D';
  const amount = decimalText(amountOf(entry)).replace('.', ',');
  const reference = entry.chequeNo === null ? `NTRFNONREF//${entry.reference ?? 'NONREF'}` : `NCHK${entry.chequeNo}`;
  const value = short(entry.valueDate ?? entry.date);
  const text = structured
    ? `166?00?109999${cut(entry.narration, 27)
        .map((part, index) => `?${index < 10 ? 20 + index : 50 + index}${part}`)
        .join('')}`
    : entry.narration;
  const lines = cut(text, 65);
  return [
    `:61:${value}${entry.date.slice(5).replace('-', '')}${mark}R${amount}${reference}`,
    `:86:${lines[0] ?? ''}`,
    ...lines.slice(1),
  ];
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export interface CamtStyle {
  readonly version: '02' | '04' | '08';
  readonly prefix: string;
  /** With a clock and the distance of Greenwich, where the day in India is another. */
  readonly clocks: boolean;
  readonly perStatement: number;
}

/** CAMT.053 as banks write it. */
export function writeCamt053(statement: Statement, style: CamtStyle): string {
  const { entries, openingPaise, from, to, accountNumber } = statement;
  const parts: string[] = [];
  let balance = openingPaise ?? 0n;
  for (let at = 0; at === 0 || at < entries.length; at += style.perStatement) {
    const before = balance;
    const page = entries.slice(at, at + style.perStatement);
    for (const { creditPaise, debitPaise } of page) balance += creditPaise - debitPaise;
    parts.push(`<Stmt><Id>S${at}</Id><FrToDt><FrDtTm>${from}T00:00:00</FrDtTm><ToDtTm>${to}T23:59:59</ToDtTm></FrToDt>
      <Acct><Id><Othr><Id>${accountNumber}</Id></Othr></Id><Ccy>INR</Ccy></Acct>
      ${camtBalance('OPBD', before, from)}${camtBalance('CLBD', balance, to)}
      ${page.map((entry) => camtEntry(entry, style)).join('\n')}
      <Ntry><Amt Ccy="INR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>${status('PDNG', style)}<BookgDt><Dt>${to}</Dt></BookgDt></Ntry></Stmt>`);
  }
  const xml = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${style.version}"><BkToCstmrStmt>
    <GrpHdr><MsgId>M1</MsgId></GrpHdr>${parts.join('\n')}</BkToCstmrStmt></Document>`;
  const named =
    style.prefix === ''
      ? xml
      : xml.replace(/<(\/?)(?=[A-Z])/g, `<$1${style.prefix}:`).replace('xmlns=', `xmlns:${style.prefix}=`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${named}`;
}

const camtBalance = (kind: string, paise: Paise, date: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp><Amt Ccy="INR">${decimalText(magnitude(paise))}</Amt>` +
  `<CdtDbtInd>${paise < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`;

const status = (code: string, { version }: CamtStyle): string =>
  version === '08' ? `<Sts><Cd>${code}</Cd></Sts>` : `<Sts>${code}</Sts>`;

function camtEntry(entry: StatementEntry, style: CamtStyle): string {
  const day = (date: string): string =>
    style.clocks ? `<DtTm>${addDays(date, -1)}T20:30:00Z</DtTm>` : `<Dt>${date}</Dt>`;
  const refs = [
    entry.reference === null ? '' : `<ClrSysRef>${entry.reference}</ClrSysRef>`,
    '<EndToEndId>NOTPROVIDED</EndToEndId>',
    entry.chequeNo === null ? '' : `<ChqNb>${entry.chequeNo}</ChqNb>`,
  ];
  return `<Ntry><Amt Ccy="INR">${decimalText(amountOf(entry))}</Amt><CdtDbtInd>${entry.creditPaise > 0n ? 'CRDT' : 'DBIT'}</CdtDbtInd>
    ${status('BOOK', style)}<BookgDt>${day(entry.date)}</BookgDt><ValDt>${day(entry.valueDate ?? entry.date)}</ValDt>
    <NtryDtls><TxDtls><Refs>${refs.join('')}</Refs><RmtInf><Ustrd>${escaped(entry.narration)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
}

export interface OfxStyle {
  /** Version 2 closes every tag. */
  readonly xml: boolean;
  /** The beginning of the memo in the name too, as many banks do. */
  readonly named: boolean;
  readonly newestFirst: boolean;
}

/** OFX as banks write it. */
export function writeOfx(statement: Statement, { xml, named, newestFirst }: OfxStyle): string {
  const tag = (name: string, text: string): string => `<${name}>${escaped(text)}${xml ? `</${name}>` : ''}\n`;
  const day = (date: string): string => date.replaceAll('-', '');
  const lines = statement.entries.map((entry, index) => {
    const sign = entry.debitPaise > 0n ? '-' : index % 2 === 0 ? '+' : '';
    return [
      '<STMTTRN>\n',
      tag('TRNTYPE', entry.debitPaise > 0n ? 'DEBIT' : 'CREDIT'),
      tag('DTPOSTED', `${day(entry.date)}120000[+5.5:IST]`),
      entry.valueDate === null ? '' : tag('DTAVAIL', day(entry.valueDate)),
      tag('TRNAMT', `${sign}${decimalText(amountOf(entry))}`),
      entry.reference === null ? '' : tag('FITID', entry.reference),
      entry.chequeNo === null ? '' : tag('CHECKNUM', entry.chequeNo),
      named ? tag('NAME', [...entry.narration].slice(0, 32).join('').trim()) : '',
      tag('MEMO', entry.narration),
      '</STMTTRN>\n',
    ].join('');
  });
  const body = `<OFX><SIGNONMSGSRSV1><SONRS><STATUS>${tag('CODE', '0')}</STATUS>${tag('DTSERVER', '20260501')}</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><STMTRS>
${tag('CURDEF', 'INR')}<BANKACCTFROM>${tag('BANKID', 'HDFC')}${tag('ACCTID', statement.accountNumber ?? '')}</BANKACCTFROM>
<BANKTRANLIST>${tag('DTSTART', day(statement.from))}${tag('DTEND', day(statement.to))}${(newestFirst ? lines.toReversed() : lines).join('')}</BANKTRANLIST>
<LEDGERBAL>${tag('BALAMT', decimalText(statement.closingPaise ?? 0n))}${tag('DTASOF', day(statement.to))}</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n`;
  const head = xml
    ? '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n'
    : 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\n\n';
  return head + body;
}
