import { nameOf } from '../../shared/domain/command/context.ts';
import type { ReconcilingArgs, StatementLineFields } from '../../shared/domain/reconciliation/args.ts';
import { bankLineId } from '../../shared/domain/reconciliation/line-id.ts';
import { recogniseAccount } from '../../shared/domain/reconciliation/recognise.ts';
import { statementLines } from '../../shared/domain/reconciliation/statement-lines.ts';
import type { Statement } from '../../shared/domain/statement/model.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { type Paise, sumPaise } from '../../shared/kernel/money.ts';
import type { Digest } from '../../shared/ports/digest.ts';
import type { StatementFiles } from '../../shared/ports/statement-files.ts';
import type { FileService, HeldFile } from './files.ts';
import { type JobHandle, stopHere } from './jobs.ts';

/** What the import of statements asks of the books of a college. */
export interface StatementBooks {
  accounts(collegeId: Id): Promise<readonly { readonly id: Id; readonly accountNumber: string }[]>;
  knownLines(collegeId: Id, ids: readonly Id[]): Promise<ReadonlySet<Id>>;
  /** Day and amounts of the lines that are there, each with its id. */
  linesBetween(
    collegeId: Id,
    bankAccountId: Id,
    from: string,
    to: string,
  ): Promise<readonly { readonly id: Id; readonly key: string }[]>;
  /** Names of rows as the college gives them. */
  idFor(collegeId: Id): (name: string) => Id;
  /** Durable when it resolves. @throws MunimError with the code of the refusal */
  enter(collegeId: Id, args: ReconcilingArgs['statement.import']): Promise<void>;
}

export interface StatementTools {
  readonly files: FileService;
  readonly statements: StatementFiles;
  readonly books: StatementBooks;
  readonly digest: Digest;
  readonly pause: () => Promise<void>;
}

/** A statement that was read and held against the books. */
export interface ReadStatement {
  readonly statement: Statement;
  /** The account it is of; null where a person has to say. */
  readonly bankAccountId: Id | null;
  readonly lines: readonly StatementLineFields[];
  readonly ids: readonly Id[];
  readonly known: ReadonlySet<Id>;
  readonly alike: number;
  readonly inPaise: Paise;
  readonly outPaise: Paise;
}

/**
 * Reads a statement and finds whose it is and what of it is new. The account a person chose is taken unless the statement names another of the
 * college's accounts. @throws MunimError with what is wrong with the file; STATEMENT_OTHER_ACCOUNT
 */
export async function planStatement(
  tools: StatementTools,
  file: HeldFile,
  question: { readonly collegeId: Id; readonly bankAccountId: Id | null },
  signal: AbortSignal,
): Promise<ReadStatement> {
  const read = await tools.statements.read(tools.files.pathOf(file.id), { signal });
  if (!read.ok) throw new MunimError(read.error.code, read.error.details);
  return holdAgainstBooks(tools.books, read.value, question);
}

/** A statement, from wherever it came, against the books. */
export async function holdAgainstBooks(
  books: StatementBooks,
  statement: Statement,
  { collegeId, bankAccountId: chosen }: { readonly collegeId: Id; readonly bankAccountId: Id | null },
): Promise<ReadStatement> {
  const accounts = await books.accounts(collegeId);
  const found = recogniseAccount(statement.accountNumber, accounts);
  if (chosen !== null && found !== null && found !== chosen) {
    const own = accounts.find(({ id }) => id === chosen)?.accountNumber ?? '';
    throw new MunimError('STATEMENT_OTHER_ACCOUNT', { found: statement.accountNumber ?? '', account: own });
  }
  const bankAccountId = chosen ?? found;
  const lines = statementLines(bankAccountId ?? '', statement);
  const sums = {
    inPaise: sumPaise(lines.map(({ creditPaise }) => creditPaise)),
    outPaise: sumPaise(lines.map(({ debitPaise }) => debitPaise)),
  };
  if (bankAccountId === null) {
    return { statement, bankAccountId, lines, ids: [], known: new Set(), alike: 0, ...sums };
  }
  const namedId = books.idFor(collegeId);
  const ids = lines.map((line) => bankLineId(bankAccountId, line, line.occurrence, { namedId }));
  const known = await books.knownLines(collegeId, ids);
  const alike = await countAlike(books, collegeId, bankAccountId, statement, lines, ids, known);
  return { statement, bankAccountId, lines, ids, known, alike, ...sums };
}

