// The other side: PouchDB on LevelDB, replicating over HTTP with express-pouchdb as its server. `peer.mjs server FOLDER` serves;
// `peer.mjs client FOLDER URL DOCUMENTS` is a desk that has the documents of a file (one JSON a line) in a database of its own.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { usedBytes } from './used-bytes.mjs';

// Installed beside this file and only for the benchmarks, so the rest of the project compiles without it.
const require = createRequire(import.meta.url);
/** @type {any} */
const PouchDB = require('pouchdb');

const [role, folder = '', url = '', documents = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const say = (/** @type {unknown} */ value) => console.log(JSON.stringify(value));
/** @type {Record<string, (request: any) => Promise<unknown>>} */
const ops = { memory: async () => ({ usedBytes: await usedBytes() }) };

if (role === 'server') {
  const databases = PouchDB.defaults({ prefix: `${folder}/` });
  const app = require('express')();
  const options = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'log.txt') };
  app.use('/', require('express-pouchdb')(databases, options));
  const server = app.listen(0, '127.0.0.1', () => say({ url: `http://127.0.0.1:${server.address().port}` }));
} else {
  const timed = async (/** @type {() => Promise<{ docs_written: number }>} */ work) => {
    const begun = performance.now();
    const { docs_written: documentsWritten } = await work();
    return { ms: performance.now() - begun, documents: documentsWritten };
  };
  const batch = { batch_size: 500 };
  /** Fills a local database with the documents from one line to another. */
  const fill = async (/** @type {string} */ name, /** @type {number} */ from, /** @type {number} */ to) => {
    const local = new PouchDB(path.join(folder, name));
    const lines = readFileSync(documents, 'utf8').trimEnd().split('\n');
    for (let at = from; at < to; at += 2_000) {
      await local.bulkDocs(lines.slice(at, Math.min(to, at + 2_000)).map((line) => JSON.parse(line)));
    }
    return local;
  };
  ops.up = async ({ name, database, from, to }) => {
    const local = await fill(name, from, to);
    return timed(() => local.replicate.to(`${url}/${database}`, batch));
  };
  ops.down = async ({ name, database }) =>
    timed(() => new PouchDB(path.join(folder, name)).replicate.from(`${url}/${database}`, batch));
  ops.both = async ({ name, database, from, to }) => {
    const local = await fill(name, from, to);
    return timed(async () => (await local.sync(`${url}/${database}`, batch)).push);
  };
  say({});
}

for await (const line of createInterface({ input: process.stdin })) {
  const { op, ...request } = JSON.parse(line);
  say(await ops[op]?.(request));
}
process.exit(0);
