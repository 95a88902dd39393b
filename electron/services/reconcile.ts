import type { BankRule } from '../../shared/domain/bank-rows.ts';
import type { BookEntry, MatchLine, Proposal } from '../../shared/domain/matching/model.ts';
import { matchSteps } from '../../shared/domain/matching/propose.ts';
import type { MatchFields, ReconcilingArgs } from '../../shared/domain/reconciliation/args.ts';
import { canonicalText } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import { type JobHandle, type JobRefusal, refusalsShown, stopHere } from './jobs.ts';

export interface AccountQuestion {
  readonly collegeId: Id;
  readonly bankAccountId: Id;
}

/** What the search for matches asks of the books of a college, and what is done with what it found. */
export interface ReconcileBooks {
  lines(question: AccountQuestion, to: string): AsyncGenerator<readonly MatchLine[], void>;
  entries(question: AccountQuestion, to: string): AsyncGenerator<readonly BookEntry[], void>;
  rules(question: AccountQuestion): Promise<readonly BankRule[]>;
  /** Durable when they resolve. @throws MunimError with the code of the refusal */
  match(collegeId: Id, args: ReconcilingArgs['reconciliation.match']): Promise<void>;
  post(collegeId: Id, args: ReconcilingArgs['reconciliation.post']): Promise<void>;
}

export interface ReconcileTools {
  readonly books: ReconcileBooks;
  readonly clock: Clock;
  readonly random: Random;
  readonly pause: () => Promise<void>;
}

/** A search that was made, and which of its proposals are settled. */
export interface Search {
  readonly proposals: readonly Proposal[];
  readonly settled: Set<number>;
  readonly foundAt: number;
}

/** The search gives way to other calls after this long. */
const SLICE_MS = 12;

/**
 * Looks for what belongs together and accepts what a person wants of it. What was found is kept for the account until the next search;
 * nothing is in the books before it is accepted.
 */
export class Reconciler {
  readonly #tools: ReconcileTools;
  readonly #searches = new Map<string, Search>();

  constructor(tools: ReconcileTools) {
    this.#tools = tools;
  }

  search(question: AccountQuestion): Search | null {
    return this.#searches.get(keyOf(question)) ?? null;
  }

  async propose(question: AccountQuestion, to: string, job: JobHandle): Promise<void> {
    const { books, clock, pause } = this.#tools;
    const [lines, entries]: [MatchLine[], BookEntry[]] = [[], []];
    for await (const some of books.lines(question, to)) {
      stopHere(job.signal);
      lines.push(...some);
      await pause();
    }
    for await (const some of books.entries(question, to)) {
      stopHere(job.signal);
      entries.push(...some);
      await pause();
    }
    const own = (rule: BankRule): boolean =>
      rule.isActive && (rule.bankAccountId === null || rule.bankAccountId === question.bankAccountId);
    const steps = matchSteps(lines, entries, (await books.rules(question)).filter(own));
    let since = clock.now();
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        this.#found(question, step.value, job);
        return;
      }
      if (clock.now() - since < SLICE_MS) continue;
      job.progress(Math.floor(step.value * 100), 100);
      await pause();
      stopHere(job.signal);
      since = clock.now();
    }
  }

  #found(question: AccountQuestion, proposals: readonly Proposal[], job: JobHandle): void {
    this.#searches.set(keyOf(question), { proposals, settled: new Set(), foundAt: this.#tools.clock.now() });
    const automatic = proposals.filter(({ isAutomatic }) => isAutomatic).length;
    job.progress(100, 100);
    job.result({ added: automatic, known: 0, refused: proposals.length - automatic, fileId: null, fileName: null });
  }

  /**
   * Enters the matches of these places, or all automatic ones. A batch that the books refuse is tried one by one: one line that somebody
   * else matched meanwhile must not hold back the others. @throws MunimError NOT_FOUND before a search
   */
  async accept(question: AccountQuestion, which: 'automatic' | readonly number[], job: JobHandle): Promise<void> {
    const search = this.search(question);
    if (search === null) throw new MunimError('NOT_FOUND', { what: 'match' });
    const places = placesOf(search, which);
    const run = new AcceptRun(this.#tools, question, search, places.length, job);
    const plain = places.filter((place) => search.proposals[place]?.posting === null);
    const size = limits.reconciliation.matchesPerCommand;
    for (let at = 0; at < plain.length; at += size) await run.match(plain.slice(at, at + size));
    for (const place of places) if (search.proposals[place]?.posting !== null) await run.post(place);
    run.report();
  }
}

const keyOf = ({ collegeId, bankAccountId }: AccountQuestion): string => `${collegeId} ${bankAccountId}`;

