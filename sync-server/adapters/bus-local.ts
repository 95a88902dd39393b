import type { Bus, News } from '../ports/bus.ts';

/** The bus of one process. */
export function localBus(): Bus {
  const listeners = new Set<(news: News) => void>();
  return {
    publish: (news) => {
      for (const listener of listeners) listener(news);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tellOthers: () => {},
    hearOthers: () => () => {},
    state: () => 'local',
    close: async () => {},
  };
}
