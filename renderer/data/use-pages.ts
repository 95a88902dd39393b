import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { Input, Output } from '../../shared/ipc/contract.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { type MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { askOptions, useDesk } from './desk.tsx';

export type PagedName =
  | 'expenses.page'
  | 'vouchers.page'
  | 'vendors.page'
  | 'approvals.inbox'
  | 'audit.page'
  | 'ledger.page'
  | 'reconciliation.lines'
  | 'reconciliation.entries'
  | 'reconciliation.matches'
  | 'reconciliation.proposals'
  | 'payments.toPay'
  | 'payments.orders'
  | 'payments.beneficiaries'
  | 'statements.list'
  | 'fees.list';
type RowOf<N extends PagedName> = Output<N>['rows'][number];
type QuestionOf<N extends PagedName> = Omit<Input<N>, 'offset' | 'limit'>;

export interface Pages<N extends PagedName> {
  /** The row at a position of the whole list; undefined while its window is on the way. */
  rowAt(index: number): RowOf<N> | undefined;
  /** The answer of the first window on hand, for counts and sums it brings. */
  readonly head: Output<N> | undefined;
  /** How many rows are certain so far; the list is at least that long. */
  readonly known: number;
  /** Whether the last window on hand was full, so that more may follow. */
  readonly more: boolean;
  readonly waiting: boolean;
  readonly error: MunimError | null;
  /** To be told which rows are in sight. Always the same function. */
  readonly onRange: (first: number, last: number) => void;
}

const SIZE = limits.list.pageRows;

/**
 * A long list by windows at any place: asks for the windows in sight, and once these are there for the one on either side, so that
 * scrolling on finds its rows. While a changed question is under way the rows of the earlier one go on showing, so that typing in a search
 * never blanks the list.
 */
export function usePages<N extends PagedName>(name: N, question: QuestionOf<N>): Pages<N> {
  const desk = useDesk();
  const queries = useQueryClient();
  const [{ from, to }, setWindows] = useState({ from: 0, to: 0 });
  // The list moves many times before it touches another window; only then is there anything to do here.
  const onRange = useCallback((first: number, last: number) => {
    const next = { from: Math.floor(first / SIZE), to: Math.floor(last / SIZE) };
    setWindows((now) => (now.from === next.from && now.to === next.to ? now : next));
  }, []);

  const optionsOf = (page: number) =>
    askOptions(desk, name, { ...question, offset: page * SIZE, limit: SIZE } as unknown as Input<N>);
  const answered = (page: number) => queries.getQueryData<Output<N>>(optionsOf(page).queryKey);
  const inSight = Array.from({ length: to - from + 1 }, (_, step) => from + step);
  const beside = inSight.every((page) => answered(page) !== undefined)
    ? [...(answered(to)?.rows.length === SIZE ? [to + 1] : []), ...(from > 0 ? [from - 1] : [])]
    : [];
  const asked = [...inSight, ...beside];
  const results = useQueries({ queries: asked.map(optionsOf) });
  const windows = new Map<number, Output<N>>();
  for (const [step, result] of results.entries()) {
    const page = asked[step];
    if (result.data !== undefined && page !== undefined) windows.set(page, result.data as Output<N>);
  }
  const key = canonicalText(question as unknown as Plain);
  const earlier = useRef<{ key: string; windows: Map<number, Output<N>> }>({ key, windows });
  const resultsInSight = results.slice(0, inSight.length);
  const failed = resultsInSight.find((result) => result.error !== null);
  if (earlier.current.key === key) earlier.current.windows = merged(earlier.current.windows, windows);
  else if (windows.size > 0) earlier.current = { key, windows };

  const shown = earlier.current.windows;
  const lastPage = Math.max(-1, ...shown.keys());
  const lastRows = shown.get(lastPage)?.rows.length ?? 0;
  return {
    rowAt: (index) => shown.get(Math.floor(index / SIZE))?.rows[index % SIZE] as RowOf<N> | undefined,
    head: shown.get(from) ?? [...shown.values()][0],
    known: lastPage < 0 ? 0 : lastPage * SIZE + lastRows,
    more: lastRows === SIZE,
    waiting: resultsInSight.some((result) => result.isPending),
    error: failed === undefined ? null : toMunimError(failed.error),
    onRange,
  };
}

const KEPT = 12;

/** Windows seen a moment ago stay at hand for scrolling back; the newest answers win. */
function merged<T>(before: Map<number, T>, now: Map<number, T>): Map<number, T> {
  const all = new Map(before);
  for (const [page, answer] of now) {
    all.delete(page);
    all.set(page, answer);
  }
  for (const page of all.keys()) {
    if (all.size <= KEPT) break;
    all.delete(page);
  }
  return all;
}
