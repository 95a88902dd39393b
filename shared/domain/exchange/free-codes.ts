import type { AccountKind } from '../rows.ts';

/** The first digit by which charts in India order their kinds, as the chart that a college begins with does. */
const digits: Readonly<Record<AccountKind, string>> = {
  asset: '1',
  liability: '2',
  fund: '3',
  income: '4',
  expense: '5',
};

/** Codes for what comes from programs that have none. They stand behind the college's own ones of the same kind. */
export class FreeCodes {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  ofAccount(kind: AccountKind): string {
    return this.#next(`${digits[kind]}T`);
  }

  ofGroup(kind: AccountKind): string {
    return this.#next(`${digits[kind]}G`);
  }

  /** What Latin capitals and digits the name has, so that people know it again; a number where it has none. */
  ofCentre(name: string): string {
    const own = name
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '')
      .slice(0, 12);
    if (own === '') return this.#next('CC');
    return this.#take(own) ? own : this.#next(`${own}-`);
  }

  #next(head: string): string {
    for (let count = 1; ; count += 1) {
      const code = `${head}${String(count).padStart(3, '0')}`;
      if (this.#take(code)) return code;
    }
  }

  #take(code: string): boolean {
    if (this.#taken.has(code)) return false;
    this.#taken.add(code);
    return true;
  }
}
