import type { Fault } from '../../shared/connectors/_kit/emulator.ts';
import type { AcceptedInstruction } from '../../shared/connectors/_kit/emulator-bank.ts';
import type { FailureReason } from '../../shared/domain/payment-order/news.ts';
import { isIsoDate } from '../../shared/kernel/dates.ts';
import { formatRupees, parseRupees } from '../../shared/kernel/money.ts';
import type { Sandbox, SandboxBank } from './sandbox.ts';

const reasons: readonly FailureReason[] = [
  'insufficient_funds',
  'invalid_account',
  'limit_exceeded',
  'bank_offline',
  'declined',
];

/** What can go wrong with the next request, by the word for it. */
const troubles: Readonly<Record<string, Fault>> = {
  'no-answer': { kind: 'silence', accepts: false },
  'no-answer-but-done': { kind: 'silence', accepts: true },
  'line-breaks': { kind: 'reset', accepts: false },
  'line-breaks-but-done': { kind: 'reset', accepts: true },
  'proxy-page': { kind: 'html', status: 502, accepts: false },
  'proxy-page-but-done': { kind: 'html', status: 502, accepts: true },
  'server-error': { kind: 'status', status: 500 },
  'too-many-requests': { kind: 'status', status: 429, headers: { 'retry-after': '5' } },
  'half-an-answer': { kind: 'truncated', accepts: true },
  'unknown-word': { kind: 'unknown_status' },
};

export const help = `
list                                     the payments of all banks and what became of them
balance ID                               what the accounts hold
settle ID REFERENCE|all                  the payee has the money
fail ID REFERENCE REASON                 it will not be paid; reasons: ${reasons.join(', ')}
return ID REFERENCE                      it was paid and comes back
refuse ID ACCOUNT REASON                 from now on no payment to this payee account is taken
line ID ACCOUNT +1250.50 WORDS           money comes in without an order (- for out); WORDS may end with "on 2026-11-20"
deliver ID|all [twice] [backwards]       send the waiting messages to the server once more
trouble ID WORD                          the next request goes wrong: ${Object.keys(troubles).join(', ')}
help, quit
`.trim();

export interface ControlOptions {
  /** Where messages go: the address of the sync-server; null keeps them waiting. */
  readonly server: string | null;
  /** PEM of who issued the certificate of the server. */
  readonly serverCa: string | null;
}

/** Plays the part of the banks, a line at a time. */
export class Control {
  readonly #sandbox: Sandbox;
  readonly #options: ControlOptions;

  constructor(sandbox: Sandbox, options: ControlOptions) {
    this.#sandbox = sandbox;
    this.#options = options;
  }

