import { createHash, timingSafeEqual } from 'node:crypto';
import { isIsoDate } from '../../../kernel/dates.ts';
import { decimalText } from '../../../kernel/money.ts';
import {
  ConnectorEmulator,
  type EmulatedAnswer,
  type EmulatedRequest,
  type EmulatorKind,
  type EmulatorSetup,
} from '../../_kit/emulator.ts';
import { onlyChild, readSoap, SOAP12, type SoapNode } from './soap-reader.ts';

const SERVICE = 'urn:munim:sbi:corporate-account:1';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const PAGE_LINES = 50;
const FRESH_MS = 5 * 60_000;

/** Why it refuses: the code of SOAP, the subcode with its namespace, and words. */
interface Refusal {
  readonly code: 'Sender' | 'Receiver' | 'MustUnderstand' | 'VersionMismatch';
  readonly subcode: string | null;
  readonly reason: string;
  readonly namespace?: string;
}

/** A corporate account service as resources/wsdl/sbi.wsdl describes it. It shares with the connector only how XML is read. */
export class SbiEmulator extends ConnectorEmulator {
  readonly #nonces = new Set<string>();
  /** Taken one by one instead of an answer. */
  readonly refusals: Refusal[] = [];

  constructor(setup: EmulatorSetup) {
    super(setup, 'SBIN');
  }

  protected answer(request: EmulatedRequest): EmulatedAnswer {
    if (request.method !== 'POST' || !request.path.endsWith('/Service')) {
      return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><body>Not found</body></html>' };
    }
    const contentType = request.headers['content-type'] ?? '';
    const action = /;\s*action="([^"]*)"/.exec(contentType)?.[1];
    if (!contentType.startsWith('application/soap+xml')) return { status: 415, headers: {}, body: '' };
    if (this.#wantsBasic() && !this.#isBasic(request)) {
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="corporate"' }, body: '' };
    }
    const read = readSoap(request.body);
    if (!read.ok || read.value.namespace !== SOAP12 || read.value.name !== 'Envelope') {
      return faultAnswer({ code: 'VersionMismatch', subcode: null, reason: 'SOAP 1.2 is spoken here' });
    }
    const refused = this.refusals.shift() ?? this.#checkSecurity(read.value);
    if (refused !== null) return faultAnswer(refused);
    const asked = onlyChild(read.value, SOAP12, 'Body')?.children[0];
    if (asked === undefined || asked.namespace !== SERVICE || action !== `${SERVICE}/${asked.name.slice(0, -7)}`) {
      return invalid('the body is not what the action says');
    }
    if (asked.name === 'GetAccountBalanceRequest') return this.#balance(asked);
    if (asked.name === 'GetAccountStatementRequest') return this.#statement(asked);
    return invalid('no such operation');
  }

  #balance(asked: SoapNode): EmulatedAnswer {
    const fields = fieldsOf(asked, ['accountNumber', 'requestType']);
    if (fields === null || fields.get('requestType') !== 'BALANCE_INQUIRY') return invalid('a field is wrong');
    const account = fields.get('accountNumber') ?? '';
    if (this.bank.account(account) === undefined) return unknownAccount();
    const { availablePaise, currentPaise } = this.bank.balance(account);
    return said('GetAccountBalanceResponse', [
      leaf('accountNumber', account),
      leaf('currency', 'INR'),
      leaf('availableBalance', decimalText(availablePaise)),
      leaf('ledgerBalance', decimalText(currentPaise)),
      leaf('responseDateTime', indianTime(this.clock.now())),
    ]);
  }

  #statement(asked: SoapNode): EmulatedAnswer {
    const fields = fieldsOf(asked, ['accountNumber', 'fromDate', 'toDate', 'requestType', 'page']);
    if (fields === null || fields.get('requestType') !== 'STATEMENT') return invalid('a field is wrong');
    const [from, to] = [fields.get('fromDate') ?? '', fields.get('toDate') ?? ''];
    const page = Number(fields.get('page') ?? '1');
    if (!isIsoDate(from) || !isIsoDate(to) || from > to) {
      return faultAnswer({ code: 'Sender', subcode: 'InvalidPeriod', reason: 'The period is not valid' });
    }
    if (!Number.isSafeInteger(page) || page < 1) return invalid('no such page');
    const account = fields.get('accountNumber') ?? '';
    if (this.bank.account(account) === undefined) return unknownAccount();
    const { openingPaise, closingPaise, entries } = this.bank.statement(account, from, to);
    const end = page * PAGE_LINES;
    const lines = entries
      .slice(end - PAGE_LINES, end)
      .map((entry) =>
        wrap('line', [
          leaf('transactionDate', entry.date),
          entry.valueDate === null ? '' : leaf('valueDate', entry.valueDate),
          leaf('description', entry.narration),
          entry.reference === null ? '' : leaf('referenceNumber', entry.reference),
          entry.chequeNo === null ? '' : leaf('chequeNumber', entry.chequeNo),
          leaf('direction', entry.debitPaise > 0n ? 'DEBIT' : 'CREDIT'),
          leaf('amount', decimalText(entry.debitPaise > 0n ? entry.debitPaise : entry.creditPaise)),
          entry.balancePaise === null ? '' : leaf('balance', decimalText(entry.balancePaise)),
        ]),
      );
    return said('GetAccountStatementResponse', [
      leaf('accountNumber', account),
      leaf('openingBalance', decimalText(openingPaise)),
      leaf('closingBalance', decimalText(closingPaise)),
      ...lines,
      end < entries.length ? leaf('nextPage', String(page + 1)) : '',
    ]);
  }

  #wantsBasic(): boolean {
    return this.setup.settings.authentication === 'basic';
  }

  #isBasic({ headers }: EmulatedRequest): boolean {
    const { username = '', password = '' } = this.setup.secrets;
    return isSame(headers.authorization ?? '', `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
  }

  #checkSecurity(envelope: SoapNode): Refusal | null {
    if (this.#wantsBasic()) return null;
    const header = onlyChild(envelope, SOAP12, 'Header');
    const security = header === null ? null : onlyChild(header, WSSE, 'Security');
    const token = security === null ? null : onlyChild(security, WSSE, 'UsernameToken');
    if (token === null) return failed('InvalidSecurity', 'There is no user name token');
    const text = (namespace: string, name: string): string => onlyChild(token, namespace, name)?.text ?? '';
    const { username = '', password = '' } = this.setup.secrets;
    if (!isSame(text(WSSE, 'Username'), username)) return failed('FailedAuthentication', 'User or password is wrong');
    const shown = text(WSSE, 'Password');
    if (this.setup.settings.authentication !== 'digest') {
      return isSame(shown, password) ? null : failed('FailedAuthentication', 'User or password is wrong');
    }
    const [nonce, created] = [text(WSSE, 'Nonce'), text(WSU, 'Created')];
    const hash = createHash('sha1').update(Buffer.from(nonce, 'base64')).update(created).update(password);
    if (!isSame(shown, hash.digest('base64'))) return failed('FailedAuthentication', 'User or password is wrong');
    if (!(Math.abs(Date.parse(created) - this.clock.now()) <= FRESH_MS)) return failed('MessageExpired', 'Too old');
    if (this.#nonces.has(nonce)) return failed('InvalidSecurityToken', 'The nonce was used before');
    this.#nonces.add(nonce);
    return null;
  }
}

/** Each of the elements at most once, and no others; null where it is not so. */
function fieldsOf(node: SoapNode, names: readonly string[]): ReadonlyMap<string, string> | null {
  const fields = new Map<string, string>();
  for (const { namespace, name, text, children } of node.children) {
    if (namespace !== SERVICE || !names.includes(name) || fields.has(name) || children.length > 0) return null;
    fields.set(name, text.trim());
  }
  return fields;
}

const indianTime = (at: number): string => `${new Date(at + 330 * 60_000).toISOString().slice(0, 19)}+05:30`;

function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

const safe = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\t\n\r -\u{d7ff}\u{e000}-\u{fffd}]/gu, '');
const wrap = (name: string, inner: readonly string[]): string => `<acc:${name}>${inner.join('')}</acc:${name}>`;
const leaf = (name: string, text: string): string => wrap(name, [safe(text)]);

const soap = (status: number, body: string): EmulatedAnswer => ({
  status,
  headers: { 'content-type': 'application/soap+xml; charset=utf-8' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<S:Envelope xmlns:S="${SOAP12}"><S:Body>${body}</S:Body></S:Envelope>`,
});

