import { z } from 'zod';
import { zId, zPaise } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';

/** The super-accountant's reading: every amount comes from the consolidated totals and leads down to its expenses. */
export const consolidationChannels = {
  'consolidation.summary': channel(
    z.strictObject({ financialYear: z.string() }),
    z.strictObject({
      colleges: z.array(
        z.strictObject({
          id: zId,
          code: z.string(),
          name: z.string(),
          spentPaise: zPaise,
          allocatedPaise: zPaise,
          committedPaise: zPaise,
          waiting: z.int(),
          overdue: z.int(),
        }),
      ),
      months: z.array(z.strictObject({ month: z.string(), collegeId: zId, spentPaise: zPaise })),
      categories: z.array(
        z.strictObject({
          category: z.string(),
          label: z.string(),
          labelHi: z.string(),
          collegeId: zId,
          spentPaise: zPaise,
        }),
      ),
      accounts: z.array(
        z.strictObject({
          accountCode: z.string(),
          accountName: z.string(),
          kind: z.string(),
          collegeId: zId,
          debitPaise: zPaise,
          creditPaise: zPaise,
        }),
      ),
      totalPaise: zPaise,
      /** Whether the totals equal the sum of the posted lines of every college here. */
      agrees: z.boolean(),
    }),
  ),
} as const;