  /** @returns what to show. @throws Error with a sentence for the one who typed */
  async run(line: string): Promise<string> {
    const [verb = '', ...words] = line.trim().split(/\s+/);
    const { banks } = this.#sandbox;
    if (verb === '') return '';
    if (verb === 'help') return help;
    if (verb === 'list') return banks.flatMap(listed).join('\n') || 'no payments yet';
    if (verb === 'deliver') {
      const wanted = words[0] === 'all' ? banks : [this.#bank(words[0])];
      const told = await Promise.all(wanted.map((bank) => this.#deliver(bank, words.slice(1))));
      return told.flat().join('\n') || 'nothing waits';
    }
    const [id, ...rest] = words;
    const bank = this.#bank(id);
    if (verb === 'balance') return balances(bank);
    if (verb === 'line') return addLine(bank, rest);
    if (verb === 'refuse') return refuse(bank, rest);
    if (verb === 'trouble') return trouble(bank, rest);
    if (!['settle', 'fail', 'return'].includes(verb)) throw new Error(`"${verb}" is no command; type help`);
    const changed = chosen(bank, rest[0], verb).map((payment) => change(bank, payment, verb, rest[1]));
    const told = this.#options.server === null ? [] : await this.#deliver(bank, []);
    return [...changed, ...told].join('\n') || 'no payment waits for that';
  }

  #bank(id: string | undefined): SandboxBank {
    const found = this.#sandbox.banks.find((bank) => bank.id === id);
    if (found === undefined) throw new Error(`which bank? ${this.#sandbox.banks.map((bank) => bank.id).join(', ')}`);
    return found;
  }

  async #deliver({ id, emulator }: SandboxBank, words: readonly string[]): Promise<string[]> {
    const { server, serverCa } = this.#options;
    if (server === null) throw new Error('start the sandbox with --server to have somebody to tell');
    const deliveries = await emulator.notices.deliver(server, {
      copies: words.includes('twice') ? 2 : 1,
      order: words.includes('backwards') ? 'backwards' : 'as_it_happened',
      ...(serverCa === null ? {} : { ca: serverCa }),
    });
    return deliveries.map(
      ({ instruction, status }) =>
        `${id} ${instruction.reference} ${instruction.state}: server said ${status ?? 'nothing'}`,
    );
  }
}

const listed = ({ id, emulator }: SandboxBank): string[] =>
  emulator.instructions().map(({ reference, state, amountPaise, beneficiaryName, utr }) => {
    const end = utr === null ? '' : `  ${utr}`;
    return `${id}  ${reference}  ${state.padEnd(8)}  ${formatRupees(amountPaise)}  ${beneficiaryName}${end}`;
  });

function balances({ emulator }: SandboxBank): string {
  const rows = emulator.bank.accounts().map(({ number }) => {
    const { currentPaise, availablePaise } = emulator.bank.balance(number);
    return `${number}  ${formatRupees(currentPaise)}, of which ${formatRupees(availablePaise)} are free`;
  });
  return rows.join('\n');
}

function chosen({ emulator }: SandboxBank, which: string | undefined, verb: string): readonly AcceptedInstruction[] {
  const state = verb === 'return' ? 'paid' : 'accepted';
  if (which === 'all') return emulator.instructions().filter((payment) => payment.state === state);
  const found = emulator.instructions().find(({ reference, id }) => reference === which || id === which);
  if (found === undefined) throw new Error(`no payment ${which ?? ''} here; type list`);
  return [found];
}

function change(
  { emulator: { bank } }: SandboxBank,
  payment: AcceptedInstruction,
  verb: string,
  said?: string,
): string {
  if (verb === 'settle') return `${payment.reference} paid, ${bank.settle(payment.id).utr}`;
  if (verb === 'return') return `${bank.return(payment.id).reference} returned`;
  const reason = reasonOf(said);
  return `${bank.fail(payment.id, reason, `Rehearsed: ${reason.replaceAll('_', ' ')}`).reference} failed`;
}

function reasonOf(said: string | undefined): FailureReason {
  const reason = reasons.find((one) => one === said);
  if (reason === undefined) throw new Error(`why? ${reasons.join(', ')}`);
  return reason;
}

function refuse({ emulator }: SandboxBank, [account = '', said]: readonly string[]): string {
  if (!/^\d{9,18}$/.test(account)) throw new Error('the account number of the payee is missing');
  emulator.bank.refusals.set(account, reasonOf(said));
  return `payments to ${account} are refused from now on`;
}

function trouble({ emulator }: SandboxBank, [word = '']: readonly string[]): string {
  const fault = Object.hasOwn(troubles, word) ? troubles[word] : undefined;
  if (fault === undefined) throw new Error(`which trouble? ${Object.keys(troubles).join(', ')}`);
  emulator.faults.push(fault);
  return `the next request meets ${word}`;
}

function addLine({ emulator }: SandboxBank, [account = '', amount = '', ...words]: readonly string[]): string {
  const on = words.at(-2) === 'on' ? (words.at(-1) ?? '') : null;
  if (on !== null && !isIsoDate(on)) throw new Error(`${on} is no day; write it as 2026-11-20`);
  const paise = parseRupees(amount);
  if (!paise.ok || paise.value === 0n) throw new Error(`${amount} is no amount; write it as +1250.50`);
  const narration = (on === null ? words : words.slice(0, -2)).join(' ') || 'REHEARSAL';
  const side = paise.value > 0n ? { creditPaise: paise.value } : { debitPaise: -paise.value };
  emulator.bank.addLine(account, { narration, ...side, ...(on === null ? {} : { date: on }) });
  return `${formatRupees(paise.value)} in the statement of ${account}`;
}
