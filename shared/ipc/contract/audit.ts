import { z } from 'zod';
import { zId } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';
import { zTimelineEntry } from './expenses.ts';
import { zSearch, zWindow } from './lists.ts';

export const auditChannels = {
  'audit.page': channel(
    z.strictObject({ collegeId: zId, text: zSearch, documentId: zId.nullable(), ...zWindow }),
    z.strictObject({
      rows: z.array(
        zTimelineEntry.extend({
          documentId: zId.nullable(),
          reference: z.string().nullable(),
          hash: z.string(),
          previousHash: z.string(),
        }),
      ),
      count: z.int(),
    }),
  ),
  /** Walks the chain of the college from its first entry; a broken link names its position. */
  'audit.verify': channel(
    z.strictObject({ collegeId: zId }),
    z.strictObject({ intact: z.boolean(), entries: z.int(), brokenAt: z.int().nullable(), headHash: z.string() }),
  ),
} as const;
