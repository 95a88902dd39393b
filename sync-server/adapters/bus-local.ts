import type { Bus, CollegeMoved } from '../ports/bus.ts';

/** The bus of one process. */
export function localBus(): Bus {
  const listeners = new Set<(moved: CollegeMoved) => void>();
  return {
    publish: (moved) => {
      for (const listener of listeners) listener(moved);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
