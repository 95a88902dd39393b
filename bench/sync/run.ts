// npm run bench:sync [-- --expenses 100000] [--commands 20000] [--desks 500] [--json]: what the sync-server takes, gives and holds, against
// PouchDB (LevelDB, express-pouchdb) moving the same documents between processes in the same run. See bench/README.md.

import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { istDate } from '../../shared/kernel/dates.ts';
import type { SignedCommand } from '../../shared/sync/messages.ts';
import { billFields, vendorFields } from '../../shared/testing/entries.ts';
import { startPostgres } from '../../tools/testing/postgres.ts';
import { median, reporter } from '../report.ts';
import { type BenchCollege, type BenchServer, startBenchServer } from './bench-server.ts';
import { bootstrapDesk, offlineDesk } from './desks.ts';
import { Device } from './device.ts';
import type { LineChild } from './line-child.ts';
import { type PeerRun, startPeers } from './peer.ts';
import { ourDesks, peerDesks } from './pokes.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    expenses: { type: 'string', default: '100000' },
    commands: { type: 'string', default: '20000' },
    desks: { type: 'string', default: '500' },
  },
});
const [expenses, commands, desks] = [values.expenses, values.commands, values.desks].map(Number) as [
  number,
  number,
  number,
];
const perMessage = 500;
const report = reporter(values.json === true);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const dir = mkdtempSync(path.join(tmpdir(), 'munim-bench-sync-'));

const rate = (count: number, ms: number): number => (count / ms) * 1_000;
/** Figures where more is better stand under their own name; the ratio is still ours by theirs. */
const line = (metric: string, unit: string, value: number, peer: string, peerValue: number): void =>
  report({ metric, unit, value, peer, peerValue });

