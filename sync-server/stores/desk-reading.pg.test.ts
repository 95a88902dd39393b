import { afterAll, describe } from 'vitest';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { deskReadingSuite } from '../testing/desk-reading-suite.ts';

describe('what only desks read, in PostgreSQL', () => {
  const drops: (() => Promise<void>)[] = [];
  // Defined first, so that it runs last.
  afterAll(async () => {
    for (const drop of drops) await drop();
  });
  deskReadingSuite(async () => {
    const { url, drop } = await freshDatabase();
    drops.push(drop);
    return url;
  });
});
