import { createPrivateKey, randomBytes } from 'node:crypto';
import type { BankConnector } from '../../shared/connectors/_kit/bank.ts';
import type {
  ConnectorEmulator,
  EmulatedAnswer,
  EmulatedRequest,
  EmulatorKind,
} from '../../shared/connectors/_kit/emulator.ts';
import type { Manifest } from '../../shared/connectors/_kit/manifest.ts';
import type { ConnectorContext } from '../../shared/connectors/_kit/operation.ts';
import { bankConnectors } from '../../shared/connectors/registry.gen.ts';
import type { ChosenFile } from '../../shared/ports/secret-prompt.ts';
import { type KeyedCertificate, TestAuthority } from '../../shared/testing/certificates.ts';
import { pkcs12 } from '../../shared/testing/pkcs12.ts';
import type { Planted } from '../../shared/testing/secret-search.ts';
import { emulators } from '../../tools/sandbox/emulators.gen.ts';

/** What a bank says instead of its answer, of what it was just told. */
export type Echo = (request: EmulatedRequest) => EmulatedAnswer;

export interface PlantedBank {
  readonly id: string;
  readonly manifest: Manifest;
  readonly emulator: ConnectorEmulator;
  readonly url: string;
  /** Those of the emulator, which looks at them again for each request. */
  readonly settings: Record<string, string>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly account: { readonly number: string; readonly ifsc: string };
  /** The files of the certificate, and what opens them. */
  readonly files: readonly ChosenFile[];
  readonly passphrase: string | null;
  /** Taken one by one instead of answers. */
  readonly echoes: Echo[];
}

/** Signs that other forms write differently, and nothing that chance makes again. */
const secretText = (label: string, more = ''): string => `${label}${more}-${randomBytes(18).toString('base64url')}`;

const given = (): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
  icici: { clientSecret: secretText('Ic', '+/=&% "'), webhookSecret: secretText('Iw') },
  hdfc: { apiKey: secretText('Hd', '/+=&%') },
  axis: { clientId: secretText('Ai'), clientSecret: secretText('Ax', '&<>"') },
  sbi: { username: secretText('Su'), password: secretText('Sp', `&<Chai> "'`) },
  neft: { apiKey: secretText('Na', '=+/'), webhookSecret: secretText('Nw') },
});

/** Every bank and gateway of the registry as an emulator, with secrets of its own that are known here and must be nowhere else. */
export class PlantedBanks {
  readonly authority = TestAuthority.make('Authority of the planted banks');
  readonly banks: PlantedBank[] = [];
  readonly #planted: Planted[] = [];

  static async start(): Promise<PlantedBanks> {
    const made = new PlantedBanks();
    const secrets = given();
    for (const { connector, kind } of emulators) await made.#start(connector.manifest, kind, secrets);
    return made;
  }

  of(id: string): PlantedBank {
    const found = this.banks.find((bank) => bank.id === id);
    if (found === undefined) throw new Error(`no bank ${id}`);
    return found;
  }

  async stop(): Promise<void> {
    for (const { emulator } of this.banks) await emulator.stop();
  }

