import { expect, test } from 'vitest';
import { z } from 'zod';
import { contract, events } from './contract.ts';

/** Paths of a schema that would let a fraction through. */
function fractions(schema: z.ZodType): string[] {
  const found: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'number') found.push(path);
    for (const [key, inner] of Object.entries(node)) walk(inner, `${path}/${key}`);
  };
  walk(z.toJSONSchema(schema, { unrepresentable: 'any' }), '');
  return found;
}

test('the walk finds a fraction where there is one', () => {
  expect(fractions(z.object({ rows: z.array(z.object({ share: z.number(), count: z.int() })) }))).toHaveLength(1);
});

test.each(Object.entries(contract))('%s carries exact integers only, as its carriers need it', (_name, channel) => {
  expect(fractions(channel.input)).toEqual([]);
  expect(fractions(channel.output)).toEqual([]);
});

test.each(Object.entries(events))('the event %s carries exact integers only', (_name, event) => {
  expect(fractions(event)).toEqual([]);
});
