import type { Db } from '../../shared/db/tables.ts';

/** An open database with every migration applied and what only desks read taken out, over PGlite or PostgreSQL. */
export interface Database {
  readonly kind: 'embedded' | 'postgres';
  readonly db: Db;
  /** Whether it answers now. @throws when it does not */
  ping(): Promise<void>;
  close(): Promise<void>;
}
