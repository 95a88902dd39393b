import pg from 'pg';

type Connected = (
  problem: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/**
 * A pool that survives the end of its connections. A connection that breaks while somebody holds it leaves the pool at once: the driver
 * of the tables forgets to give back one on which not even BEGIN went through, and a few restarts of the database would empty the pool.
 */
export class SturdyPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): undefined;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    // The pool itself asks with a callback, for single statements, and minds their end.
    if (callback === undefined) return super.connect().then(givenBackOnce);
    super.connect(callback);
    return undefined;
  }
}

function givenBackOnce(client: pg.PoolClient): pg.PoolClient {
  const release = client.release.bind(client);
  let isOut = true;
  client.release = (problem) => {
    if (!isOut) return;
    isOut = false;
    client.off('error', onBroken);
    release(problem);
  };
  // Without a listener the process would end with the connection.
  const onBroken = (problem: Error): void => client.release(problem);
  client.on('error', onBroken);
  return client;
}
