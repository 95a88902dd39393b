import { afterAll, describe } from 'vitest';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { contentionSuite } from '../testing/contention-suite.ts';

describe('contention over PostgreSQL', () => {
  const drops: (() => Promise<void>)[] = [];
  // Defined first, so that it runs last.
  afterAll(async () => {
    for (const drop of drops) await drop();
  });
  contentionSuite(async () => {
    const { url, drop } = await freshDatabase();
    drops.push(drop);
    return url;
  });
});
