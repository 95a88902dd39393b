import { afterAll, describe } from 'vitest';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { parkingSuite } from '../testing/parking-suite.ts';

describe('parked commands over PostgreSQL', () => {
  const drops: (() => Promise<void>)[] = [];
  // Defined first, so that it runs last.
  afterAll(async () => {
    for (const drop of drops) await drop();
  });
  parkingSuite(async () => {
    const { url, drop } = await freshDatabase();
    drops.push(drop);
    return url;
  });
});