/** New lines that have day and amounts of one that is there and that this statement does not bring: the same under other words. */
async function countAlike(
  books: StatementBooks,
  collegeId: Id,
  bankAccountId: Id,
  { from, to }: Statement,
  lines: readonly StatementLineFields[],
  ids: readonly Id[],
  known: ReadonlySet<Id>,
): Promise<number> {
  if (known.size === lines.length) return 0;
  const brought = new Set(ids);
  const there = new Map<string, number>();
  for (const { id, key } of await books.linesBetween(collegeId, bankAccountId, from, to)) {
    if (!brought.has(id)) there.set(key, (there.get(key) ?? 0) + 1);
  }
  let alike = 0;
  for (const [index, { date, debitPaise, creditPaise }] of lines.entries()) {
    if (known.has(ids[index] ?? '')) continue;
    const key = `${date} ${debitPaise} ${creditPaise}`;
    const left = there.get(key) ?? 0;
    if (left > 0) alike += 1;
    there.set(key, left - 1);
  }
  return alike;
}

/** Enters a statement from a file, part by part. What was entered is known afterwards, so work that was stopped is simply started again. */
export async function importStatement(
  tools: StatementTools,
  file: HeldFile,
  question: { readonly collegeId: Id; readonly bankAccountId: Id },
  job: JobHandle,
): Promise<void> {
  const read = await planStatement(tools, file, question, job.signal);
  const source = { fileName: file.fileName, sha256: await hashOf(tools, file) };
  await enterStatement(tools, read, { ...question, ...source }, job);
}

async function hashOf({ files, digest }: StatementTools, file: HeldFile): Promise<string> {
  const whole = new Uint8Array(file.sizeBytes);
  for (let at = 0; at < whole.length; ) {
    const { bytes } = await files.read(file.personId, file.id, at);
    if (bytes.length === 0) break;
    whole.set(bytes, at);
    at += bytes.length;
  }
  return toHex(digest.sha256(whole));
}

export interface EnterQuestion {
  readonly collegeId: Id;
  readonly bankAccountId: Id;
  readonly fileName: string | null;
  readonly sha256: string | null;
}

/** Enters what was read. The id of the statement follows from what it says, so that the same one is there once. */
export async function enterStatement(
  { books, pause }: Pick<StatementTools, 'books' | 'pause'>,
  { statement, lines, ids, known }: ReadStatement,
  { collegeId, bankAccountId, fileName, sha256 }: EnterQuestion,
  job: Pick<JobHandle, 'signal' | 'progress' | 'result'>,
): Promise<void> {
  const { format, from, to, openingPaise, closingPaise } = statement;
  const figures = [format, from, to, String(openingPaise), String(closingPaise), ids[0] ?? '', ids.at(-1) ?? ''];
  const statementId = books.idFor(collegeId)(nameOf('statement', bankAccountId, ...figures));
  const head = { statementId, bankAccountId, format, fileName, sha256, from, to, openingPaise, closingPaise };
  const size = limits.reconciliation.linesPerCommand;
  for (let at = 0; at === 0 || at < lines.length; at += size) {
    stopHere(job.signal);
    await enterPart(books, collegeId, { ...head, lines: lines.slice(at, at + size) });
    const done = Math.min(at + size, lines.length);
    const before = ids.slice(0, done).filter((id) => known.has(id)).length;
    job.progress(done, lines.length);
    job.result({ added: done - before, known: before, refused: 0, fileId: null, fileName: null });
    await pause();
  }
}

/** Long narrations make a part that would not fit into one message to the server. */
async function enterPart(
  books: StatementBooks,
  collegeId: Id,
  part: ReconcilingArgs['statement.import'],
): Promise<void> {
  try {
    await books.enter(collegeId, part);
  } catch (thrown) {
    const isTooLarge = thrown instanceof MunimError && thrown.code === 'SYNC_TOO_LARGE' && part.lines.length > 1;
    if (!isTooLarge) throw thrown;
    const middle = Math.ceil(part.lines.length / 2);
    await enterPart(books, collegeId, { ...part, lines: part.lines.slice(0, middle) });
    await enterPart(books, collegeId, { ...part, lines: part.lines.slice(middle) });
  }
}
