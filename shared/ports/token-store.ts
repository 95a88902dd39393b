/** A token of another system and until when it holds, milliseconds UTC. */
export interface StoredToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** Where tokens of connections outlive the program: sealed, and out of every backup. Names are ids of connections. */
export interface TokenStore {
  get(connection: string): Promise<StoredToken | null>;
  set(connection: string, token: StoredToken): Promise<void>;
  delete(connection: string): Promise<void>;
}