try {
  await main();
} finally {
  rmSync(dir, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const server = await startBenchServer(path.join(dir, 'ours'), { desks });
  const { url, colleges, senders } = server.ready;
  const [college, device] = [colleges[0], senders[0]];
  if (!college || !device) throw new Error('a server without a college');
  const sender = new Device(url, device);
  const vendors = await addVendors(sender, college);
  const signed = (count: number) => Array.from({ length: count }, (_, at) => expense(sender, college, vendors, at));
  const documents = path.join(dir, 'documents.ndjson');
  const peers = await startPeers(path.join(dir, 'peer'), documents);

  say('commands up, one desk');
  const batch = signed(commands);
  await writeDocuments(documents, batch);
  const ours = await taken(sender, batch);
  const theirs = await peers.client.ask<PeerRun>({ op: 'up', name: 'first', database: 'books', from: 0, to: commands });
  line('commands_taken.embedded', '/s', ours, 'PouchDB documents up', rate(theirs.documents, theirs.ms));
  await fromPostgres(rate(theirs.documents, theirs.ms));

  // A pull after one change does not ask how large the books are.
  const small = await onePull(sender, college, vendors);
  say(`filling up to ${expenses}`);
  const rest = signed(expenses - commands);
  await writeDocuments(documents, rest);
  await sender.pushAll(rest, perMessage);
  await peers.client.ask<PeerRun>({ op: 'up', name: 'rest', database: 'books', from: commands, to: expenses });
  const large = await onePull(sender, college, vendors);
  line(`pull_of_one_change.${expenses}`, 'ms', large, `the same with ${commands} expenses`, small);

  say('rows down');
  const down = await allRows(sender, college);
  const peerDown = await peers.client.ask<PeerRun>({ op: 'down', name: 'second', database: 'books' });
  line('rows_pulled', '/s', rate(down.rows, down.ms), 'PouchDB documents down', rate(peerDown.documents, peerDown.ms));

  say('a new desk');
  const { code } = await server.ask<{ readonly code: string }>({ op: 'code' });
  const boot = await bootstrapDesk(path.join(dir, 'new-desk'), url, code, college);
  line(`bootstrap.${expenses}`, 's', boot / 1_000, 'PouchDB', peerDown.ms / 1_000);
  const wire = await sender.snapshotBytes(college.id);
  line(`bootstrap_size.${expenses}`, 'MiB', wire / 2 ** 20, 'the same rows pulled, as text', down.bytes / 2 ** 20);

  say('a desk that was offline');
  const offline = await offlineDesk(
    path.join(dir, 'offline-desk'),
    url,
    (await server.ask<{ code: string }>({ op: 'code' })).code,
    college,
    commands,
    say,
  );
  const peerOffline = await peers.client.ask<PeerRun>({
    op: 'both',
    name: 'offline',
    database: 'other',
    from: 0,
    to: commands,
  });
  line(`offline_commands_sent.${commands}`, 's', offline / 1_000, 'PouchDB sync', peerOffline.ms / 1_000);

  await pokes(server, peers.server, sender, college, vendors);
  await peers.client.close();
  await peers.server.close();
  await server.close();
}

/** The same over PostgreSQL with everything on that keeps a commit: one desk, and two desks of two colleges at once. */
async function fromPostgres(theirs: number): Promise<void> {
  say('commands up, over PostgreSQL');
  const postgres = await startPostgres({ durable: true });
  const server = await startBenchServer(path.join(dir, 'postgres'), { databaseUrl: postgres.url });
  try {
    const { url, colleges, senders } = server.ready;
    const prepared: { device: Device; batch: readonly SignedCommand[] }[] = [];
    for (const [index, college] of colleges.entries()) {
      const bench = senders[index];
      if (!bench) throw new Error('a college without a desk');
      const device = new Device(url, bench);
      const vendors = await addVendors(device, college);
      prepared.push({
        device,
        batch: Array.from({ length: commands }, (_, at) => expense(device, college, vendors, at)),
      });
    }
    const half = commands / 2;
    const [first] = prepared;
    if (!first) throw new Error('no college');
    const one = await taken(first.device, first.batch.slice(0, half));
    line('commands_taken.postgres', '/s', one, 'PouchDB documents up', theirs);
    const begun = performance.now();
    await Promise.all(
      prepared.map(({ device, batch }, index) =>
        device.pushAll(index === 0 ? batch.slice(half) : batch.slice(0, half), perMessage),
      ),
    );
    const two = rate(prepared.length * half, performance.now() - begun);
    line('commands_taken.postgres_two_colleges', '/s', two, 'PouchDB documents up', theirs);
  } finally {
    await server.close();
    await postgres.stop();
  }
}

async function taken(device: Device, batch: readonly SignedCommand[]): Promise<number> {
  const begun = performance.now();
  await device.pushAll(batch, perMessage);
  return rate(batch.length, performance.now() - begun);
}

/** Milliseconds from asking to the parsed page with the one change; the change itself is made before. */
async function onePull(device: Device, college: BenchCollege, vendors: readonly string[]): Promise<number> {
  let { page } = await lastPage(device, college, 0);
  const times: number[] = [];
  for (let round = 0; round < 25; round += 1) {
    await device.pushAll([expense(device, college, vendors, round)], 1);
    const begun = performance.now();
    const next = await device.pull(college.id, page.cursor);
    times.push(performance.now() - begun);
    page = next.page;
    if (page.more || page.rows.length === 0) throw new Error('one change is one page');
  }
  return median(times.slice(5));
}

async function lastPage(device: Device, college: BenchCollege, from: number) {
  let [rows, bytes, cursor] = [0, 0, from];
  for (;;) {
    const { page, bytes: size } = await device.pull(college.id, cursor);
    rows += page.rows.length;
    bytes += size;
    cursor = page.cursor;
    if (!page.more) return { page, rows, bytes };
  }
}

async function allRows(device: Device, college: BenchCollege) {
  const begun = performance.now();
  const { rows, bytes } = await lastPage(device, college, 0);
  return { rows, bytes, ms: performance.now() - begun };
}

async function pokes(
  server: LineChild<BenchServer>,
  peerServer: LineChild<{ readonly url: string }>,
  sender: Device,
  college: BenchCollege,
  vendors: readonly string[],
): Promise<void> {
  say(`${desks} desks that wait`);
  type Memory = { readonly usedBytes: number };
  const before = await server.ask<Memory>({ op: 'memory' });
  const ours = await ourDesks(server.ready);
  const after = await server.ask<Memory>({ op: 'memory' });
  const mine: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    const commandsOfRound = [expense(sender, college, vendors, round)];
    mine.push(...(await ours.heard(() => sender.pushAll(commandsOfRound, 1))));
  }
  ours.close();

  const database = `${peerServer.ready.url}/books`;
  const peerBefore = await peerServer.ask<Memory>({ op: 'memory' });
  const peers = await peerDesks(database, desks);
  const peerAfter = await peerServer.ask<Memory>({ op: 'memory' });
  const theirs: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    theirs.push(
      ...(await peers.heard(async () => {
        const body = JSON.stringify({ round, at: Date.now() });
        const answer = await fetch(`${database}/poke-${round}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body,
        });
        await answer.text();
      })),
    );
  }
  peers.close();
  for (const share of [50, 95, 99]) {
    line(
      `poke_p${share}.${desks}_desks`,
      'ms',
      quantile(mine, share / 100),
      'PouchDB changes feed',
      quantile(theirs, share / 100),
    );
  }
  const each = (from: Memory, to: Memory): number => (to.usedBytes - from.usedBytes) / desks / 1024;
  line(
    `memory_of_a_connected_desk.${desks}_desks`,
    'KiB',
    each(before, after),
    'PouchDB changes feed',
    each(peerBefore, peerAfter),
  );
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

async function addVendors(device: Device, college: BenchCollege): Promise<readonly string[]> {
  const ids = Array.from({ length: 50 }, () => device.newId());
  await device.pushAll(
    ids.map((vendorId, index) =>
      device.command(college, 'vendor.create', { vendorId, fields: vendorFields(`Vendor ${index}`) }),
    ),
    perMessage,
  );
  return ids;
}

function expense(device: Device, college: BenchCollege, vendors: readonly string[], index: number): SignedCommand {
  const expenseId = device.newId();
  return device.command(college, 'expense.create', {
    expenseId,
    fields: billFields(String(vendors[index % vendors.length]), istDate(Date.now()), {
      billNo: `S/${expenseId.slice(-9)}`,
      description: `A4 paper for the examination hall, lot ${index}`,
      taxablePaise: 100_000n + BigInt(index),
      ...{ cgstPaise: 9_000n, sgstPaise: 9_000n },
    }),
  });
}

/** What the commands say, as documents: their text with its signature, under the id of the command. */
async function writeDocuments(file: string, batch: readonly SignedCommand[]): Promise<void> {
  const out = createWriteStream(file, { flags: 'a' });
  for (const { text, signature } of batch) {
    const { id, ...rest } = JSON.parse(text) as { readonly id: string };
    if (!out.write(`${JSON.stringify({ _id: id, ...rest, signature })}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
