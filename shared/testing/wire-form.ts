import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Plain } from '../kernel/canonical.ts';

/** What a schema lets through, as JSON Schema; two schemas of one form take and give the same messages. */
export const formOf = (schema: z.ZodType): Plain =>
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

/** The SHA-256 of the forms by name, hex. */
export const hashOfForms = (forms: Readonly<Record<string, Plain>>): string =>
  createHash('sha256').update(JSON.stringify(forms)).digest('hex');
