import { startPostgres } from './postgres.ts';

/** Test workers inherit the environment; the cluster lives as long as the run. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const before = process.env.MUNIM_TEST_PG_URL;
  process.env.MUNIM_TEST_PG_URL = server.url;
  return async () => {
    if (before === undefined) delete process.env.MUNIM_TEST_PG_URL;
    await server.stop();
  };
}
