import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { readRecord, recordOf } from '../../shared/db/read-rows.ts';
import { sqlName, syncedTables, tableNames } from '../../shared/db/tables.ts';
import { type AuditHead, chainStart, verifyChain } from '../../shared/domain/audit/chain.ts';
import type { CommandDefinition } from '../../shared/domain/command/command.ts';
import { makeContext } from '../../shared/domain/command/context.ts';
import { commands } from '../../shared/domain/command/registry.ts';
import { runCommand } from '../../shared/domain/command/run.ts';
import type { AuditEntry, Person } from '../../shared/domain/rows.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { readCommand } from '../../shared/sync/client/read-command.ts';
import { faultsOf } from '../../shared/testing/books-invariants.ts';
import { MemoryBooks } from '../../shared/testing/memory-books.ts';
import { nodeDigest } from '../../shared/testing/node-digest.ts';
import type { Finding } from './checks.ts';
import type { Querying } from './database.ts';

/** What the oracle asks about who acts and who signed. */
export interface OracleWorld {
  readonly serverActor: (collegeId: Id) => Person;
  /** Whether the device signed this text; it must be one that the simulator itself made. */
  readonly signatureFits: (deviceId: Id, text: string, signature: string) => boolean;
}

/**
 * The books of one college as they follow from the server's applied commands, run one after the other on the plainest books there are.
 * Keeps up with the server commit by commit, so that it also knows the chain at every position.
 */
export class Oracle {
  readonly collegeId: Id;
  readonly #world: OracleWorld;
  readonly #books: MemoryBooks;
  #head: AuditHead = chainStart;
  readonly #hashes = new Map<number, string>();
  readonly #applied = new Set<Id>();

  constructor(collegeId: Id, world: OracleWorld) {
    this.collegeId = collegeId;
    this.#world = world;
    this.#books = new MemoryBooks(collegeId);
  }

  /** Commands that the server has applied. */
  get applied(): ReadonlySet<Id> {
    return this.#applied;
  }

  get position(): number {
    return this.#head.position;
  }

  hashAt(position: number): string | undefined {
    return position === 0 ? chainStart.hash : this.#hashes.get(position);
  }

  /** Verifies and runs the entries that came to the server since the last time. */
  async follow(pg: Querying): Promise<readonly Finding[]> {
    const { rows } = await pg.query<{ record: string }>(
      `SELECT row_to_json("audit_entries")::text AS "record" FROM "audit_entries" WHERE "college_id" = $1 AND "position" > $2 ORDER BY "position"`,
      [this.collegeId, this.#head.position],
    );
    for (const { record } of rows) {
      const problem = await this.#next(readRecord('audit_entries', record) as unknown as AuditEntry);
      if (problem !== null) return [problem];
    }
    return [];
  }

  async #next(entry: AuditEntry): Promise<Finding | null> {
    const at = `${entry.commandName} at ${entry.position}`;
    const signed = (one: AuditEntry): boolean => this.#world.signatureFits(one.deviceId, one.command, one.signature);
    const verdict = await verifyChain([entry], nodeDigest, this.#head, signed);
    if (!verdict.ok) return { invariant: 'S7', problem: `the server's chain breaks with ${at}` };
    if (this.#applied.has(entry.id)) return { invariant: 'S10', problem: `${at} was applied before` };
    const command = readCommand(entry.command);
    if (command === null) return { invariant: 'oracle', problem: `${at} cannot be read` };
    const actor = (await this.#books.get('people', command.actorId)) ?? this.#world.serverActor(this.collegeId);
    const done = await runCommand<unknown>(
      { args: command.args, text: entry.command, signature: entry.signature },
      commands[command.name] as CommandDefinition<unknown>,
      makeContext(command, actor, 'server', nodeDigest),
      this.#books,
      nodeDigest,
      { head: this.#head, recordedAt: entry.recordedAt },
    );
    if (!done.ok) return { invariant: 'oracle', problem: `the server applied ${at}, which is ${done.error.code}` };
    if (done.value.audit.hash !== entry.hash) return { invariant: 'oracle', problem: `${at} changed something else` };
    this.#books.apply(done.value.changes, done.value.audit);
    this.#head = verdict.head;
    this.#hashes.set(entry.position, entry.hash);
    this.#applied.add(entry.id);
    return null;
  }

  /** Holds every row of the server against the model, and the model against the rules of the house. */
  async compare(pg: Querying): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    const db = drizzle(pg as PGlite, { casing: 'snake_case' });
    for (const table of tableNames) {
      const { rows } = await db.execute(
        sql`SELECT ${recordOf(table)} FROM ${sql.raw(`"${sqlName(table)}"`)} WHERE ${syncedTables[table].collegeId} = ${this.collegeId}`,
      );
      const kept = (rows as { record: string }[]).map(({ record }) => {
        const { version: _, ...row } = readRecord(table, record);
        return canonicalText(row as Plain);
      });
      const model = this.#books.rows(table).map((row) => canonicalText(row as unknown as Plain));
      const known = new Set(model);
      const other = kept.find((row) => !known.has(row));
      if (other !== undefined || kept.length !== model.length) {
        const problem = `${table}: ${kept.length} rows, the model ${model.length}; ${other?.slice(0, 300) ?? ''}`;
        findings.push({ invariant: 'oracle', problem });
      }
    }
    for (const problem of await faultsOf(this.#books)) findings.push({ invariant: 'oracle', problem });
    return findings;
  }
}
