import {
  booksToSend,
  countPosted,
  namedRows,
  openAmounts,
  openingsOf,
  postedBetween,
  type VoucherPlace,
  voucherIds,
} from '../../shared/db/queries/exchange.ts';
import { collegeIds } from '../../shared/domain/command/context.ts';
import type { PostedVoucher } from '../../shared/domain/exchange/vouchers-of-books.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { AccountingFiles } from '../../shared/ports/accounting-files.ts';
import type { AccountingLink } from '../../shared/ports/accounting-link.ts';
import { planReceive, type ReceiveTools, type ReceivingBooks, runReceive } from '../services/exchange-in.ts';
import { runSend, type SendingBooks, type SendTools } from '../services/exchange-out.ts';
import type { FileService } from '../services/files.ts';
import type { JobService } from '../services/jobs.ts';
import type { CommandOrder, DeskContext, HandlerMap } from './desk-context.ts';
import { exchangePreview } from './exchange-preview.ts';
import { plainJob } from './file-handlers.ts';
import { pause } from './read-handlers.ts';

export interface ExchangeHandlerTools {
  readonly files: AccountingFiles;
  readonly link: (address: string) => AccountingLink;
}

/** Books to other accounting programs and from them. */
export function exchangeHandlers(
  context: DeskContext,
  { files: accounting, link }: ExchangeHandlerTools,
  { files, jobs }: { readonly files: FileService; readonly jobs: JobService },
) {
  const shared = { files, accounting, pause: () => pause(context) };
  const sending: SendTools = { ...shared, link, books: sendingBooks(context) };
  const receiving: ReceiveTools = { ...shared, books: receivingBooks(context) };
  return {
    'exchange.companies': async ({ host }) => {
      context.requireSession();
      const open = link(host);
      try {
        return { companies: [...(await open.companies(AbortSignal.timeout(limits.tally.requestTimeoutMs)))] };
      } finally {
        await open.close();
      }
    },
    'exchange.export': async (question) => {
      const { collegeId, from, to, what } = question;
      const { personId } = context.requireCollege(collegeId);
      const target = question.way === 'file' ? null : { host: question.host, company: question.company };
      const order = { collegeId, from, to, what, target };
      return plainJob(jobs.start(personId, 'export', (job) => runSend(sending, personId, order, job)));
    },
    'exchange.plan': async ({ collegeId, fileId, openingDate }) => {
      const { personId } = context.requireCollege(collegeId);
      const file = files.whole(personId, fileId, 'import');
      return exchangePreview(file, await planReceive(receiving, file, { collegeId, openingDate }));
    },
    'exchange.import': async ({ collegeId, fileId, openingDate }) => {
      const { personId } = context.requireCollege(collegeId);
      const file = files.whole(personId, fileId, 'import');
      const question = { collegeId, openingDate };
      return plainJob(jobs.start(personId, 'import', (job) => runReceive(receiving, file, question, job)));
    },
  } satisfies HandlerMap;
}

function sendingBooks({ db }: DeskContext): SendingBooks {
  return {
    toSend: (collegeId, from) => booksToSend(db, collegeId, from),
    count: (collegeId, from, to) => countPosted(db, collegeId, from, to),
    async *pages(collegeId, from, to): AsyncGenerator<readonly PostedVoucher[], void> {
      let after: VoucherPlace | null = null;
      for (;;) {
        const page: readonly PostedVoucher[] = await postedBetween(db, collegeId, {
          ...{ from, to, after, limit: limits.list.pageRowsMax },
        });
        const last = page.at(-1)?.voucher;
        if (last === undefined) return;
        yield page;
        after = { date: last.date, id: last.id };
      }
    },
  };
}

function receivingBooks(context: DeskContext): ReceivingBooks {
  const { db, clock, digest } = context;
  return {
    today: () => istDate(clock.now()),
    async meet(collegeId, openingDate) {
      return {
        rows: await namedRows(db, collegeId),
        openBills: await openAmounts(db, collegeId),
        voucherIds: await voucherIds(db, collegeId),
        openings: await openingsOf(db, collegeId, openingDate),
        openingDate,
        idFor: collegeIds(collegeId, digest),
      };
    },
    async run(collegeId, order) {
      await context.runCommand({ collegeId, ...order } as CommandOrder);
    },
  };
}
