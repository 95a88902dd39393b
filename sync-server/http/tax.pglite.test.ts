import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HttpWorld, openHttpWorld } from '../testing/http-world.ts';

const PATH = '/api/v1/gst/calculate';
let world: HttpWorld;
beforeAll(async () => {
  world = await openHttpWorld(null);
});
afterAll(() => world.close());

/** The example of the contract. */
const asked = { amount: 10_000, gst_rate: 18, include_tax: false };
const answered = { taxable_amount: 10_000, cgst: 900, sgst: 900, igst: 0, total_gst: 1_800, total_amount: 11_800 };

async function ask(body: object | string, token = world.tokens.get('principal') ?? '') {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await world.ask(PATH, { raw, method: 'POST', token });
  return { status: answer.status, body: answer.body() as unknown };
}

test('the example of the contract is answered as it is there', async () => {
  expect(await ask(asked)).toEqual({ status: 200, body: answered });
});

test.each([
  ['an amount with its tax', { ...asked, amount: 11_800, include_tax: true }, answered],
  ['another state', { ...asked, inter_state: true }, { ...answered, cgst: 0, sgst: 0, igst: 1_800 }],
  [
    'paise',
    { ...asked, amount: 99.99, gst_rate: 5 },
    { taxable_amount: 99.99, cgst: 2.5, sgst: 2.5, igst: 0, total_gst: 5, total_amount: 104.99 },
  ],
  ['nothing', { ...asked, amount: 0 }, { taxable_amount: 0, cgst: 0, sgst: 0, igst: 0, total_gst: 0, total_amount: 0 }],
])('%s', async (_, body, answer) => {
  expect(await ask(body)).toEqual({ status: 200, body: answer });
});

test.each([
  ['less than nothing', { ...asked, amount: -1 }],
  ['a tenth of a paisa', { ...asked, amount: 0.001 }],
  ['more than the whole', { ...asked, gst_rate: 100.01 }],
  ['words', { ...asked, amount: '10000' }],
  ['a field of its own', { ...asked, college: 1 }],
  ['no answer to whether tax is in it', { amount: 1, gst_rate: 18 }],
  ['no JSON', '{'],
])('%s is refused', async (_, body) => {
  expect((await ask(body)).status).toBe(400);
});

test('who has not signed in is told nothing', async () => {
  expect((await ask(asked, 'nobody')).status).toBe(401);
});
