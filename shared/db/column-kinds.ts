import { bigint, date, text, uuid } from 'drizzle-orm/pg-core';

/** The kinds of columns that the tables of desk and server share. */

export const paise = () => bigint({ mode: 'bigint' });
export const instant = () => bigint({ mode: 'number' });
export const day = () => date({ mode: 'string' });
export const code = () => text();

/** Of every table that travels: `version` is that of the college at which the server last wrote the row; 0 marks a prediction. */
export const synced = () => ({
  collegeId: uuid().notNull(),
  id: uuid().notNull(),
  version: bigint({ mode: 'number' }).notNull(),
});