function placesOf({ proposals, settled }: Search, which: 'automatic' | readonly number[]): readonly number[] {
  const all = which === 'automatic' ? proposals.map((_, place) => place) : [...new Set(which)];
  return all.filter((place) => {
    const proposal = proposals[place];
    if (proposal === undefined || settled.has(place)) return false;
    return which !== 'automatic' || proposal.isAutomatic;
  });
}

class AcceptRun {
  readonly #tools: ReconcileTools;
  readonly #question: AccountQuestion;
  readonly #search: Search;
  readonly #total: number;
  readonly #job: JobHandle;
  readonly #counts = { added: 0, refused: 0 };
  readonly #refusals: JobRefusal[] = [];

  constructor(tools: ReconcileTools, question: AccountQuestion, search: Search, total: number, job: JobHandle) {
    this.#tools = tools;
    this.#question = question;
    this.#search = search;
    this.#total = total;
    this.#job = job;
  }

  async match(places: readonly number[]): Promise<void> {
    stopHere(this.#job.signal);
    const { collegeId, bankAccountId } = this.#question;
    const matches = places.flatMap((place) => this.#fieldsOf(place) ?? []);
    try {
      await this.#tools.books.match(collegeId, { bankAccountId, matches });
      this.#settle(places);
    } catch (thrown) {
      if (!(thrown instanceof MunimError) || !ofMatch.test(thrown.code)) throw thrown;
      if (places.length > 1) for (const place of places) await this.match([place]);
      else this.#refuse(places, thrown);
    }
    await this.#next();
  }

  async post(place: number): Promise<void> {
    stopHere(this.#job.signal);
    const { collegeId, bankAccountId } = this.#question;
    const proposal = this.#search.proposals[place];
    const match = this.#fieldsOf(place);
    const posting = proposal?.posting ?? null;
    if (match === null || posting === null || posting.accountCode === null) return;
    const side = { accountCode: posting.accountCode, vendorId: null, departmentCode: null, fundCode: null };
    const { paise } = posting;
    const amounts = { debitPaise: paise < 0n ? -paise : 0n, creditPaise: paise > 0n ? paise : 0n };
    try {
      await this.#tools.books.post(collegeId, {
        ...{ bankAccountId, match, voucherId: this.#newId(), narration: posting.narration ?? '' },
        lines: [{ ...side, ...amounts }],
      });
      this.#settle([place]);
    } catch (thrown) {
      if (!(thrown instanceof MunimError) || !ofMatch.test(thrown.code)) throw thrown;
      this.#refuse([place], thrown);
    }
    await this.#next();
  }

  #fieldsOf(place: number): MatchFields | null {
    const proposal = this.#search.proposals[place];
    if (proposal === undefined) return null;
    const { pass, lineIds, voucherLineIds: entryIds, because } = proposal;
    return { matchId: this.#newId(), lineIds, entryIds, pass, because: becauseText(because) };
  }

  #newId(): Id {
    return uuidv7(this.#tools.clock.now(), this.#tools.random.bytes(10));
  }

  #settle(places: readonly number[]): void {
    for (const place of places) this.#search.settled.add(place);
    this.#counts.added += places.length;
  }

  #refuse(places: readonly number[], { code, details }: MunimError): void {
    this.#counts.refused += places.length;
    // What was taken meanwhile is no proposal any more; what the rules refuse stays to be looked at.
    if (code === 'MATCH_TAKEN' || code === 'NOT_FOUND') for (const place of places) this.#search.settled.add(place);
    const name = String(details.date ?? '');
    if (this.#refusals.length < refusalsShown) this.#refusals.push({ name, code, details: { ...details } });
  }

  async #next(): Promise<void> {
    this.report();
    await this.#tools.pause();
  }

  report(): void {
    const { added, refused } = this.#counts;
    this.#job.progress(added + refused, this.#total);
    this.#job.result({ added, refused, known: 0, fileId: null, fileName: null, refusals: this.#refusals });
  }
}

/** A refusal of one of these codes is about the match; with any other one there is nothing to go on with. */
const ofMatch = /^(?:MATCH|RECONCILIATION|VOUCHER|BUDGET|PERIOD|GL_CODE|CATEGORY)_|^NOT_FOUND$|^INPUT_INVALID$/;

/** Why, as it is kept with the match. */
export function becauseText({ reference, party, partyWords, daysApart }: Proposal['because']): string {
  const text = canonicalText({ reference, party, partyWords: [...partyWords], daysApart });
  return text.length <= limits.text.commentMax ? text : canonicalText({ reference, daysApart });
}
