import type { MatchLine, Proposal } from '../../shared/domain/matching/model.ts';
import type { BookEntryView, ProposalView } from '../../shared/ipc/contract/reconciliation.ts';
import type { Output } from '../../shared/ipc/contract.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Search } from '../services/reconcile.ts';

interface Open {
  readonly lines: ReadonlyMap<Id, MatchLine>;
  readonly entries: ReadonlyMap<Id, BookEntryView>;
}

/**
 * A window of what a search found, with the rows it is about. A proposal of which something was matched meanwhile is none any more and is
 * left out.
 */
export async function proposalWindow(
  search: Search | null,
  automatic: boolean,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  look: (lineIds: readonly Id[], entryIds: readonly Id[]) => Promise<Open>,
): Promise<Output<'reconciliation.proposals'>> {
  if (search === null) return { rows: [], automatic: 0, suggested: 0, foundAt: null };
  const places = (wanted: boolean): number[] =>
    search.proposals.flatMap((one, place) => (one.isAutomatic === wanted && !search.settled.has(place) ? [place] : []));
  const rows: ProposalView[] = [];
  const waiting = places(automatic).slice(offset);
  while (rows.length < limit && waiting.length > 0) {
    const some = waiting.splice(0, limit);
    const proposals = some.flatMap((place) => search.proposals[place] ?? []);
    const open = await look(
      proposals.flatMap(({ lineIds }) => lineIds),
      proposals.flatMap(({ voucherLineIds }) => voucherLineIds),
    );
    for (const [at, place] of some.entries()) {
      const proposal = proposals[at];
      const view = proposal === undefined ? null : viewOf(place, proposal, open);
      if (view === null) search.settled.add(place);
      else if (rows.length < limit) rows.push(view);
    }
  }
  const counts = { automatic: places(true).length, suggested: places(false).length };
  return { rows, ...counts, foundAt: search.foundAt };
}

/** Null where not all of it is open any more. */
function viewOf(place: number, proposal: Proposal, open: Open): ProposalView | null {
  const { pass, isAutomatic, because, posting, lineIds, voucherLineIds } = proposal;
  const lines = lineIds.flatMap((id) => open.lines.get(id) ?? []);
  const entries = voucherLineIds.flatMap((id) => open.entries.get(id) ?? []);
  if (lines.length < lineIds.length || entries.length < voucherLineIds.length) return null;
  return {
    ...{ place, pass, isAutomatic, lines, entries },
    because: { ...because, partyWords: [...because.partyWords], doubts: [...because.doubts] },
    posting:
      posting === null
        ? null
        : { accountCode: posting.accountCode, narration: posting.narration, paise: posting.paise },
  };
}
