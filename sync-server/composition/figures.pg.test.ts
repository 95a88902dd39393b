import { randomUUID } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { testFolder } from '../../shared/engine/testing.ts';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { type Clock, systemClock } from '../../shared/ports/clock.ts';
import { startNats, type TestNats } from '../../tools/testing/nats.ts';
import { freshDatabase } from '../../tools/testing/postgres.ts';
import { readConfig } from '../main/config.ts';
import type { Log } from '../services/log.ts';
import { testChart } from '../testing/test-server.ts';
import { askRunning } from './control.ts';
import { type RunningServer, startServer } from './start-server.ts';

const program = process.env.MUNIM_NATS_SERVER ?? '';
const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 50 });
/** The pauses of the bus are its own; here they only have to be short. */
const quick: Clock = { now: systemClock.now, after: (ms, run) => systemClock.after(Math.min(ms, 200), run) };

describe.skipIf(program === '')('the figures of two servers over PostgreSQL and NATS', () => {
  let place: ReturnType<typeof testFolder>;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let nats: TestNats;
  const running: RunningServer[] = [];

  beforeEach(async () => {
    place = testFolder();
    database = await freshDatabase();
    nats = await startNats(program);
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
    await nats.stop();
    await database.drop();
    place.remove();
  });

  const start = async (name: string): Promise<RunningServer> => {
    const config = readConfig({
      MUNIM_SERVER_DATA: path.join(place.folder, name),
      MUNIM_SERVER_PORT: '0',
      MUNIM_SERVER_METRICS_PORT: '0',
      MUNIM_SERVER_KEYS: path.join(place.folder, 'keys.json'),
      MUNIM_SERVER_RECEIPTS: path.join(place.folder, 'receipts'),
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
    });
    if (!config.ok) throw new Error(config.error);
    const server = await startServer({ config: config.value, log: silent, clock: quick, onPoison: () => {} });
    running.push(server);
    return server;
  };
  const figure = async (server: RunningServer, series: string): Promise<number | undefined> => {
    const text = await (await fetch(`${server.metricsUrl}/metrics`)).text();
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  };
  const published = 'munim_bus_messages_total{direction="published"}';
  const received = 'munim_bus_messages_total{direction="received"}';
  const addCollege = (name: string, code: string) =>
    askRunning(path.join(place.folder, name), 'add-college', {
      college: { code, name: code, stateCode: '27' },
      chart: testChart as Plain,
    });

  test('pokes are counted where they are told and where they are heard, and a line that broke and stands again', async () => {
    const [one, two] = [await start('one'), await start('two')];
    await until(async () => {
      for (const server of [one, two]) expect(await figure(server, 'munim_bus_connects_total')).toBe(1);
    });
    await addCollege('one', 'ABC');
    await until(async () => expect(await figure(two, received)).toBe(1));
    expect(await figure(one, published)).toBe(1);
    expect(await figure(one, received)).toBeUndefined();
    expect(await figure(two, published)).toBeUndefined();

    await nats.kill();
    await until(async () => expect(await figure(one, 'munim_bus_degraded')).toBe(1));
    expect(await figure(one, 'munim_bus_failures_total')).toBeGreaterThanOrEqual(1);
    await addCollege('one', 'XYZ');
    expect(await figure(one, published)).toBe(1);
    await nats.start();
    await until(async () => {
      expect(await figure(one, published)).toBe(2);
      expect(await figure(two, received)).toBe(2);
    });
    expect(await figure(one, 'munim_bus_connects_total')).toBe(2);
    expect(await figure(one, 'munim_bus_degraded')).toBe(0);
  });

  test('parked commands are a figure at every server, and one that cannot be read takes no other away', async () => {
    const [one, two] = [await start('one'), await start('two')];
    await addCollege('one', 'ABC');
    expect(await figure(one, 'munim_commands_parked')).toBe(0);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query(
        `INSERT INTO "server"."command_log" ("device_id", "seq", "command_id", "college_id", "text", "signature", "status", "received_at")
          SELECT $1, "n", gen_random_uuid(), "college_id", '', '', 'parked', 0 FROM generate_series(1, 3) AS "n", "colleges"`,
        [randomUUID()],
      );
      for (const server of [one, two]) expect(await figure(server, 'munim_commands_parked')).toBe(3);
      await client.query('ALTER TABLE "server"."command_log" RENAME TO "away"');
      expect(await figure(one, 'munim_commands_parked')).toBeNaN();
      expect(await figure(one, 'munim_sockets')).toBe(0);
      await client.query('ALTER TABLE "server"."away" RENAME TO "command_log"');
    } finally {
      await client.end();
    }
  });
});
