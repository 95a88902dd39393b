import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type ErrorCode, type ErrorDetails, type Refusal, refusal } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import type { AuthorityBundle, CertificateReader, ClientCertificate } from '../../../shared/ports/certificates.ts';
import { checkClient, dateProblem, factsOf } from './check-certificate.ts';
import { isPem, type PemBlock, pemBlocks, pemOf } from './pem-blocks.ts';
import { openInThread } from './pkcs12-thread.ts';

interface Found {
  readonly certificates: readonly X509Certificate[];
  readonly keys: readonly KeyObject[];
}

/** Certificates as banks hand them out: PEM files with an open or a locked key, or one PKCS#12 bundle. */
export const certificateReader: CertificateReader = {
  readClient: async (files, passphrase, now): Promise<Result<ClientCertificate, Refusal>> => {
    const found = await readAll(files, passphrase);
    if (!found.ok) return found;
    const { certificates, keys } = found.value;
    const [key, another] = keys;
    if (certificates.length === 0) return refuse('CERTIFICATE_NOT_IN_FILE');
    if (key === undefined) return refuse('CERTIFICATE_KEY_NOT_IN_FILE');
    if (another !== undefined) return refuse('CERTIFICATE_SEVERAL_KEYS');
    const checked = checkClient(certificates, key, now);
    if (!checked.ok) return checked;
    return ok({
      facts: factsOf(checked.value[0]),
      cert: checked.value.map((one) => pemOf('CERTIFICATE', one.raw)).join(''),
      key: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    });
  },

  readAuthorities: (files, now): Result<AuthorityBundle, Refusal> => {
    const sizes = sizeProblem(files);
    if (sizes !== null) return err(sizes);
    const read = readCertificates(files.flatMap(certificateBlocks));
    if (!read.ok) return read;
    const authorities = read.value.filter((one) => one.ca);
    if (authorities.length === 0) return refuse('CERTIFICATE_NO_AUTHORITY');
    for (const one of authorities) {
      const problem = dateProblem(one, now);
      if (problem !== null) return err(problem);
    }
    if (authorities.length > limits.certificate.chainMax) {
      return refuse('CERTIFICATE_CHAIN_TOO_LONG', { count: authorities.length, limit: limits.certificate.chainMax });
    }
    return ok({
      pem: authorities.map((one) => pemOf('CERTIFICATE', one.raw)).join(''),
      facts: authorities.map(factsOf),
    });
  },
};

async function readAll(files: readonly Uint8Array[], passphrase: string | null): Promise<Result<Found, Refusal>> {
  const problem = sizeProblem(files);
  if (problem !== null) return err(problem);
  const certificates: X509Certificate[] = [];
  const keys: KeyObject[] = [];
  for (const file of files) {
    const read = isPem(file) ? readPem(file, passphrase) : await readBinary(file, passphrase);
    if (!read.ok) return read;
    certificates.push(...read.value.certificates);
    keys.push(...read.value.keys);
  }
  return ok({ certificates, keys });
}

function sizeProblem(files: readonly Uint8Array[]): Refusal | null {
  const { fileBytesMax, filesMax } = limits.certificate;
  if (files.length > filesMax) return refusal('CERTIFICATE_UNKNOWN_FORM');
  const large = files.find((file) => file.byteLength > fileBytesMax);
  if (large === undefined) return null;
  const sizeKiB = Math.ceil(large.byteLength / 1024);
  return refusal('CERTIFICATE_FILE_TOO_LARGE', { sizeKiB, limitKiB: fileBytesMax / 1024 });
}

function readPem(file: Uint8Array, passphrase: string | null): Result<Found, Refusal> {
  const blocks = pemBlocks(Buffer.from(file).toString('latin1'));
  const certificates = readCertificates(blocks.filter(isCertificate).map((block) => block.text));
  if (!certificates.ok) return certificates;
  const keys: KeyObject[] = [];
  for (const block of blocks.filter(({ label }) => /PRIVATE KEY$/.test(label))) {
    const key = readKey(block, passphrase);
    if (!key.ok) return key;
    keys.push(key.value);
  }
  if (certificates.value.length === 0 && keys.length === 0) return refuse('CERTIFICATE_UNKNOWN_FORM');
  return ok({ certificates: certificates.value, keys });
}

function readKey(block: PemBlock, passphrase: string | null): Result<KeyObject, Refusal> {
  if (block.isEncrypted && passphrase === null) return refuse('CERTIFICATE_PASSPHRASE_WRONG');
  try {
    return ok(createPrivateKey({ key: block.text, ...(passphrase === null ? {} : { passphrase }) }));
  } catch (thrown) {
    if (!block.isEncrypted) return refuse('CERTIFICATE_KEY_DAMAGED');
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    return refuse(/UNSUPPORTED/.test(code) ? 'CERTIFICATE_BUNDLE_UNSUPPORTED' : 'CERTIFICATE_PASSPHRASE_WRONG');
  }
}

/** A certificate in DER, or a bundle. */
async function readBinary(file: Uint8Array, passphrase: string | null): Promise<Result<Found, Refusal>> {
  // Both are a SEQUENCE.
  if (file[0] !== 0x30) return refuse('CERTIFICATE_UNKNOWN_FORM');
  try {
    return ok({ certificates: [new X509Certificate(file)], keys: [] });
  } catch {
    // No certificate, so a bundle.
  }
  const opened = await openInThread({ bytes: file, passphrase: passphrase ?? '' });
  if (!opened.ok) return refuse(opened.code);
  try {
    return ok({
      certificates: opened.certificates.map((der) => new X509Certificate(der)),
      keys: opened.keys.map((der) => createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })),
    });
  } catch {
    return refuse('CERTIFICATE_DAMAGED');
  }
}

const isCertificate = ({ label }: PemBlock): boolean =>
  label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE';

const certificateBlocks = (file: Uint8Array): (string | Uint8Array)[] =>
  isPem(file)
    ? pemBlocks(Buffer.from(file).toString('latin1'))
        .filter(isCertificate)
        .map((block) => block.text)
    : [file];

function readCertificates(blocks: readonly (string | Uint8Array)[]): Result<X509Certificate[], Refusal> {
  try {
    return ok(blocks.map((block) => new X509Certificate(block)));
  } catch {
    return refuse('CERTIFICATE_DAMAGED');
  }
}

const refuse = (code: ErrorCode, details: ErrorDetails = {}): Result<never, Refusal> => err(refusal(code, details));
