import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bitString,
  type Der,
  der,
  explicit,
  integer,
  nothing,
  octets,
  oid,
  pem,
  sequence,
  setOf,
  time,
  truth,
  utf8,
} from './der.ts';

/** A certificate with its key and those of whom it was issued by, all as PEM. */
export interface KeyedCertificate {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

export interface IssueOptions {
  readonly name: string;
  readonly use: 'server' | 'client';
  /** Names and addresses of a server; `localhost` and the loopback addresses when not given. */
  readonly hosts?: readonly string[];
  /** Milliseconds UTC. Around now when not given. */
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly algorithm?: 'ec' | 'rsa';
}

const DAY_MS = 86_400_000;
const EC_KEY = oid('1.2.840.10045.4.3.2');
const RSA_KEY = oid('1.2.840.113549.1.1.11');

/** A certificate authority that lives as long as a test, or a rehearsal, does. Nobody should ever trust it for anything else. */
export class TestAuthority {
  /** PEM, for those who are to trust it. */
  readonly cert: string;
  /** PEM; whoever keeps it can take the authority up again. */
  readonly key: string;
  readonly #signer: Signer;

  private constructor(cert: string, signer: Signer) {
    this.cert = cert;
    this.key = keyPem(signer.key);
    this.#signer = signer;
  }

  static make(name = 'Munim test authority'): TestAuthority {
    const { privateKey, publicKey } = newKeys('ec');
    const signer = { name, key: privateKey, keyId: keyIdOf(publicKey) };
    const now = Date.now();
    const cert = certificate(signer, {
      name,
      publicKey,
      from: now - DAY_MS,
      to: now + 3_650 * DAY_MS,
      extensions: [
        extension('2.5.29.19', sequence(truth()), true),
        // keyCertSign and cRLSign.
        extension('2.5.29.15', bitString(Uint8Array.of(0x06), 1), true),
      ],
    });
    return new TestAuthority(cert, signer);
  }

  /** Takes up one again that was written down. */
  static from(cert: string, key: KeyObject): TestAuthority {
    const read = new X509Certificate(cert);
    const name = /^CN=(.*)$/m.exec(read.subject)?.[1] ?? '';
    return new TestAuthority(cert, { name, key, keyId: keyIdOf(read.publicKey) });
  }

  issue(options: IssueOptions): KeyedCertificate {
    const { privateKey, publicKey } = newKeys(options.algorithm ?? 'ec');
    const now = Date.now();
    const isServer = options.use === 'server';
    const hosts = options.hosts ?? ['localhost', '127.0.0.1', '::1'];
    const cert = certificate(this.#signer, {
      name: options.name,
      publicKey,
      from: options.validFrom ?? now - DAY_MS,
      to: options.validTo ?? now + 365 * DAY_MS,
      extensions: [
        extension('2.5.29.19', sequence(), true),
        // digitalSignature and keyEncipherment.
        extension('2.5.29.15', bitString(Uint8Array.of(0xa0), 5), true),
        extension('2.5.29.37', sequence(oid(isServer ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2'))),
        ...(isServer ? [extension('2.5.29.17', sequence(...hosts.map(hostName)))] : []),
      ],
    });
    return { cert, key: keyPem(privateKey), ca: this.cert };
  }
}

interface Signer {
  readonly name: string;
  readonly key: KeyObject;
  readonly keyId: Uint8Array;
}

interface CertificateParts {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly from: number;
  readonly to: number;
  readonly extensions: readonly Der[];
}

function newKeys(algorithm: 'ec' | 'rsa') {
  if (algorithm === 'ec') return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function certificate(signer: Signer, { name, publicKey, from, to, extensions }: CertificateParts): string {
  const isEc = signer.key.asymmetricKeyType === 'ec';
  const algorithm = isEc ? sequence(EC_KEY) : sequence(RSA_KEY, nothing());
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01;
  const body = sequence(
    explicit(0, integer(2)),
    integer(new Uint8Array(serial)),
    algorithm,
    nameOf(signer.name),
    sequence(time(from), time(to)),
    nameOf(name),
    new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    explicit(
      3,
      sequence(
        ...extensions,
        extension('2.5.29.14', octets(keyIdOf(publicKey))),
        extension('2.5.29.35', sequence(der(0x80, signer.keyId))),
      ),
    ),
  );
  return pem('CERTIFICATE', sequence(body, algorithm, bitString(new Uint8Array(sign('sha256', body, signer.key)))));
}

const nameOf = (name: string): Der => sequence(setOf(sequence(oid('2.5.4.3'), utf8(name))));

const extension = (id: string, value: Der, isCritical = false): Der =>
  sequence(oid(id), ...(isCritical ? [truth()] : []), octets(value));

function hostName(host: string): Der {
  if (isIP(host) === 4) return der(0x87, Uint8Array.from(host.split('.').map(Number)));
  if (isIP(host) === 6) return der(0x87, ipv6Bytes(host));
  return der(0x82, Buffer.from(host, 'ascii'));
}

function ipv6Bytes(host: string): Uint8Array {
  const [head = '', tail] = host.split('::');
  const groups = (text: string): string[] => text.split(':').filter((group) => group !== '');
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const all = [...first, ...Array.from({ length: zeros }, () => '0'), ...last];
  return new Uint8Array(Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex'));
}

const keyIdOf = (key: KeyObject): Uint8Array =>
  new Uint8Array(
    createHash('sha1')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest(),
  );

const keyPem = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }));