const said = (name: string, inner: readonly string[]): EmulatedAnswer =>
  soap(200, wrap(name, inner).replace(`<acc:${name}>`, `<acc:${name} xmlns:acc="${SERVICE}">`));

function faultAnswer({ code, subcode, reason, namespace = SERVICE }: Refusal): EmulatedAnswer {
  const inner =
    subcode === null ? '' : `<S:Subcode><S:Value xmlns:e="${namespace}">e:${safe(subcode)}</S:Value></S:Subcode>`;
  const text = `<S:Reason><S:Text xml:lang="en">${safe(reason)}</S:Text></S:Reason>`;
  const fault = `<S:Fault><S:Code><S:Value>S:${code}</S:Value>${inner}</S:Code>${text}</S:Fault>`;
  return soap(code === 'Sender' ? 400 : 500, fault);
}

const failed = (subcode: string, reason: string): Refusal => ({ code: 'Sender', subcode, reason, namespace: WSSE });
const invalid = (reason: string): EmulatedAnswer => faultAnswer({ code: 'Sender', subcode: 'InvalidRequest', reason });
const unknownAccount = (): EmulatedAnswer =>
  faultAnswer({ code: 'Sender', subcode: 'UnknownAccount', reason: 'The account is not one of yours' });

export const emulator: EmulatorKind = {
  settings: {},
  secrets: { username: 'shanti.college', password: 'Neem-Patta&<Chai>-2026' },
  accounts: [
    { number: '30123456789', ifsc: 'SBIN0000456', holder: 'Shanti Degree College', openingPaise: 12_34_567_89n },
    { number: '00998877665', ifsc: 'SBIN0000456', holder: 'Shanti Degree College Hostel', openingPaise: 5n },
  ],
  create: (setup) => new SbiEmulator(setup),
};
