/** The branch codes in use, as `resources/ifsc/ifsc.json` keeps them. */
export interface IfscData {
  /** Where it is from and of which version, for people. */
  readonly source: string;
  readonly banks: Readonly<Record<string, BankCodes>>;
  /** Names of banks that are reached through another one's codes, by the code or by how it begins. */
  readonly members: Readonly<Record<string, string>>;
}

/** `branches`: runs of six figures (`1-124 65001`), and six characters where there are letters, apart by spaces. */
export interface BankCodes {
  readonly name: string | null;
  readonly branches: string;
}

/** Whose code it is. The name is null where the list has none. */
export interface ListedBank {
  readonly name: string | null;
  readonly hasBranch: boolean;
}

interface Branches {
  readonly runs: readonly (readonly [number, number])[];
  readonly words: ReadonlySet<string>;
}

/**
 * Which codes the Reserve Bank's lists have. New branches open every week, so that a code that is not here is a reason to look again and none to
 * refuse it.
 */
export class IfscList {
  readonly #data: IfscData;
  readonly #read = new Map<string, Branches>();
  /** The longest first: what says more of a code decides. */
  readonly #prefixes: readonly (readonly [string, string])[];

  constructor(data: IfscData) {
    this.#data = data;
    this.#prefixes = Object.entries(data.members)
      .filter(([begin]) => begin.length < IFSC_LENGTH)
      .sort(([one], [other]) => other.length - one.length);
  }

  /** @param ifsc as `checkIfsc` gives it. @returns null where no bank has these four letters */
  find(ifsc: string): ListedBank | null {
    const bank = ifsc.slice(0, BANK_LENGTH);
    const codes = Object.hasOwn(this.#data.banks, bank) ? this.#data.banks[bank] : undefined;
    if (codes === undefined) return null;
    const member = Object.hasOwn(this.#data.members, ifsc) ? this.#data.members[ifsc] : undefined;
    return {
      name: member ?? this.#prefixes.find(([begin]) => ifsc.startsWith(begin))?.[1] ?? codes.name,
      hasBranch: this.#has(bank, codes, ifsc.slice(BANK_LENGTH + 1)),
    };
  }

  #has(bank: string, codes: BankCodes, branch: string): boolean {
    const branches = this.#read.get(bank) ?? readBranches(codes.branches);
    this.#read.set(bank, branches);
    if (!/^\d{6}$/.test(branch)) return branches.words.has(branch);
    return hasNumber(branches.runs, Number(branch));
  }
}

const IFSC_LENGTH = 11;
const BANK_LENGTH = 4;

function readBranches(text: string): Branches {
  const runs: (readonly [number, number])[] = [];
  const words = new Set<string>();
  for (const part of text.split(' ').filter(Boolean)) {
    const run = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
    if (run === null) words.add(part);
    else runs.push([Number(run[1]), Number(run[2] ?? run[1])]);
  }
  return { runs, words };
}

/** The runs stand in order and apart. */
function hasNumber(runs: Branches['runs'], number: number): boolean {
  let [low, high] = [0, runs.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = runs[middle] ?? [0, -1];
    if (number < from) high = middle - 1;
    else if (number > to) low = middle + 1;
    else return true;
  }
  return false;
}

/** What is behind the zero of each code of a bank, as `BankCodes` keeps it. @throws RangeError for what is no branch code */
export function packBranches(branches: readonly string[]): string {
  const wrong = branches.find((branch) => !/^[A-Z0-9]{6}$/.test(branch));
  if (wrong !== undefined) throw new RangeError(`no branch code: ${wrong}`);
  const isNumber = (branch: string): boolean => /^\d{6}$/.test(branch);
  const numbers = [...new Set(branches.filter(isNumber).map(Number))].sort((one, other) => one - other);
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  const words = [...new Set(branches.filter((branch) => !isNumber(branch)))].sort();
  return [...runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)), ...words].join(' ');
}
