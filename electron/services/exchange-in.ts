import type { CommandArgs } from '../../shared/domain/command/args.ts';
import { type BooksToMeet, type ExchangePlan, planExchange } from '../../shared/domain/exchange/plan-exchange.ts';
import { addDays, financialYearBounds, financialYearOf, formatDate, type IsoDate } from '../../shared/kernel/dates.ts';
import { type ErrorCode, MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { AccountingFile, AccountingFiles } from '../../shared/ports/accounting-files.ts';
import type { FileService, HeldFile } from './files.ts';
import { type JobHandle, type JobRefusal, refusalsShown, stopHere } from './jobs.ts';

/** What may come out of a file of another program. */
export type ExchangeOrder = {
  readonly [N in 'group.create' | 'account.create' | 'vendor.create' | 'costCentre.create' | 'voucher.post']: {
    readonly name: N;
    readonly args: CommandArgs[N];
  };
}['group.create' | 'account.create' | 'vendor.create' | 'costCentre.create' | 'voucher.post'];

/** What receiving asks of the books of a college. */
export interface ReceivingBooks {
  readonly today: () => IsoDate;
  meet(collegeId: Id, openingDate: IsoDate): Promise<BooksToMeet>;
  /** Durable when it resolves. @throws MunimError with the code of the refusal */
  run(collegeId: Id, order: ExchangeOrder): Promise<void>;
}

export interface ReceiveTools {
  readonly files: FileService;
  readonly accounting: AccountingFiles;
  readonly books: ReceivingBooks;
  readonly pause: () => Promise<void>;
}

export interface ReceiveQuestion {
  readonly collegeId: Id;
  readonly openingDate: IsoDate | null;
}

export interface Received {
  readonly openingDate: IsoDate;
  readonly file: AccountingFile;
  readonly plan: ExchangePlan;
}

/** Reads a file and says what would become of it; nothing is entered. @throws MunimError TALLY_… */
export async function planReceive(tools: ReceiveTools, held: HeldFile, question: ReceiveQuestion): Promise<Received> {
  const file = await tools.accounting.read(chunksOf(tools, held));
  const { books } = tools;
  const first = file.vouchers.reduce<IsoDate | null>(
    (day, { date }) => (day === null || date < day ? date : day),
    null,
  );
  const begun = financialYearBounds(financialYearOf(first ?? books.today())).first;
  const openingDate = question.openingDate ?? addDays(begun, -1);
  return { openingDate, file, plan: planExchange(file, await books.meet(question.collegeId, openingDate)) };
}

async function* chunksOf({ files, pause }: ReceiveTools, { id, personId }: HeldFile): AsyncGenerator<Uint8Array, void> {
  for (let offset = 0; ; ) {
    const { bytes } = await files.read(personId, id, offset);
    if (bytes.length === 0) return;
    offset += bytes.length;
    yield bytes;
    await pause();
    if (bytes.length < limits.file.uploadChunkBytes) return;
  }
}

/** A refusal of one of these codes is about what was to be entered; with any other one there is nothing to go on with. */
const ofRecord = /^(?:GROUP|ACCOUNT|VENDOR|COST_CENTRE|VOUCHER|BILL|BUDGET|CATEGORY|PERIOD)_|^INPUT_INVALID$/;
const isOfRecord = (code: ErrorCode): boolean => ofRecord.test(code);

/**
 * Enters what a file brings, one command after the other: masters, opening balances, vouchers. Each is durable by itself and known by its
 * id afterwards, so work that was stopped is simply started again. What the rules of the books refuse is named and the rest goes on.
 */
export async function runReceive(
  tools: ReceiveTools,
  held: HeldFile,
  question: ReceiveQuestion,
  job: JobHandle,
): Promise<void> {
  const { plan, file } = await planReceive(tools, held, question);
  const steps = stepsOf(plan);
  const { masters, opening, vouchers } = plan;
  const knownVouchers = vouchers.unread.filter(({ reason }) => reason === 'known').length;
  const counts = {
    added: 0,
    known: masters.known + knownVouchers + (opening.isKnown ? 1 : 0),
    refused:
      masters.refused.length +
      (opening.refused.length > 0 ? 1 : 0) +
      (vouchers.unread.length - knownVouchers) +
      file.leftOut.length,
  };
  const refusals: JobRefusal[] = [];
  const report = (done: number): void => {
    job.progress(done, steps.length);
    job.result({ ...counts, fileId: null, fileName: null, refusals: [...refusals] });
  };
  report(0);
  for (const [index, { order, name }] of steps.entries()) {
    stopHere(job.signal);
    try {
      await tools.books.run(question.collegeId, order);
      counts.added += 1;
    } catch (thrown) {
      if (!(thrown instanceof MunimError) || !isOfRecord(thrown.code)) throw thrown;
      counts.refused += 1;
      if (refusals.length < refusalsShown) {
        refusals.push({ name, code: thrown.code, details: { ...thrown.details } });
      }
    }
    report(index + 1);
    await tools.pause();
  }
}

interface Step {
  readonly order: ExchangeOrder;
  /** For the person, should it be refused. */
  readonly name: string;
}

function stepsOf({ masters, opening, vouchers }: ExchangePlan): readonly Step[] {
  return [
    ...masters.groups.map((args): Step => ({ order: { name: 'group.create', args }, name: args.fields.name })),
    ...masters.accounts.map((args): Step => ({ order: { name: 'account.create', args }, name: args.fields.name })),
    ...masters.vendors.map((args): Step => ({ order: { name: 'vendor.create', args }, name: args.fields.name })),
    ...masters.costCentres.map(
      (args): Step => ({ order: { name: 'costCentre.create', args }, name: args.fields.name }),
    ),
    ...(opening.args === null
      ? []
      : [{ order: { name: 'voucher.post', args: opening.args }, name: formatDate(opening.args.date) } as const]),
    ...vouchers.ready.map(
      ({ args, voucher }): Step => ({
        order: { name: 'voucher.post', args },
        name: `${voucher.number ?? ''} ${formatDate(voucher.date)}`.trim(),
      }),
    ),
  ];
}
