import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { MunimError } from '../../shared/kernel/errors.ts';
import { writeWhole } from '../adapters/durable-file.ts';
import { chartFile, programRoot } from '../composition/places.ts';
import { sendPlain } from '../http/answer.ts';
import type { ServerContext } from '../services/context.ts';
import { issueEnrolCode } from '../services/enrol.ts';
import { allColleges } from '../services/set-up-college.ts';
import { demoPassword } from './demo-books.ts';
import { type DemoPerson, seedDemo } from './seed-demo.ts';

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Makes the demonstration group at the first start and tells at `GET /demo` how to enter it: fresh codes for a desk of each college and
 * for one of the whole group, and who may sign in. Only with MUNIM_DEMO, and only to this machine.
 */
export async function offerDemo(http: FastifyInstance, context: ServerContext, dataDir: string): Promise<void> {
  const peopleFile = path.join(dataDir, 'demo-people.json');
  if (!existsSync(peopleFile)) {
    const chart: unknown = JSON.parse(await readFile(chartFile(programRoot()), 'utf8'));
    const { people, commands } = await seedDemo(context, chart);
    await writeWhole(peopleFile, JSON.stringify(people));
    context.log.info('demonstration made', { commands });
  }
  const people = JSON.parse(await readFile(peopleFile, 'utf8')) as DemoPerson[];
  http.get('/demo', async (request, reply) => {
    if (!loopback.has(request.socket.remoteAddress ?? '')) throw new MunimError('NOT_FOUND', { what: 'address' });
    const colleges = await allColleges(context);
    const desks = [];
    for (const { id, code, name } of colleges) {
      desks.push({ desk: name, colleges: [code], enrolCode: (await issueEnrolCode(context, [id])).code });
    }
    const ids = colleges.map(({ id }) => id);
    const group = {
      desk: 'Group desk',
      colleges: colleges.map(({ code }) => code),
      enrolCode: (await issueEnrolCode(context, ids)).code,
    };
    return sendPlain(reply, {
      password: demoPassword,
      desks: [...desks, group],
      people: people.map((person) => ({ ...person })),
    });
  });
}
