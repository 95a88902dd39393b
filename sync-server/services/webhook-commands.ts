import { z } from 'zod';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { zId } from '../../shared/sync/command-args.ts';
import { read } from './checked.ts';
import type { ServerContext } from './context.ts';
import { deadWebhooks, replayWebhook } from './dead-webhooks.ts';
import { allCollegeIds } from './own-command.ts';
import { collegesByCode } from './set-up-college.ts';

const zNewSecret = z.strictObject({
  provider: z.string(),
  colleges: z.array(z.string()),
  secret: z.string(),
  allowsNoTime: z.boolean(),
});
const zNothing = z.strictObject({});
const zOne = z.strictObject({ id: zId });

/** What an operator does about the messages of banks, by name. A secret goes in and never comes out. */
export const webhookCommands: Readonly<Record<string, (context: ServerContext, input: unknown) => Promise<Plain>>> = {
  'add-webhook-secret': async (context, input) => {
    const given = read(zNewSecret, input);
    if (!context.webhookSources.has(given.provider)) {
      throw new MunimError('INPUT_INVALID', {
        where: `provider, one of ${[...context.webhookSources.keys()].join(', ')}`,
      });
    }
    await collegesByCode(context, given.colleges);
    return { id: await context.webhookSecrets.add(given) };
  },
  'remove-webhook-secret': async (context, input) => {
    const { id } = read(zOne, input);
    if (!(await context.webhookSecrets.remove(id))) throw new MunimError('NOT_FOUND', { what: 'secret' });
    return { id, removed: true };
  },
  'webhook-secrets': async (context, input) => {
    read(zNothing, input);
    const all = await context.webhookSecrets.all();
    return {
      secrets: all.map(({ id, provider, colleges, allowsNoTime }) => ({
        id,
        provider,
        colleges: [...colleges],
        allowsNoTime,
      })),
    };
  },
  'dead-webhooks': async (context, input) => {
    read(zNothing, input);
    const scope = { collegeIds: await allCollegeIds(context), unassigned: true };
    return { webhooks: (await deadWebhooks(context, scope)).map((one) => ({ ...one, details: { ...one.details } })) };
  },
  'replay-webhook': async (context, input) => {
    const { id } = read(zOne, input);
    const scope = { collegeIds: await allCollegeIds(context), unassigned: true };
    if (!(await replayWebhook(context, id, scope))) throw new MunimError('NOT_FOUND', { what: 'message' });
    return { id, waiting: true };
  },
};
