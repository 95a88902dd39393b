import { useCallback } from 'react';
import { create } from 'zustand';

/** What a list remembers while one looks at something else: where it stood, what was chosen, which columns show. */
export interface ListMemory {
  readonly scrollTop: number;
  readonly active: number;
  readonly selected: ReadonlySet<string>;
  readonly hiddenColumns: ReadonlySet<string>;
  /** The list's own filter, in its own form. */
  readonly filter: unknown;
}

const fresh: ListMemory = {
  scrollTop: 0,
  active: 0,
  selected: new Set(),
  hiddenColumns: new Set(),
  filter: undefined,
};

interface Lists {
  readonly lists: Readonly<Record<string, ListMemory>>;
  change(key: string, part: Partial<ListMemory>): void;
  forget(): void;
}

export const useLists = create<Lists>((set) => ({
  lists: {},
  change: (key, part) =>
    set((state) => ({ lists: { ...state.lists, [key]: { ...(state.lists[key] ?? fresh), ...part } } })),
  forget: () => set({ lists: {} }),
}));

/** The memory of one list; `change` keeps the rest as it was. */
export function useListMemory(key: string): readonly [ListMemory, (part: Partial<ListMemory>) => void] {
  const memory = useLists((state) => state.lists[key]) ?? fresh;
  const change = useLists((state) => state.change);
  return [memory, useCallback((part) => change(key, part), [key, change])];
}
