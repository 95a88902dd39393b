import type { Id } from '../kernel/ids.ts';
import type {
  DiagnoseAnswer,
  DiagnoseRequest,
  PullAnswer,
  PullRequest,
  PushAnswer,
  PushRequest,
  SignInAnswer,
} from '../sync/messages.ts';

/** The server and the desk's name there; without one the link answers SYNC_OFFLINE to everything but `enrol`. */
export interface SyncTarget {
  readonly serverUrl: string;
  readonly deviceId: Id;
}

export interface Enrolment {
  readonly deviceId: Id;
  readonly serverName: string;
  readonly colleges: readonly { readonly id: Id; readonly code: string; readonly name: string }[];
  readonly nextSeq: number;
  /** Whether the server runs the demonstration group. */
  readonly demonstration: boolean;
}

export type LinkEvent =
  | { readonly kind: 'open' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'poke'; readonly collegeId: Id; readonly version: number };

/**
 * The way to the sync-server. Tokens and keys stay on its own side. Every call throws MunimError: SYNC_OFFLINE, SYNC_BAD_ANSWER,
 * SYNC_BAD_CERTIFICATE, or the code of the server's refusal.
 */
export interface SyncLink {
  /** From now on calls go there as this device. */
  use(target: SyncTarget | null): Promise<void>;
  /** Makes a new device key, keeps it and has the server know it. */
  enrol(request: {
    readonly serverUrl: string;
    readonly code: string;
    readonly deviceName: string;
  }): Promise<Enrolment>;
  signIn(request: { readonly email: string; readonly password: string }): Promise<SignInAnswer>;
  push(request: PushRequest): Promise<PushAnswer>;
  pull(request: PullRequest): Promise<PullAnswer>;
  /** The sums over the server's rows, to compare with one's own. */
  diagnose(request: DiagnoseRequest): Promise<DiagnoseAnswer>;
  /** Which of these receipts the server has not; at most `limits.sync.blobsAskedMax` at a time. */
  missingBlobs(collegeId: Id, sha256s: readonly string[]): Promise<readonly string[]>;
  putBlob(collegeId: Id, sha256: string, bytes: Uint8Array): Promise<void>;
  getBlob(collegeId: Id, sha256: string): Promise<Uint8Array>;
  /** Keeps the socket for pokes open, or closes it. */
  watch(on: boolean): Promise<void>;
  /** @returns a function that stops listening */
  onEvent(listener: (event: LinkEvent) => void): () => void;
}
