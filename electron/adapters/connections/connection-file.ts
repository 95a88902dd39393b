import { z } from 'zod';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { ConnectionBook, ConnectionRecord } from '../../../shared/ports/connections.ts';
import { zId } from '../../../shared/sync/command-args.ts';
import { zDetails } from '../../../shared/sync/messages.ts';
import { readFileIfThere, writeFileAtomically } from '../atomic-file.ts';

const zFacts = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  validFrom: z.int(),
  validUntil: z.int(),
  fingerprint: z.string(),
  key: z.string(),
});
const zRecord = z.strictObject({
  id: zId,
  collegeId: zId,
  connectorId: z.string(),
  accountCode: z.string(),
  accountNumber: z.string(),
  environment: z.enum(['sandbox', 'production', 'custom']),
  baseUrl: z.url({ protocol: /^https$/ }).nullable(),
  settings: z.record(z.string(), z.string()),
  certificate: z.strictObject({ generation: z.int().positive(), facts: zFacts }).nullable(),
  authority: z.strictObject({ pem: z.string(), facts: z.array(zFacts) }).nullable(),
  lastTest: z.strictObject({ at: z.int(), code: z.string().nullable(), details: zDetails }).nullable(),
});
const zFile = z.strictObject({
  format: z.literal(1),
  connections: z.array(zRecord).max(limits.connection.countMax),
});

/** `connections.json` beside the books, so that a restore does not change it. Nothing in it is secret. */
export function connectionFile(file: string): ConnectionBook {
  return {
    read: (): readonly ConnectionRecord[] => {
      const text = readFileIfThere(file);
      if (text === null) return [];
      try {
        return zFile.parse(JSON.parse(text)).connections;
      } catch (thrown) {
        throw new MunimError('CONNECTIONS_DAMAGED', {}, { cause: thrown instanceof Error ? thrown.name : undefined });
      }
    },
    write: (connections) => writeFileAtomically(file, JSON.stringify({ format: 1, connections }, null, 1)),
  };
}