  /** Everything that was given to the desks, and the tokens that the banks have issued so far. */
  planted(): Planted[] {
    const tokens = this.banks.flatMap(({ id, emulator }) =>
      emulator.requests.flatMap(({ headers }) => {
        const token = /^Bearer (tok-.+)$/.exec(headers.authorization ?? '')?.[1];
        return token === undefined ? [] : [{ name: `${id} token ${token.slice(0, 8)}`, value: token }];
      }),
    );
    return [...this.#planted, ...new Map(tokens.map((one) => [one.name, one])).values()];
  }

  /** A certificate of the college as files, and what is secret about it. */
  certificateFor(id: string): { readonly files: readonly ChosenFile[]; readonly passphrase: string | null } {
    const issued = this.authority.issue({
      name: `Munim desk for ${id}`,
      use: 'client',
      algorithm: id === 'axis' ? 'rsa' : 'ec',
    });
    this.#planted.push(...keyParts(`${id} certificate`, issued.key));
    const passphrase = id === 'axis' ? null : secretText('Pass ', 'phrase &');
    if (passphrase !== null) this.#planted.push({ name: `${id} passphrase`, value: passphrase });
    return { files: filesOf(id, issued, passphrase), passphrase };
  }

  async #start(
    manifest: Manifest,
    kind: EmulatorKind,
    own: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ): Promise<void> {
    const { id } = manifest;
    const secrets = { ...kind.secrets, ...own[id] };
    const settings = { ...kind.settings };
    const emulator = kind.create({
      tls: this.authority.issue({ name: `Bank ${id}`, use: 'server' }),
      clientCa: manifest.mutualTls ? this.authority.cert : null,
      ...{ settings, secrets, accounts: kind.accounts },
    });
    const echoes: Echo[] = [];
    // What it says is its own, but for the echoes.
    const inner = emulator as unknown as { answer(request: EmulatedRequest): EmulatedAnswer | Promise<EmulatedAnswer> };
    const usual = inner.answer.bind(emulator);
    inner.answer = (request) => (isToken(request) ? undefined : echoes.shift())?.(request) ?? usual(request);
    const path = new URL(manifest.baseUrls.production).pathname.replace(/\/$/, '');
    const url = `${await emulator.start()}${path}`;
    for (const [name, value] of Object.entries(secrets)) {
      if (/PRIVATE KEY|"d":/.test(value)) this.#planted.push(...keyParts(`${id} ${name}`, value));
      else if (!name.startsWith('bank')) this.#planted.push({ name: `${id} ${name}`, value });
    }
    const [account] = kind.accounts;
    if (account === undefined) throw new Error(`${id} has no account`);
    const certificate = manifest.mutualTls ? this.certificateFor(id) : { files: [], passphrase: null };
    this.banks.push({ id, manifest, emulator, url, settings, secrets, account, echoes, ...certificate });
  }
}

const isToken = ({ path }: EmulatedRequest): boolean => /token/.test(path);

