import type { CertificateFacts } from '../domain/certificate/facts.ts';
import type { ErrorDetails, Refusal } from '../kernel/errors.ts';
import type { Id } from '../kernel/ids.ts';
import type { Paise } from '../kernel/money.ts';
import type { Result } from '../kernel/result.ts';

/** Where a connection leads: to a place of the connector's own, or to an address that the person gave. */
export type Environment = 'sandbox' | 'production' | 'custom';

/** One bank account of a college as it is reached from this desk. Nothing in it is secret. */
export interface ConnectionRecord {
  readonly id: Id;
  readonly collegeId: Id;
  readonly connectorId: string;
  /** The bank account in the chart of accounts. */
  readonly accountCode: string;
  /** Its number at the bank. */
  readonly accountNumber: string;
  readonly environment: Environment;
  /** Where the environment is `custom`; https, without a slash at the end. */
  readonly baseUrl: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly certificate: { readonly generation: number; readonly facts: CertificateFacts } | null;
  /** The only authorities trusted for the other side. */
  readonly authority: { readonly pem: string; readonly facts: readonly CertificateFacts[] } | null;
  /** `code` is null when the test went well. */
  readonly lastTest: { readonly at: number; readonly code: string | null; readonly details: ErrorDetails } | null;
}

/** Where the connections of this desk are written down. */
export interface ConnectionBook {
  /** @throws MunimError CONNECTIONS_DAMAGED */
  read(): readonly ConnectionRecord[];
  /** Durable when it returns. */
  write(records: readonly ConnectionRecord[]): void;
}

/** What a connection shows and trusts, as PEM. */
export interface ConnectionCredentials {
  readonly cert: string | null;
  readonly key: string | null;
  readonly ca: string | null;
}

/** A connection as the transport uses it. Secrets are read anew for every call, so that they stay nowhere else. */
export interface OpenConnection {
  readonly id: Id;
  readonly connectorId: string;
  readonly baseUrl: string;
  readonly accountNumber: string;
  readonly settings: Readonly<Record<string, string>>;
  /** @throws MunimError CONNECTION_LOST, CONNECTION_INCOMPLETE, KEYCHAIN_UNAVAILABLE, VAULT_DAMAGED */
  secrets(): Promise<Readonly<Record<string, string>>>;
  /** Of the present generation. @throws as `secrets` */
  credentials(): Promise<ConnectionCredentials | null>;
}

/** Asks the other side something that changes nothing, to see whether the connection works. */
export interface ConnectionTester {
  /** Whether the connector can be tested at all. */
  canTest(connectorId: string): boolean;
  /** Of this connection; empty before the first call. */
  figures(id: Id): readonly CallSummary[];
  test(connection: OpenConnection, signal: AbortSignal): Promise<Result<ConnectionAnswer, Refusal>>;
}

/** How one kind of call over a connection went since this desk was started. */
export interface CallSummary {
  /** `icici.balance`. */
  readonly operation: string;
  readonly calls: number;
  /** Of all calls, in basis points; what the bank declined was answered. */
  readonly successBasisPoints: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export interface ConnectionAnswer {
  readonly availablePaise: Paise;
  readonly at: number;
}
