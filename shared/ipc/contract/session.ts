import { z } from 'zod';
import { limits } from '../../kernel/limits.ts';
import { zId, zPaise, zRole } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';

const zCollegeName = z.strictObject({
  id: zId,
  code: z.string(),
  name: z.string(),
  address: z.string(),
  approvalAbovePaise: zPaise,
  budgetWarningBp: z.int(),
  budgetCriticalBp: z.int(),
});

export const zSession = z.strictObject({
  phase: z.enum(['unenrolled', 'signed_out', 'signed_in']),
  device: z.strictObject({ id: zId, name: z.string(), serverUrl: z.string(), serverName: z.string() }).nullable(),
  /** Colleges this desk keeps books of; more than one on a group desk. Empty until the first pull has ended. */
  colleges: z.array(zCollegeName),
  person: z.strictObject({ id: zId, name: z.string(), email: z.string(), role: zRole }).nullable(),
  /** People who can sign in offline here. */
  knownPeople: z.array(z.strictObject({ name: z.string(), email: z.string() })),
  /** Today in India, and the financial year it falls in. */
  today: z.string(),
  financialYear: z.string(),
  /** Financial years that have anything in the books, and the present one; newest first. */
  financialYears: z.array(z.string()),
  /** True for the demonstration group, whose people and passwords may be shown on the sign-in page. */
  demonstration: z.boolean(),
});
export interface Session extends Readonly<z.infer<typeof zSession>> {}

export const sessionChannels = {
  'session.get': channel(z.strictObject({}), zSession),
  'session.enrol': channel(
    z.strictObject({
      serverUrl: z.url().max(300),
      code: z.string().min(8).max(40),
      deviceName: z.string().min(1).max(limits.text.nameMax),
    }),
    zSession,
  ),
  /** Online when the server answers, otherwise against what the desk remembers of this person. */
  'session.signIn': channel(
    z.strictObject({ email: z.string().min(1).max(limits.text.nameMax), password: z.string().min(1).max(200) }),
    zSession,
  ),
  'session.signOut': channel(z.strictObject({}), zSession),
} as const;
