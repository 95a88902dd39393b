import type { Id } from '../../kernel/ids.ts';
import type { CommandResult, PullAnswer } from '../messages.ts';

export interface UnsentCommand {
  readonly seq: number;
  readonly text: string;
  readonly signature: string;
  /** Refused once for good, and dealt with by a person: only its number is still of use to the server. */
  readonly withdrawn: boolean;
}

export interface CollegeCursor {
  readonly id: Id;
  readonly code: string;
  /** The version of the server's books that the desk shows. */
  readonly cursor: number;
  /** How far the pages kept aside reach; equal to `cursor` or above it. */
  readonly stagedCursor: number;
}

/** What the sync client asks of the desk's books. Everything is durable when it resolves. */
export interface SyncStore {
  colleges(): Promise<readonly CollegeCursor[]>;
  /** From the first command without the server's word, or from `fromSeq`; in sequence, without gaps. */
  toSend(fromSeq: number | null, max: number): Promise<readonly UnsentCommand[]>;
  /** The highest number a command of this desk has so far; 0 before the first. */
  lastSeq(): Promise<number>;
  ackedSeq(): Promise<number>;
  /** The first commands that the server keeps until it knows them. */
  parkedSeqs(): Promise<readonly number[]>;
  /** The last command of this desk that the server has heard; more than that it no longer has. */
  heardUpTo(lastSeq: number): Promise<void>;
  recordResults(results: readonly CommandResult[]): Promise<void>;
  stagePage(page: PullAnswer): Promise<void>;
  /**
   * Fetches the books of a college in bulk before its first pull. @param onRows told of the rows that are here so far
   * @returns from where the pull goes on; 0 when it has to read everything page by page
   */
  bootstrap(collegeId: Id, onRows: (rows: number) => void): Promise<number>;
  /** Lets go of what was read of a college, so that it is read from the beginning; the waiting commands stay. */
  beginAnew(collegeId: Id): Promise<void>;
  needsRebase(collegeId: Id): Promise<boolean>;
  /** @returns the tables that changed */
  rebase(collegeId: Id): Promise<readonly string[]>;
  /** Whether waiting commands still carry the name of an earlier enrolment. */
  needsResign(): Promise<boolean>;
  /** Gives the waiting commands the name and key of the present one. Their ids stay. */
  resign(): Promise<void>;
  /** Why commands must not be sent now: someone who made one has not signed in on this desk since it was enrolled. Null when they may. */
  heldBack(): Promise<{ readonly person: string } | null>;
  counts(): Promise<{ readonly pending: number; readonly attention: number; readonly parked: number }>;
  markSynced(at: number): Promise<void>;
}
