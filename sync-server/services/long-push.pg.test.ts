import { afterAll, describe } from 'vitest';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { longPushSuite } from '../testing/long-push-suite.ts';

describe('a long push over PostgreSQL', () => {
  const drops: (() => Promise<void>)[] = [];
  // Defined first, so that it runs last.
  afterAll(async () => {
    for (const drop of drops) await drop();
  });
  longPushSuite(async () => {
    const { url, drop } = await freshDatabase();
    drops.push(drop);
    return url;
  });
});
