import { createHash, createHmac, createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import type { KeyedCertificate } from './certificates.ts';
import { bmpString, type Der, explicit, integer, nothing, octets, oid, sequence, setOf } from './der.ts';

const ITERATIONS = 2048;
const DATA = '1.2.840.113549.1.7.1';

/** A certificate, its key and its authority as one file under a passphrase (RFC 7292), as banks hand them out. */
export function pkcs12({ cert, key, ca }: KeyedCertificate, passphrase: string, label = 'Munim'): Uint8Array {
  const own = new X509Certificate(cert).raw;
  const localKeyId = new Uint8Array(createHash('sha1').update(own).digest());
  const attributes = setOf(
    sequence(oid('1.2.840.113549.1.9.20'), setOf(bmpString(label))),
    sequence(oid('1.2.840.113549.1.9.21'), setOf(octets(localKeyId))),
  );
  const shrouded = createPrivateKey(key).export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase });
  const keyBag = sequence(oid('1.2.840.113549.1.12.10.1.2'), explicit(0, new Uint8Array(shrouded)), attributes);
  const content = sequence(
    data(sequence(certBag(own, attributes), certBag(new X509Certificate(ca).raw))),
    data(sequence(keyBag)),
  );
  return sequence(integer(3), data(content), mac(content, passphrase));
}

const data = (content: Der): Der => sequence(oid(DATA), explicit(0, octets(content)));

const certBag = (cert: Uint8Array, attributes?: Der): Der =>
  sequence(
    oid('1.2.840.113549.1.12.10.1.3'),
    explicit(0, sequence(oid('1.2.840.113549.1.9.22.1'), explicit(0, octets(new Uint8Array(cert))))),
    ...(attributes === undefined ? [] : [attributes]),
  );

function mac(content: Der, passphrase: string): Der {
  const salt = new Uint8Array(randomBytes(16));
  const tag = createHmac('sha256', macKey(passphrase, salt)).update(content).digest();
  const digest = sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), nothing()), octets(new Uint8Array(tag)));
  return sequence(digest, octets(salt), integer(ITERATIONS));
}

/** The key derivation of appendix B.2 for one block: blocks of SHA-256 are 64 bytes, of which 32 come out. */
function macKey(passphrase: string, salt: Uint8Array): Uint8Array {
  const password = Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
  const filled = (bytes: Uint8Array): Uint8Array => {
    const length = 64 * Math.ceil(bytes.length / 64);
    return Uint8Array.from({ length }, (_, at) => bytes[at % bytes.length] ?? 0);
  };
  const input = Buffer.concat([new Uint8Array(64).fill(3), filled(salt), filled(password)]);
  let digest = createHash('sha256').update(input).digest();
  for (let round = 1; round < ITERATIONS; round += 1) digest = createHash('sha256').update(digest).digest();
  return new Uint8Array(digest);
}
