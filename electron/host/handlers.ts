import type { HandlerMap } from './desk-context.ts';

/** Joins the answers of several services. A channel with two answers is a fault of the program. */
export function joinHandlers(...maps: readonly HandlerMap[]): HandlerMap {
  const joined: Record<string, unknown> = {};
  for (const map of maps) {
    for (const [name, handler] of Object.entries(map)) {
      if (Object.hasOwn(joined, name)) throw new Error(`two handlers for ${name}`);
      joined[name] = handler;
    }
  }
  return joined as HandlerMap;
}
