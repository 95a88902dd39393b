/** What a connector is: for the registry, the table of connectors, the screen that sets it up and the transport that obeys its limits. */
export interface Manifest {
  /** The name of its folder. */
  readonly id: string;
  readonly family: Family;
  readonly name: string;
  readonly auth: AuthKind;
  /** Whether the other side asks for a certificate of ours. */
  readonly mutualTls: boolean;
  /** Without a slash at the end. `sandbox` is the other side's own place for trials; null where it has none. */
  readonly baseUrls: { readonly sandbox: string | null; readonly production: string };
  /** What is needed besides the secrets, in the order in which it is asked for. */
  readonly settings: readonly Field[];
  /** What goes into the vault and never out of the main process. */
  readonly secrets: readonly Field[];
  readonly limits: { readonly requestsPerMinute: number | null; readonly concurrency: number };
  readonly capabilities: readonly Capability[];
  /** What amounts are on its wire. */
  readonly units: 'rupees' | 'paise';
  /** Where its words come from. */
  readonly docs: string;
  readonly evidence: Evidence;
  /** What the evidence consists of, in a sentence. */
  readonly evidenceNote: string;
}

export type Family =
  | 'bank'
  | 'tax'
  | 'gateway'
  | 'accounting'
  | 'erp'
  | 'notify'
  | 'identity'
  | 'document'
  | 'credit'
  | 'chain'
  | 'analytics';

export type AuthKind = 'none' | 'oauth2' | 'api_key' | 'bearer' | 'basic' | 'ws_security' | 'certificate';

export type Capability =
  | 'balance'
  | 'statement'
  | 'payment'
  | 'bulk_payment'
  | 'enquiry'
  | 'webhook'
  | 'companies'
  | 'masters_out'
  | 'masters_in'
  | 'vouchers_out'
  | 'vouchers_in'
  | 'file_out'
  | 'file_in';

/**
 * How far the connector is known to be right. `contract-tested` against a contract or server that others wrote; `fixture-tested` against
 * published examples only; `emulator-tested` against our own reading of the document; `live-verified` against the real thing.
 */
export type Evidence = 'contract-tested' | 'fixture-tested' | 'emulator-tested' | 'live-verified';

/** One value that setting up asks for. Its label is in the catalogue of words under its name. */
export interface Field {
  readonly name: string;
  /** Source of a regular expression that the whole value has to match. */
  readonly pattern: string;
  readonly isOptional: boolean;
}
