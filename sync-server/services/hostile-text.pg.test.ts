import { afterAll, describe } from 'vitest';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { hostileSuite } from '../testing/hostile-suite.ts';

describe('text over PostgreSQL', () => {
  const drops: (() => Promise<void>)[] = [];
  // Defined first, so that it runs last.
  afterAll(async () => {
    for (const drop of drops) await drop();
  });
  hostileSuite(async () => {
    const { url, drop } = await freshDatabase();
    drops.push(drop);
    return url;
  });
});
