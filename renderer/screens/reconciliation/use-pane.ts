import { useCallback, useRef } from 'react';
import { type ListMemory, useListMemory } from '../../state/lists.ts';

interface Row {
  readonly id: string;
}

export interface Pane<R extends Row> {
  readonly memory: ListMemory;
  /** The rows that are marked. Every one of them was in sight when it was. */
  readonly marked: readonly R[];
  /** The row the keys are on. */
  readonly active: R | undefined;
  rowAt(index: number): R | undefined;
  mark(row: R): void;
  clear(): void;
}

/** One list of the two: what is marked in it, also of rows that are out of sight by now. */
export function usePane<R extends Row>(
  listKey: string,
  rowAt: (index: number) => R | undefined,
  count: number,
): Pane<R> {
  const [memory, remember] = useListMemory(listKey);
  const seen = useRef(new Map<string, R>());
  const { selected } = memory;
  const look = useCallback(
    (index: number): R | undefined => {
      const row = rowAt(index);
      if (row !== undefined) seen.current.set(row.id, row);
      return row;
    },
    [rowAt],
  );
  return {
    memory,
    marked: [...selected].flatMap((id) => seen.current.get(id) ?? []),
    // A list that became shorter, as by a search, has its last row where the keys were.
    active: look(Math.min(memory.active, Math.max(0, count - 1))),
    rowAt: look,
    mark: (row) => {
      const next = new Set(selected);
      if (!next.delete(row.id)) next.add(row.id);
      remember({ selected: next });
    },
    clear: () => remember({ selected: new Set() }),
  };
}
