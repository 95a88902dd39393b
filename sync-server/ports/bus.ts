import type { Id } from '../../shared/kernel/ids.ts';

/** "The college has this version now", said after the commit. */
export interface CollegeMoved {
  readonly collegeId: Id;
  readonly version: number;
}

/** "This device was taken out of use", so that what it has open is closed at once. */
export interface DeviceRevoked {
  readonly revoked: Id;
}

export type News = CollegeMoved | DeviceRevoked;

/** A try at something that is limited, by a hash of its name; or that one went well, so that those before it do not count. */
export type Tried = { readonly tried: string; readonly windowMs: number } | { readonly forgiven: string };

/** `local`: one process, nothing to lose. `shared`: other processes hear it. `degraded`: they do not, until the line stands again. */
export type BusState = 'local' | 'shared' | 'degraded';

/**
 * Carries hints between what writes and what listens, in this process and in others over the same books. A hint that is lost costs a
 * delay, never a row: whoever acts on one asks the books.
 */
export interface Bus {
  /** Never waits and never throws. */
  publish(news: News): void;
  /** @returns a function that ends the subscription */
  subscribe(listener: (news: News) => void): () => void;
  /** Tells the other processes only, and only while they can be reached. Never waits and never throws. */
  tellOthers(tried: Tried): void;
  /** @returns a function that ends the subscription */
  hearOthers(listener: (tried: Tried) => void): () => void;
  state(): BusState;
  /** Sends what was published, if that can be done at once, and ends. */
  close(): Promise<void>;
}
