import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Paise, sumPaise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BillFields } from '../command/args.ts';
import { line } from '../command/line.ts';
import type { BillRef } from './model.ts';

/** What is open of a bill in the books, debit positive; one that is even is known all the same. */
export interface OpenAmount {
  readonly vendorId: Id;
  readonly name: string;
  readonly openPaise: Paise;
}

export interface PartyLine {
  readonly vendorId: Id;
  readonly isDebit: boolean;
  readonly amountPaise: Paise;
  /** From here a new bill counts. */
  readonly billDate: IsoDate;
  readonly refs: readonly BillRef[];
  /** A bill that nobody has made is on account, too: what the books begin with is in them, and it was even then. */
  readonly isOpened?: boolean;
}

export interface FittedBills {
  /** Adding up to the line. */
  readonly bills: readonly BillFields[];
  /** Names of bills that the rules of the books do not let the line settle or make, so that its amount is on account. */
  readonly loosened: readonly string[];
}

const keyOf = (vendorId: Id, name: string): string => `${vendorId} ${name}`;

/** The bills of the books with what the vouchers of a file do to them, one after the other. */
export class OpenBills {
  readonly #open: Map<string, Paise>;

  constructor(open: Iterable<OpenAmount>) {
    this.#open = new Map([...open].map(({ vendorId, name, openPaise }) => [keyOf(vendorId, name), openPaise]));
  }

  /** The bills as one voucher finds them; what it does counts when it is kept. */
  draft(): BillsDraft {
    return new BillsDraft(this.#open);
  }
}

export class BillsDraft {
  readonly #open: Map<string, Paise>;
  readonly #moved = new Map<string, Paise>();

  constructor(open: Map<string, Paise>) {
    this.#open = open;
  }

  /** Whether anything is open of a bill. */
  isOpen(vendorId: Id, name: string): boolean {
    const key = keyOf(vendorId, name);
    return (this.#moved.get(key) ?? this.#open.get(key) ?? 0n) !== 0n;
  }

  keep(): void {
    for (const [key, open] of this.#moved) this.#open.set(key, open);
  }

  /**
   * The references of a line as the books take them (`readBills`). A settlement of a bill that is even opens it again, as other programs
   * write what they take back. Refused is the name of a bill that nobody has made, or an amount that is none.
   */
  fitLine({
    vendorId,
    isDebit,
    amountPaise,
    billDate,
    refs,
    isOpened = false,
  }: PartyLine): Result<FittedBills, string> {
    const bills: BillFields[] = [];
    const loosened: string[] = [];
    let onAccount = amountPaise - sumPaise(refs.map((ref) => ref.amountPaise));
    for (const ref of refs) {
      const name = line(ref.name);
      if (ref.amountPaise <= 0n) return err(name ?? '');
      if (ref.kind === 'on_account' || name === null) {
        onAccount += ref.amountPaise;
        continue;
      }
      const taken =
        this.#take(keyOf(vendorId, name), ref, isDebit) ??
        (isOpened ? ({ kind: 'against', amountPaise: 0n } as const) : undefined);
      if (taken === undefined) return err(name);
      if (taken.amountPaise > 0n) {
        const isDue = taken.kind === 'new' && ref.kind === 'new' && ref.dueOn !== null && ref.dueOn >= billDate;
        bills.push({ ...taken, name, dueOn: isDue ? ref.dueOn : null });
      }
      if (taken.amountPaise < ref.amountPaise) loosened.push(name);
      onAccount += ref.amountPaise - taken.amountPaise;
    }
    if (onAccount < 0n) return err(line(refs[0]?.name ?? null) ?? '');
    if (onAccount > 0n) bills.push({ kind: 'on_account', name: null, amountPaise: onAccount, dueOn: null });
    return ok({ bills, loosened });
  }

  /** What of a reference the bill takes; undefined when there is no such bill. */
  #take(
    key: string,
    { kind, amountPaise }: BillRef,
    isDebit: boolean,
  ): Pick<BillFields, 'kind' | 'amountPaise'> | undefined {
    const known = this.#moved.get(key) ?? this.#open.get(key);
    if (kind === 'against' && known === undefined) return undefined;
    const open = known ?? 0n;
    const by = isDebit ? amountPaise : -amountPaise;
    if (open === 0n) {
      this.#moved.set(key, by);
      return { kind: kind === 'against' ? 'new' : kind, amountPaise };
    }
    const left = open < 0n ? -open : open;
    const settles = kind === 'against' && open > 0n !== by > 0n;
    if (!settles) return { kind, amountPaise: 0n };
    const settled = amountPaise < left ? amountPaise : left;
    this.#moved.set(key, open + (isDebit ? settled : -settled));
    return { kind, amountPaise: settled };
  }
}
