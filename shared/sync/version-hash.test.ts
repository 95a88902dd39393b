import { expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalText, type Plain } from '../kernel/canonical.ts';
import { formOf, hashOfForms } from '../testing/wire-form.ts';
import { commandArgs } from './command-args.ts';
import * as messages from './messages.ts';

/**
 * The form of everything on the wire, by protocol version. When this test fails the wire has changed: a desk and a server of different
 * age may no longer understand each other. Make the change additive, or raise SYNC_PROTOCOL_VERSION; then write the new hash down.
 */
const hashes: Readonly<Record<number, string>> = {
  2: 'c6059a72dad023ee7b6240ee94aba518c6f27077849b3ee41a102e51c9057b90',
};

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

function wireForm(): Record<string, Plain> {
  const schemas: Record<string, Plain> = {};
  for (const [name, value] of Object.entries(messages)) if (isSchema(value)) schemas[name] = formOf(value);
  for (const [name, value] of Object.entries(commandArgs)) schemas[`command ${name}`] = formOf(value);
  return schemas;
}

test('the form of the wire is the one of this protocol version', () => {
  expect(hashOfForms(wireForm())).toBe(hashes[messages.SYNC_PROTOCOL_VERSION]);
});

test('the hash notices a field, a bound and a type that change', () => {
  const shapes = [
    z.strictObject({ a: z.string() }),
    z.strictObject({ a: z.string().max(3) }),
    z.strictObject({ a: z.bigint().gte(0n) }),
    z.strictObject({ a: z.bigint().gte(1n) }),
    z.strictObject({ a: z.string(), b: z.string() }),
    z.strictObject({ a: z.string().optional() }),
  ];
  const forms = shapes.map((shape) => JSON.stringify(formOf(shape)));
  expect(new Set(forms).size).toBe(forms.length);
  expect(canonicalText(Object.keys(wireForm()).length)).not.toBe('0');
});
