import type { BooksToSend } from '../../shared/domain/exchange/masters-of-books.ts';
import { mastersOfBooks } from '../../shared/domain/exchange/masters-of-books.ts';
import type { ExchangeVoucher } from '../../shared/domain/exchange/model.ts';
import { type PostedVoucher, vouchersOfBooks } from '../../shared/domain/exchange/vouchers-of-books.ts';
import { formatDate, type IsoDate } from '../../shared/kernel/dates.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { AccountingFiles } from '../../shared/ports/accounting-files.ts';
import type { AccountingLink } from '../../shared/ports/accounting-link.ts';
import type { FileService } from './files.ts';
import { type JobHandle, refusalsShown, stopHere } from './jobs.ts';

/** What sending asks of the books of a college. */
export interface SendingBooks {
  toSend(collegeId: Id, from: IsoDate): Promise<BooksToSend>;
  count(collegeId: Id, from: IsoDate, to: IsoDate): Promise<number>;
  /** The vouchers of the period in pages, each behind the one before. */
  pages(collegeId: Id, from: IsoDate, to: IsoDate): AsyncIterable<readonly PostedVoucher[]>;
}

export interface SendTools {
  readonly files: FileService;
  readonly accounting: AccountingFiles;
  readonly link: (address: string) => AccountingLink;
  readonly books: SendingBooks;
  readonly pause: () => Promise<void>;
}

export interface SendQuestion {
  readonly collegeId: Id;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly what: 'masters' | 'vouchers';
  /** Null writes a file. */
  readonly target: { readonly host: string; readonly company: string } | null;
}

/**
 * Sends the masters or the vouchers of a period to another program, or writes the file for it. As a job's result, `added` are those created
 * there (all, in a file), `known` those altered, and each that was refused is named with what the other program says.
 */
export async function runSend(tools: SendTools, personId: Id, question: SendQuestion, job: JobHandle): Promise<void> {
  const { collegeId, from, to, what } = question;
  if (from > to) throw new MunimError('INPUT_INVALID', { where: 'to: before from' });
  const books = await tools.books.toSend(collegeId, from);
  if (what === 'masters') {
    const masters = mastersOfBooks(books);
    const count = masters.groups.length + masters.ledgers.length + masters.costCentres.length;
    if (question.target === null) {
      await offer(tools, personId, tools.accounting.mastersFile(masters), question, job, count);
      return;
    }
    await overLink(tools, question.target, job, async (link, call) => {
      const { created, altered } = await link.sendMasters(masters, call);
      job.result({ added: created, known: altered, refused: 0, fileId: null, fileName: null });
    });
    return;
  }
  const vouchers = await gather(tools, books, question, job);
  if (question.target === null) {
    await offer(tools, personId, tools.accounting.vouchersFile(vouchers), question, job, vouchers.length);
    return;
  }
  await overLink(tools, question.target, job, async (link, call) => {
    const sent = await link.sendVouchers(vouchers, call);
    const refusals = sent.refused.slice(0, refusalsShown).map(({ voucher, refusal }) => ({
      ...{ name: voucher.number ?? formatDate(voucher.date), code: refusal.code, details: { ...refusal.details } },
    }));
    const counts = { added: sent.created, known: sent.altered, refused: sent.refused.length };
    job.result({ ...counts, fileId: null, fileName: null, refusals });
  });
}

async function gather(
  { books, pause }: SendTools,
  rows: BooksToSend,
  { collegeId, from, to }: SendQuestion,
  job: JobHandle,
): Promise<readonly ExchangeVoucher[]> {
  const total = await books.count(collegeId, from, to);
  const sent: ExchangeVoucher[] = [];
  let read = 0;
  for await (const page of books.pages(collegeId, from, to)) {
    stopHere(job.signal);
    sent.push(...vouchersOfBooks({ ...rows, vouchers: page }));
    read += page.length;
    job.progress(read, total);
    await pause();
  }
  return sent;
}

async function offer(
  { files, accounting }: SendTools,
  personId: Id,
  bytes: Uint8Array,
  { what, from, to }: SendQuestion,
  job: JobHandle,
  count: number,
): Promise<void> {
  stopHere(job.signal);
  const days = what === 'masters' ? formatDate(from) : `${formatDate(from)} ${formatDate(to)}`;
  const fileName = `Tally ${what} ${days}.${accounting.extension}`;
  const { id } = await files.offerBytes(personId, bytes, fileName, accounting.mime);
  job.progress(count, count);
  job.result({ added: count, known: 0, refused: 0, fileId: id, fileName });
}

async function overLink(
  tools: SendTools,
  { host, company }: NonNullable<SendQuestion['target']>,
  job: JobHandle,
  send: (link: AccountingLink, call: Parameters<AccountingLink['sendMasters']>[1]) => Promise<void>,
): Promise<void> {
  const link = tools.link(host);
  try {
    await send(link, { company, signal: job.signal, onProgress: ({ done, total }) => job.progress(done, total) });
  } finally {
    await link.close();
  }
}
