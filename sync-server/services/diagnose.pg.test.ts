import { afterAll, describe } from 'vitest';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { testDiagnose } from '../testing/diagnose-suite.ts';
import { openTestServer } from '../testing/test-server.ts';

describe('books compared over PostgreSQL', () => {
  const drops: (() => Promise<void>)[] = [];
  // Defined first, so that it runs last.
  afterAll(async () => {
    for (const drop of drops) await drop();
  });
  testDiagnose(async () => {
    const { url, drop } = await freshDatabase();
    drops.push(drop);
    return openTestServer(url);
  });
});
