import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { colleges } from '../../shared/db/schema.ts';
import { inScope } from '../../shared/db/scope.ts';
import { seedChart } from '../../shared/domain/college/seed-chart.ts';
import { collegeIds as idsOf } from '../../shared/domain/command/context.ts';
import type { College, Person, Role } from '../../shared/domain/rows.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { parseRupees } from '../../shared/kernel/money.ts';
import { zRole } from '../../shared/sync/command-args.ts';
import { credentialByEmail, emailKey, putCredential } from '../stores/people.ts';
import { read } from './checked.ts';
import type { ServerContext } from './context.ts';
import { allCollegeIds, runOwnCommand } from './own-command.ts';

const zRupees = z.string().transform((text, issues) => {
  const paise = parseRupees(text);
  if (paise.ok) return paise.value;
  issues.addIssue({ code: 'custom', message: paise.error });
  return z.NEVER;
});

/** What an IT admin writes down about a college. Amounts are rupees as decimal text. */
export const zCollegeFile = z.strictObject({
  code: z.string().min(1).max(40),
  name: z.string().min(1).max(limits.text.nameMax),
  stateCode: z.string().regex(/^\d{2}$/),
  gstin: z.string().nullable().default(null),
  pan: z.string().nullable().default(null),
  address: z.string().max(limits.text.descriptionMax).default(''),
  /** 001 section 1.2: above 50,000 rupees the principal decides, within 48 hours. */
  approvalAbove: zRupees.default(5_000_000n),
  approvalSlaHours: z.int().positive().default(48),
  budgetWarningPercent: z.int().min(1).max(100).default(80),
  budgetCriticalPercent: z.int().min(1).max(200).default(95),
});
export type CollegeFile = z.input<typeof zCollegeFile>;

export const zNewPerson = z.strictObject({
  name: z.string().min(1).max(limits.text.nameMax),
  email: z.email().max(limits.text.nameMax),
  role: zRole,
  password: z.string().min(limits.auth.passwordMinLength).max(200),
});
export type NewPerson = z.infer<typeof zNewPerson>;

/**
 * Sets a college up with the chart of accounts, or changes the settings of the one with this code. @param chart parsed
 * `resources/seed/chart.json` @throws MunimError with the refusal of `college.configure`
 */
export async function setUpCollege(context: ServerContext, file: unknown, chart: unknown): Promise<College> {
  const given = read(zCollegeFile, file);
  const known = (await allColleges(context)).find((college) => college.code === given.code);
  const id = known?.id ?? uuidv7(context.clock.now(), context.random.bytes(10));
  const college: College = {
    collegeId: id,
    id,
    code: given.code,
    name: given.name,
    stateCode: given.stateCode,
    gstin: given.gstin,
    pan: given.pan,
    address: given.address,
    isActive: true,
    approvalAbovePaise: given.approvalAbove,
    approvalSlaHours: given.approvalSlaHours,
    budgetWarningBp: given.budgetWarningPercent * 100,
    budgetCriticalBp: given.budgetCriticalPercent * 100,
  };
  // The chart is where a college begins; what it made of it since then is its own.
  const begin = known ? { groups: [], accounts: [], categories: [] } : seedChart(chart, id, idsOf(id, context.digest));
  await runOwnCommand(context, id, 'college.configure', { college, people: [], ...begin });
  return college;
}

export async function allColleges(context: ServerContext): Promise<readonly College[]> {
  const ids = await allCollegeIds(context);
  const rows = await inScope(context.database.db, ids, (tx) => tx.select().from(colleges).orderBy(colleges.code));
  return rows.map(({ version: _, ...college }) => college);
}

/** @throws MunimError NOT_FOUND when a code names no college */
export async function collegesByCode(context: ServerContext, codes: readonly string[]): Promise<readonly College[]> {
  const all = await allColleges(context);
  return codes.map((code) => {
    const found = all.find((college) => college.code === code);
    if (!found) throw new MunimError('NOT_FOUND', { what: `college ${code}` });
    return found;
  });
}

/**
 * Lets a person act in colleges under one role and sign in with the password. A person known by his e-mail keeps his id, gets the new
 * password and the further colleges. @throws MunimError with the refusal
 */
export async function addPerson(context: ServerContext, given: NewPerson, collegeIds: readonly Id[]): Promise<Id> {
  const { name, email, role, password } = read(zNewPerson, given);
  const { db } = context.database;
  const passwordHash = await context.passwords.hash(password);
  const now = context.clock.now();
  // The credential first: should the rest be interrupted, doing it again finds the person.
  const personId = await inScope(db, [], async (tx) => {
    const known = await credentialByEmail(tx, email);
    const id = known?.personId ?? uuidv7(now, context.random.bytes(10));
    await putCredential(tx, { personId: id, email, passwordHash, changedAt: now });
    return id;
  });
  for (const collegeId of collegeIds) {
    await putPerson(context, {
      collegeId,
      id: personId,
      name,
      email: emailKey(email),
      role: role as Role,
      isActive: true,
    });
  }
  return personId;
}

async function putPerson(context: ServerContext, person: Person): Promise<void> {
  const { collegeId } = person;
  const [found] = await inScope(context.database.db, [collegeId], (tx) =>
    tx.select().from(colleges).where(eq(colleges.id, collegeId)),
  );
  if (!found) throw new MunimError('NOT_FOUND', { what: 'college' });
  const { version: _, ...college } = found;
  await runOwnCommand(context, collegeId, 'college.configure', {
    college,
    people: [person],
    groups: [],
    accounts: [],
    categories: [],
  });
}
