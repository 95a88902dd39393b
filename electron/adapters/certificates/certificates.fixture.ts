import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** An authority of a test, made by OpenSSL as banks make theirs. */
export interface Issued {
  readonly certFile: string;
  readonly keyFile: string;
}

interface IssueOptions {
  /** As `openssl genpkey` names it: `RSA:2048`, `EC:P-256`. */
  readonly key?: string;
  /** Null: signed by itself. */
  readonly by?: Issued | null;
  readonly ca?: boolean;
  readonly uses?: string | null;
  readonly days?: number;
}

/** Makes certificates and the files they come in, below a folder of the test. */
export function opensslIn(folder: string) {
  const at = (name: string): string => path.join(folder, name);
  const openssl = (...args: readonly string[]): Buffer =>
    execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });

  const makeKey = (file: string, kind: string): void => {
    const [algorithm = '', size = ''] = kind.split(':');
    const option = algorithm === 'EC' ? `ec_paramgen_curve:${size}` : `rsa_keygen_bits:${size}`;
    openssl('genpkey', '-algorithm', algorithm, '-pkeyopt', option, '-out', file);
  };

  /** A certificate of this name with a key of its own. */
  const issue = (name: string, options: IssueOptions = {}): Issued => {
    const { key = 'EC:P-256', by = null, ca = false, uses = 'clientAuth', days = 90 } = options;
    const issued = { certFile: at(`${name}.crt`), keyFile: at(`${name}.key`) };
    makeKey(issued.keyFile, key);
    const extensions = [
      ...(ca ? ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign'] : ['basicConstraints=CA:FALSE']),
      ...(uses === null || ca ? [] : [`extendedKeyUsage=${uses}`]),
    ];
    writeFileSync(at('ext.cnf'), extensions.join('\n'));
    openssl('req', '-new', '-key', issued.keyFile, '-subj', `/C=IN/O=Sahyadri College/CN=${name}`, '-out', at('a.csr'));
    const signed =
      by === null ? ['-signkey', issued.keyFile] : ['-CA', by.certFile, '-CAkey', by.keyFile, '-CAcreateserial'];
    const out = ['-extfile', at('ext.cnf'), '-out', issued.certFile];
    openssl('x509', '-req', '-in', at('a.csr'), '-days', String(days), ...signed, ...out);
    return issued;
  };

  /** A PKCS#12 bundle of these, locked as the options of `openssl pkcs12` say. */
  const bundle = (one: Issued, passphrase: string, chain: readonly Issued[], ...locks: readonly string[]): Buffer => {
    writeFileSync(at('chain.pem'), chain.map(({ certFile }) => readFileSync(certFile)).join(''));
    const files = ['-in', one.certFile, '-inkey', one.keyFile];
    if (chain.length > 0) files.push('-certfile', at('chain.pem'));
    return openssl('pkcs12', '-export', ...files, '-passout', `pass:${passphrase}`, ...locks);
  };

  return {
    issue,
    bundle,
    openssl,
    at,
    cert: (one: Issued) => readFileSync(one.certFile),
    keyOf: (one: Issued) => readFileSync(one.keyFile),
  };
}
