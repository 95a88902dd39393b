import type { Id } from '../../shared/kernel/ids.ts';

/** "The college has this version now", said after the commit. A lost message costs a delay, never a row. */
export interface CollegeMoved {
  readonly collegeId: Id;
  readonly version: number;
}

export interface Bus {
  publish(moved: CollegeMoved): void;
  /** @returns a function that ends the subscription */
  subscribe(listener: (moved: CollegeMoved) => void): () => void;
}
