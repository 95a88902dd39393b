import { z } from 'zod';
import type { Desk } from '../electron/host/desk.ts';
import { zSession } from '../shared/ipc/contract/session.ts';

/** What the demonstration server tells about its group, only to its own machine. */
const zDemo = z.object({
  password: z.string(),
  desks: z.array(z.object({ desk: z.string(), colleges: z.array(z.string()), enrolCode: z.string() })),
  people: z.array(z.object({ name: z.string(), email: z.string(), role: z.string(), colleges: z.array(z.string()) })),
});
export type Demo = z.infer<typeof zDemo>;

export async function readDemo(serverUrl: string): Promise<Demo> {
  const answer = await fetch(new URL('/demo', serverUrl));
  if (!answer.ok) throw new Error(`The sync-server has no demonstration group (HTTP ${answer.status}).`);
  return zDemo.parse(await answer.json());
}

export function demoText(serverUrl: string, demo: Demo): string {
  const people = demo.people.map(
    ({ email, name, role, colleges }) => `  ${email.padEnd(30)} ${name.padEnd(24)} ${role} (${colleges.join(', ')})`,
  );
  const desks = demo.desks.map(({ desk, enrolCode }) => `  ${enrolCode}  ${desk}`);
  return [
    `The demonstration group is on the sync-server at ${serverUrl}. Sign in as one of its people,`,
    `each with the password ${demo.password}`,
    ...people,
    'More desks join with one of these codes, each of which works once:',
    ...desks,
  ].join('\n');
}

/** Joins a fresh desk to all colleges of the group, so that the first thing to see is the sign-in and not a form of addresses. */
export async function joinGroup(desk: Desk, serverUrl: string, demo: Demo): Promise<void> {
  const reply = await desk.invoke('session.get', {});
  if (!reply.ok) throw new Error(`The desk does not answer (${reply.code}).`);
  if (zSession.parse(reply.value).phase !== 'unenrolled') return;
  const group = demo.desks.reduce((widest, one) => (one.colleges.length > widest.colleges.length ? one : widest));
  const input = { serverUrl, code: group.enrolCode, deviceName: group.desk };
  const joined = await desk.invoke('session.enrol', input);
  if (!joined.ok) throw new Error(`The desk could not join the demonstration group (${joined.code}).`);
}
