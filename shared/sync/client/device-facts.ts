import { z } from 'zod';
import { zId } from '../command-args.ts';

/** The desk as the server knows it. `id` changes when the desk is enrolled again; `formerIds` are those it had before. */
export const zDeviceFacts = z.strictObject({
  id: zId,
  formerIds: z.array(zId).default([]),
  name: z.string(),
  serverUrl: z.string(),
  serverName: z.string(),
  demonstration: z.boolean(),
  enrolledAt: z.int(),
  colleges: z.array(z.strictObject({ id: zId, code: z.string(), name: z.string() })),
});
export type DeviceFacts = z.infer<typeof zDeviceFacts>;

/** Set by an enrolment over an older one: waiting commands still carry the old desk's name, and the server counts from `nextSeq`. */
export const zResignFact = z.strictObject({ nextSeq: z.int().positive() });
