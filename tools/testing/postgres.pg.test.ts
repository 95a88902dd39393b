import pg from 'pg';
import { expect, it } from 'vitest';
import { freshDatabase } from './postgres.ts';

it('gives every test file a database of its own', async () => {
  const [one, other] = [await freshDatabase(), await freshDatabase()];
  const client = new pg.Client({ connectionString: one.url });
  await client.connect();
  await client.query('CREATE TABLE only_here (id int)');
  const neighbour = new pg.Client({ connectionString: other.url });
  await neighbour.connect();
  await expect(neighbour.query('SELECT * FROM only_here')).rejects.toThrow(/does not exist/);
  await client.end();
  await neighbour.end();
  await one.drop();
  await expect(new pg.Client({ connectionString: one.url }).connect()).rejects.toThrow(/does not exist/);
  await other.drop();
});
