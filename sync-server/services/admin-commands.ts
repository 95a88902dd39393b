import { z } from 'zod';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { zId } from '../../shared/sync/command-args.ts';
import { read } from './checked.ts';
import type { ServerContext } from './context.ts';
import { revokeDevice } from './devices.ts';
import { issueEnrolCode } from './enrol.ts';
import { addPerson, allColleges, collegesByCode, setUpCollege, zNewPerson } from './set-up-college.ts';
import { isSound, verifyCollege } from './verify.ts';
import { webhookCommands } from './webhook-commands.ts';

const zCodes = z.array(z.string().min(1)).min(1);

/** What an operator does at the server itself, by name; used by the command line directly or through the running server. */
export const adminCommands: Readonly<Record<string, (context: ServerContext, input: unknown) => Promise<Plain>>> = {
  'add-college': async (context, input) => {
    const { college, chart } = read(z.strictObject({ college: z.unknown(), chart: z.unknown() }), input);
    const { id, code, name } = await setUpCollege(context, college, chart);
    return { id, code, name };
  },
  'add-person': async (context, input) => {
    const { colleges, ...person } = read(z.strictObject({ ...zNewPerson.shape, colleges: zCodes }), input);
    const found = await collegesByCode(context, colleges);
    return {
      id: await addPerson(
        context,
        person,
        found.map(({ id }) => id),
      ),
      email: person.email,
    };
  },
  'enrol-code': async (context, input) => {
    const { colleges } = read(z.strictObject({ colleges: zCodes }), input);
    const found = await collegesByCode(context, colleges);
    return {
      ...(await issueEnrolCode(
        context,
        found.map(({ id }) => id),
      )),
    };
  },
  'revoke-device': async (context, input) => {
    const { id } = read(z.strictObject({ id: zId }), input);
    if (!(await revokeDevice(context, id))) throw new MunimError('NOT_FOUND', { what: 'desk' });
    return { id, revoked: true };
  },
  ...webhookCommands,
  verify: async (context, input) => {
    read(z.strictObject({}), input);
    const colleges = [];
    let sound = true;
    for (const { id, code } of await allColleges(context)) {
      const verdict = await verifyCollege(context, id);
      sound &&= isSound(verdict);
      colleges.push({ code, ...verdict });
    }
    return { sound, colleges };
  },
};

export async function runAdminCommand(context: ServerContext, name: string, input: unknown): Promise<Plain> {
  const command = Object.hasOwn(adminCommands, name) ? adminCommands[name] : undefined;
  if (!command) throw new MunimError('INPUT_INVALID', { where: 'command' });
  return await command(context, input);
}