function filesOf(id: string, issued: KeyedCertificate, passphrase: string | null): readonly ChosenFile[] {
  const file = (name: string, text: string): ChosenFile => ({ name: `${id}-${name}`, bytes: Buffer.from(text) });
  if (passphrase === null) return [file('both.pem', `${issued.cert}\n${issued.key}`)];
  if (id === 'icici') return [{ name: 'college.p12', bytes: pkcs12(issued, passphrase) }];
  const locked = createPrivateKey(issued.key).export({
    ...({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc' } as const),
    passphrase,
  });
  return [file('college.crt', issued.cert), file('college.key', String(locked))];
}

/** A private key as PEM, as DER, and each of the numbers in it that nobody may know. */
export function keyParts(name: string, text: string): Planted[] {
  const key = createPrivateKey(text.trim().startsWith('{') ? { key: JSON.parse(text), format: 'jwk' } : text);
  const der = key.export({ format: 'der', type: 'pkcs8' });
  const numbers = key.export({ format: 'jwk' });
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [
    { name: `${name} PEM`, value: lines.join('\n'), halves: false },
    { name: `${name} DER`, value: der, halves: false },
    ...(['d', 'p', 'q', 'dp', 'dq', 'qi'] as const).flatMap((part) => {
      const number = numbers[part];
      return typeof number === 'string' ? [{ name: `${name} ${part}`, value: Buffer.from(number, 'base64url') }] : [];
    }),
  ];
}

const told = ({ method, path, headers, body }: EmulatedRequest): string =>
  `${method} ${path} ${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' ')} ${Buffer.from(body).toString()}`;

/** Of the headers the one that lets in, which comes first, so that it is not cut off. */
const credential = ({ headers }: EmulatedRequest): string =>
  headers.authorization ?? headers['x-api-key'] ?? headers['x-ibm-client-secret'] ?? headers.apikey ?? '';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Errors as one bank or another has them, all in one. */
const errorBody = (code: string, said: string): string =>
  JSON.stringify({
    ...{ errorCode: code, errorMessage: said, message: said, error: { code: code.toLowerCase(), message: said } },
    ...{ httpCode: code, httpMessage: said, moreInformation: said },
  });

const soapFault = (said: string): string =>
  `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><e:Fault><e:Code><e:Value>e:Sender</e:Value></e:Code>` +
  `<e:Reason><e:Text xml:lang="en">${escaped(said)}</e:Text></e:Reason></e:Fault></e:Body></e:Envelope>`;

const jsonType = { 'content-type': 'application/json' };
const soapType = { 'content-type': 'application/soap+xml; charset=utf-8' };

/** The ways in which a bank may say back what it was told. */
export const echoes: Readonly<Record<string, Echo>> = {
  'an error with a known code': (request) => ({
    ...{ status: 400, headers: jsonType, body: errorBody('INVALID_ACCOUNT', `${credential(request)} refused`) },
  }),
  'an error with the whole request': (request) => ({
    ...{ status: 422, headers: jsonType, body: errorBody('ODD', told(request)) },
  }),
  'a code that is the credential': (request) => ({
    ...{ status: 400, headers: jsonType, body: errorBody(credential(request).slice(0, 64), 'no') },
  }),
  'a forbidden one': (request) => ({
    status: 403,
    headers: { ...jsonType, 'www-authenticate': `Bearer error="${encodeURIComponent(credential(request))}"` },
    body: errorBody('FORBIDDEN', Buffer.from(credential(request)).toString('base64')),
  }),
  'a success with the request in it': (request) => ({
    ...{
      status: 200,
      headers: jsonType,
      body: JSON.stringify({ request: told(request), status: credential(request) }),
    },
  }),
  'a page': (request) => ({
    ...{ status: 200, headers: { 'content-type': 'text/html' }, body: `<p>${escaped(told(request))}</p>` },
  }),
  'a type of content': (request) => ({
    ...{
      status: 200,
      headers: { 'content-type': `text/${credential(request).replace(/[^\x21-\x7e]/g, '')}` },
      body: '{}',
    },
  }),
  'another address': (request) => ({
    ...{
      status: 302,
      headers: { location: `https://127.0.0.1/?key=${encodeURIComponent(credential(request))}` },
      body: '',
    },
  }),
  'a SOAP fault': (request) => ({
    ...{ status: 400, headers: soapType, body: soapFault(`${credential(request)} refused`) },
  }),
  'a SOAP fault with the header of the request': (request) => {
    const header = /<[^>]*Password[^>]*>([^<]*)</.exec(Buffer.from(request.body).toString())?.[1] ?? '';
    return { status: 500, headers: soapType, body: soapFault(`the password ${header} does not fit`) };
  },
};

/** Bad connectors of our own making: what they throw has everything in it that they know. */
export function throwing(where: 'request' | 'response'): BankConnector {
  const neft = bankConnectors.get('neft');
  if (neft?.balance === undefined) throw new Error('the gateway tells no balance');
  const blurt = (context: ConnectorContext, more: string): Error =>
    new Error(`${JSON.stringify(context.secrets)} ${context.accessToken} ${more}`, {
      cause: new Error(context.secrets.apiKey),
    });
  const { balance } = neft;
  return {
    ...{ manifest: { ...neft.manifest, id: `bad-${where}` } },
    balance: {
      ...balance,
      request: (input, context) => {
        if (where === 'request') throw blurt(context, 'request');
        return balance.request(input, context);
      },
      response: (response, _input, context) => {
        throw blurt(context, Buffer.from(response.body).toString());
      },
    },
  };
}
