import { and, asc, eq, sql } from 'drizzle-orm';
import { knownPeople } from '../../../shared/db/desk-schema.ts';
import { financialYears } from '../../../shared/db/queries/session-facts.ts';
import { colleges, people } from '../../../shared/db/schema.ts';
import type { Db } from '../../../shared/db/tables.ts';
import type { Role } from '../../../shared/domain/rows.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { type Fact, readFact, writeFact } from './facts.ts';
import { rowsOf } from './rows-of.ts';

/** Who may work at this desk, as its own books and memory know them. */
export class PeopleStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  device(): Promise<Fact<'device'> | undefined> {
    return readFact(this.#db, 'device');
  }

  async setDevice(device: Fact<'device'>, resign: Fact<'resign'> | undefined): Promise<void> {
    await this.#db.transaction(async (tx) => {
      await writeFact(tx as unknown as Db, 'device', device);
      if (resign !== undefined) await writeFact(tx as unknown as Db, 'resign', resign);
    });
  }

  /** Colleges whose first pull has ended. */
  async colleges() {
    const rows = await this.#db.select().from(colleges).orderBy(asc(colleges.code));
    return rows.map((row) => ({
      id: row.id,
      code: row.code,
      name: row.name,
      address: row.address,
      approvalAbovePaise: row.approvalAbovePaise,
      budgetWarningBp: row.budgetWarningBp,
      budgetCriticalBp: row.budgetCriticalBp,
    }));
  }

  /** The active rows of a person, one for each college he may act in. */
  async activeRows(personId: Id): Promise<readonly { collegeId: Id; name: string; email: string; role: Role }[]> {
    return await this.#db
      .select({ collegeId: people.collegeId, name: people.name, email: people.email, role: people.role })
      .from(people)
      .where(and(eq(people.id, personId), eq(people.isActive, true)))
      .orderBy(asc(people.collegeId));
  }

  async knownPeople(): Promise<readonly { readonly name: string; readonly email: string }[]> {
    const rows = await rowsOf<{ name: string; email: string }>(
      this.#db,
      sql`SELECT k."email", coalesce((SELECT min(p."name") FROM "people" p WHERE p."id" = k."person_id"), k."email") AS "name"
          FROM "desk"."known_people" k ORDER BY 2`,
    );
    return rows.map(({ name, email }) => ({ name, email }));
  }

  async known(email: string): Promise<{ personId: Id; passwordHash: string; confirmedAt: number } | undefined> {
    const [row] = await this.#db.select().from(knownPeople).where(eq(knownPeople.email, email));
    return row;
  }

  async remember(person: { id: Id; email: string; passwordHash: string; at: number }): Promise<void> {
    const kept = {
      personId: person.id,
      email: person.email,
      passwordHash: person.passwordHash,
      confirmedAt: person.at,
    };
    await this.#db.transaction(async (tx) => {
      // An address that moved to another person must not keep the first one from being remembered.
      await tx.delete(knownPeople).where(eq(knownPeople.email, person.email));
      await tx.insert(knownPeople).values(kept).onConflictDoUpdate({ target: knownPeople.personId, set: kept });
    });
  }

  async forget(email: string): Promise<void> {
    await this.#db.delete(knownPeople).where(eq(knownPeople.email, email));
  }

  /** Years that have anything in these books, and the present one; newest first. */
  financialYears(collegeIds: readonly Id[], present: string): Promise<readonly string[]> {
    return financialYears(this.#db, collegeIds, present);
  }
}
