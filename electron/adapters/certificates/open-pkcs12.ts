import { pbkdf2Sync } from 'node:crypto';
import forge from 'node-forge';

/** What was in a bundle, in DER; keys as PKCS#8. */
export interface OpenedBundle {
  readonly certificates: readonly Uint8Array[];
  readonly keys: readonly Uint8Array[];
}

export type BundleProblem =
  | 'CERTIFICATE_PASSPHRASE_WRONG'
  | 'CERTIFICATE_BUNDLE_UNSUPPORTED'
  | 'CERTIFICATE_BUNDLE_TOO_SLOW'
  | 'CERTIFICATE_DAMAGED';
export type BundleAnswer =
  | ({ readonly ok: true } & OpenedBundle)
  | { readonly ok: false; readonly code: BundleProblem };

/** What exporting programs use is far below; a call that cannot be broken off must not run for hours. */
const ROUNDS_MAX = 5_000_000;
class TooManyRounds extends Error {}

/**
 * Opens a PKCS#12 bundle. The library brings RC2 and 3DES of its own, which neither Node nor Electron have any more and older bundles are
 * locked with. Runs in a thread of its own, since it is slow on purpose; see pkcs12-thread.ts.
 */
export function openPkcs12(bytes: Uint8Array, passphrase: string): BundleAnswer {
  replaceRounds();
  try {
    const bundle = forge.pkcs12.pkcs12FromAsn1(asn1Of(bytes), true, passphrase);
    const bags = bundle.safeContents.flatMap(({ safeBags }) => safeBags);
    const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
    return {
      ok: true,
      certificates: bags.filter(({ type }) => type === certBag).map(certificateOf),
      keys: bags.filter(({ type }) => type === keyBag || type === pkcs8ShroudedKeyBag).map(keyOf),
    };
  } catch (thrown) {
    return { ok: false, code: problemOf(thrown) };
  }
}

function problemOf(thrown: unknown): BundleProblem {
  if (thrown instanceof TooManyRounds) return 'CERTIFICATE_BUNDLE_TOO_SLOW';
  const said = thrown instanceof Error ? thrown.message : '';
  if (/MAC could not be verified|wrong password|Failed to decrypt/i.test(said)) return 'CERTIFICATE_PASSPHRASE_WRONG';
  return /unsupported|supported\.|encrypted PBE data/i.test(said)
    ? 'CERTIFICATE_BUNDLE_UNSUPPORTED'
    : 'CERTIFICATE_DAMAGED';
}

const asn1Of = (bytes: Uint8Array): forge.asn1.Asn1 =>
  forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('latin1')));

const derOf = (asn1: forge.asn1.Asn1): Uint8Array =>
  new Uint8Array(Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1'));

/** The library reads RSA only; of anything else it leaves the parsed bytes. */
const certificateOf = (bag: forge.pkcs12.Bag): Uint8Array =>
  derOf(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1);

const keyOf = (bag: forge.pkcs12.Bag): Uint8Array =>
  derOf(bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1);

interface Digest {
  readonly algorithm: string;
}

/**
 * PBKDF2 by Node, which is fifty times faster; and by the UTF-8 of the passphrase, as OpenSSL and Windows do it, where the library takes
 * the characters for bytes.
 */
function replaceRounds(): void {
  const derive = (passphrase: string, salt: string, rounds: number, length: number, digest: Digest | null): string => {
    if (!(rounds <= ROUNDS_MAX)) throw new TooManyRounds();
    return pbkdf2Sync(passphrase, Buffer.from(salt, 'latin1'), rounds, length, digest?.algorithm ?? 'sha1').toString(
      'latin1',
    );
  };
  Object.assign(forge.pkcs5, { pbkdf2: derive });
}
