import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import { zPullAnswer } from '../../shared/sync/messages.ts';
import { pull } from '../services/pull.ts';
import { push } from '../services/push.ts';
import {
  billFields,
  enrolDesk,
  good,
  makeCollege,
  openTestServer,
  type TestServer,
  vendorFields,
} from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer(process.env.PGURL ?? null);
});
afterAll(() => server.close());
test('smoke', async () => {
  const t0 = performance.now();
  const college = await makeCollege(server, 'ABC');
  const desk = await enrolDesk(server, [college.id]);
  await desk.signIn(college.accountant);
  const t1 = performance.now();
  const vendorId = desk.newId();
  const make = (name: string, args: object) => desk.command(college.id, college.accountantId, name, args);
  const commands = [make('vendor.create', { vendorId, fields: vendorFields('Tech Supplies') })];
  for (let i = 0; i < 200; i++)
    commands.push(
      make('expense.create', { expenseId: desk.newId(), fields: billFields(vendorId, { billNo: `B${i}` }) }),
    );
  const answer = good(await push(server.context, await desk.device(), commands));
  const t2 = performance.now();
  console.error(answer.results.filter((r) => r.status !== 'applied').slice(0, 3), server.faults);
  expect(answer.lastSeq).toBe(201);
  expect(answer.results.every((r) => r.status === 'applied')).toBe(true);
  let cursor = 0;
  let rows = 0;
  for (;;) {
    const text = good(
      await pull(server.context, await desk.device(), { collegeId: college.id, cursor, ackedSeq: 0, limitRows: 2000 }),
    );
    const page = zPullAnswer.parse(parseCanonical(text));
    rows += page.rows.length;
    cursor = page.cursor;
    console.error(page.rows.length, text.length, page.more, page.lastSeq, page.results.length);
    if (!page.more) break;
  }
  const t3 = performance.now();
  console.error({ setup: t1 - t0, pushPer: (t2 - t1) / 201, pull: t3 - t2, rows });
});
