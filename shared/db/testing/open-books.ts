import type { Db } from '../tables.ts';

/** Opens empty books with every migration applied, over whichever database a suite is to be run on. */
export type OpenBooks = () => Promise<{ readonly db: Db; close(): Promise<void> }>;
