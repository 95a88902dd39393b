import type { CertificateFacts } from '../domain/certificate/facts.ts';
import type { Refusal } from '../kernel/errors.ts';
import type { Result } from '../kernel/result.ts';

/** What a TLS client shows and trusts. It stays on the main side. */
export interface Credentials {
  /** PEM: the certificate, then those of its issuers. */
  readonly cert: string;
  /** PEM, PKCS#8. */
  readonly key: string;
  /** PEM: the only authorities trusted on the other side; null for those of the system. */
  readonly ca: string | null;
  readonly passphrase?: string | undefined;
}

/** A certificate with its key, checked. */
export interface ClientCertificate {
  readonly facts: CertificateFacts;
  readonly cert: string;
  readonly key: string;
}

/** Reads what banks and authorities hand out as files. */
export interface CertificateReader {
  /** @param passphrase null as long as none was asked for; `CERTIFICATE_PASSPHRASE_WRONG` with null means that one is needed */
  readClient(
    files: readonly Uint8Array[],
    passphrase: string | null,
    now: number,
  ): Promise<Result<ClientCertificate, Refusal>>;
  /** Certificates of authorities, to be trusted for one connection. */
  readAuthorities(files: readonly Uint8Array[], now: number): Result<AuthorityBundle, Refusal>;
}

export interface AuthorityBundle {
  readonly pem: string;
  readonly facts: readonly CertificateFacts[];
}
