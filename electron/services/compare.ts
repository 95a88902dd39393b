import type { Id } from '../../shared/kernel/ids.ts';
import type { SyncLink } from '../../shared/ports/sync-link.ts';
import { type Comparison, compareBooks, type Digest } from '../../shared/sync/client/compare-books.ts';
import type { SyncStore } from '../../shared/sync/client/sync-store.ts';

export interface CompareOptions {
  readonly store: Pick<SyncStore, 'colleges' | 'counts'>;
  readonly link: Pick<SyncLink, 'diagnose'>;
  /** Sends and fetches what there is. */
  readonly sync: () => Promise<void>;
  /** The sums over this desk's rows. */
  readonly digest: (collegeId: Id, from: number, to: number) => Promise<Omit<Digest, 'version'>>;
}

export type DeskComparison = { readonly id: Id; readonly code: string } & (
  | Exclude<Comparison, { outcome: 'moved' }>
  | { readonly outcome: 'moved' }
  /** Entries that the server has not confirmed have changed rows here. */
  | { readonly outcome: 'waiting'; readonly waiting: number }
);

/** Others go on entering meanwhile; after so many tries the answer is that the books moved. */
const TRIES = 4;

/** Compares the books of this desk with those of the server, college by college. Changes nothing but what a round of sync changes. */
export async function compareWithServer(
  options: CompareOptions,
  collegeIds: readonly Id[],
): Promise<readonly DeskComparison[]> {
  const found: DeskComparison[] = [];
  for (const { id, code } of await options.store.colleges()) {
    if (collegeIds.includes(id)) found.push({ id, code, ...(await compareCollege(options, id)) });
  }
  return found;
}

async function compareCollege({ store, link, sync, digest }: CompareOptions, collegeId: Id) {
  const cursorNow = async (): Promise<number> =>
    (await store.colleges()).find(({ id }) => id === collegeId)?.cursor ?? 0;
  const waitingNow = async (): Promise<number> => {
    const { pending, parked } = await store.counts();
    return pending + parked;
  };
  for (let tries = 1; ; tries++) {
    await sync();
    const waiting = await waitingNow();
    if (waiting > 0) return { outcome: 'waiting', waiting } as const;
    const cursor = await cursorNow();
    const comparison = await compareBooks(
      cursor,
      async (from, to) => ({ version: cursor, ...(await digest(collegeId, from, to)) }),
      (from, to) => link.diagnose({ collegeId, from, to }),
    );
    // What was found while rows came or went on this desk says nothing.
    const held = (await cursorNow()) === cursor && (await waitingNow()) === 0;
    if (comparison.outcome === 'other-form' || (held && comparison.outcome !== 'moved')) return comparison;
    if (tries === TRIES) return { outcome: 'moved' } as const;
  }
}
