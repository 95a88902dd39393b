import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalText, type Plain } from '../kernel/canonical.ts';
import { commandArgs } from './command-args.ts';
import * as messages from './messages.ts';

/**
 * The form of everything on the wire, by protocol version. When this test fails the wire has changed: a desk and a server of different
 * age may no longer understand each other. Make the change additive, or raise SYNC_PROTOCOL_VERSION; then write the new hash down.
 */
const hashes: Readonly<Record<number, string>> = {
  1: '23047da01f2d242e5e16d4ef1ae5f98f8c9807c0b9eb069869ff23d26a2e4efb',
};

const form = (schema: z.ZodType): Plain =>
  z.toJSONSchema(schema, {
    unrepresentable: 'any',
    // A bigint has no JSON form of its own; its bounds are part of the wire all the same.
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type !== 'bigint') return;
      const checks = (def as { checks?: readonly { _zod: { def: object } }[] }).checks ?? [];
      jsonSchema.title = `bigint ${checks.map((check) => boundOf(check._zod.def)).join(' ')}`;
    },
  }) as unknown as Plain;

function boundOf(def: { readonly check?: string; readonly value?: unknown }): string {
  return `${def.check}:${String(def.value)}`;
}

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

function wireForm(): Plain {
  const schemas: Record<string, Plain> = {};
  for (const [name, value] of Object.entries(messages)) if (isSchema(value)) schemas[name] = form(value);
  for (const [name, value] of Object.entries(commandArgs)) schemas[`command ${name}`] = form(value);
  return schemas;
}

test('the form of the wire is the one of this protocol version', () => {
  const text = JSON.stringify(wireForm());
  expect(createHash('sha256').update(text).digest('hex')).toBe(hashes[messages.SYNC_PROTOCOL_VERSION]);
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
  const forms = shapes.map((shape) => JSON.stringify(form(shape)));
  expect(new Set(forms).size).toBe(forms.length);
  expect(canonicalText(Object.keys(wireForm() as object).length)).not.toBe('0');
});
