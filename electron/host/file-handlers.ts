import { and, asc, eq, inArray } from 'drizzle-orm';
import { blobUploads } from '../../shared/db/desk-schema.ts';
import { buildReport } from '../../shared/db/queries/reports/registry.ts';
import type { Scope } from '../../shared/db/queries/scope.ts';
import { receipts } from '../../shared/db/schema.ts';
import { toMunimError } from '../../shared/kernel/errors.ts';
import type { BlobStore, TempFiles } from '../../shared/ports/files.ts';
import type { Reports } from '../../shared/ports/reports.ts';
import type { Workbooks } from '../../shared/ports/workbooks.ts';
import { exportReport } from '../services/export-report.ts';
import { runExport } from '../services/exports.ts';
import { FileService, type HeldFile } from '../services/files.ts';
import { checkMapping, planImport } from '../services/imports.ts';
import { JobService } from '../services/jobs.ts';
import { type AttachOrder, type ReceiptOwner, type ReceiptRow, ReceiptService } from '../services/receipts.ts';
import { runImport } from '../services/run-import.ts';
import { runSheet } from '../services/run-sheet.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';
import { exportList } from './export-rows.ts';
import { importBooks } from './import-books.ts';
import { pause, scopeReader } from './read-handlers.ts';
import { inOneState } from './report-handlers.ts';

/** What of the disk the handlers need; `fileTools` of the adapters makes it. */
export interface FileHandlerTools {
  readonly temp: TempFiles;
  readonly blobs: BlobStore;
  readonly workbooks: Workbooks;
  readonly reports: Reports;
}

export interface FileHandlers {
  readonly handlers: ReturnType<typeof makeHandlers>;
  /** For other work on files of the same person. */
  readonly files: FileService;
  readonly jobs: JobService;
  /** Sends receipts that wait for the server; to be called whenever the link is there. @throws MunimError of the link */
  uploadReceipts(): Promise<number>;
}

/** Files in and out: uploads, receipts, imports, exports and the jobs that do them. */
export function fileHandlers(
  context: DeskContext,
  tools: FileHandlerTools,
  scope: () => Promise<Scope> = scopeReader(context),
): FileHandlers {
  const { clock, random } = context;
  const files = new FileService({ temp: tools.temp, clock, random });
  const jobs = new JobService({
    clock,
    random,
    emit: (job) =>
      context.emit('job', { ...job, error: job.error && { ...job.error, details: { ...job.error.details } } }),
    onFault: (id, thrown) => context.log('a job met a fault', { job: id, fault: faultText(thrown) }),
  });
  const receiptService = new ReceiptService({
    files,
    temp: tools.temp,
    blobs: tools.blobs,
    digest: context.digest,
    books: receiptBooks(context),
    link: context.link,
    log: context.log,
  });
  const handlers = makeHandlers(context, tools, scope, { files, jobs, receipts: receiptService });
  return { handlers, files, jobs, uploadReceipts: () => receiptService.upload() };
}

interface Services {
  readonly files: FileService;
  readonly jobs: JobService;
  readonly receipts: ReceiptService;
}

function makeHandlers(context: DeskContext, tools: FileHandlerTools, scope: () => Promise<Scope>, services: Services) {
  const { files, jobs } = services;
  const person = (): string => context.requireSession().personId;
  const importTools = { files, workbooks: tools.workbooks, books: importBooks(context), pause: () => pause(context) };
  return {
    'files.begin': async (upload) => ({ fileId: await files.begin(person(), upload) }),
    'files.write': async ({ fileId, offset, bytes }) => {
      await files.write(person(), fileId, offset, Buffer.from(bytes, 'base64'));
      return {};
    },
    'files.read': async ({ fileId, offset }) => {
      const { file, bytes } = await files.read(person(), fileId, offset);
      const { sizeBytes, fileName, mime } = file;
      return { bytes: Buffer.from(bytes).toString('base64'), sizeBytes, fileName, mime };
    },
    'files.discard': async ({ fileId }) => {
      await files.discard(person(), fileId);
      return {};
    },
    'receipts.attach': ({ collegeId, expenseId, fileId }) =>
      attach(context, services.receipts, { collegeId, owner: { kind: 'expense', id: expenseId }, fileId }),
    'vouchers.attach': ({ collegeId, voucherId, fileId }) =>
      attach(context, services.receipts, { collegeId, owner: { kind: 'voucher', id: voucherId }, fileId }),
    'receipts.open': async ({ receiptId }) => opened(await services.receipts.open(person(), receiptId)),
    'imports.plan': async (question) => {
      const { personId } = context.requireCollege(question.collegeId);
      const plan = await planImport(importTools, personId, question);
      return {
        ...plan,
        // Fractions do not cross: what is sent has exact integers only.
        columns: plan.columns.map((column) => ({ ...column, confidence: Math.round(column.confidence * 100) })),
        preview: plan.preview.map((row) => ({ ...row, problems: row.problems.map(plainDetails) })),
      };
    },
    'imports.run': async ({ kind, collegeId, fileId, sheet, headerRow, mapping, language }) => {
      const { personId } = context.requireCollege(collegeId);
      const file = files.whole(personId, fileId, 'import');
      const question = { collegeId, sheet, headerRow, mapping: checkMapping(mapping, kind), language };
      if (kind !== 'expenses') {
        const order = { ...question, kind };
        return plainJob(jobs.start(personId, 'import', (job) => runSheet(importTools, personId, file, order, job)));
      }
      return plainJob(jobs.start(personId, 'import', (job) => runImport(importTools, personId, file, question, job)));
    },
    'exports.run': async (question) => {
      const personId = person();
      const list = await exportList(context.db, await scope(), question);
      const order = { kind: question.kind, format: question.format, language: question.language, ...list };
      const exportTools = { files, workbooks: tools.workbooks, clock: context.clock, pause: () => pause(context) };
      return plainJob(jobs.start(personId, 'export', (job) => runExport(exportTools, personId, order, job)));
    },
    'reports.export': async ({ question, format }) => {
      const { personId, name } = context.requireCollege(question.collegeId);
      const colleges = await scope();
      const build = () => inOneState(context.db, (tx) => buildReport(tx, colleges, question));
      const reportTools = { files, reports: tools.reports, clock: context.clock };
      const order = { build, format, from: question.from, to: question.to };
      return plainJob(
        jobs.start(personId, 'export', (job) => exportReport(reportTools, { personId, name }, order, job)),
      );
    },
    'jobs.get': async ({ id }) => plainJob(jobs.get(person(), id)),
    'jobs.cancel': async ({ id }) => plainJob(jobs.cancel(person(), id)),
  } satisfies HandlerMap;
}

export const opened = ({ id, fileName, mime, sizeBytes }: HeldFile) => ({ fileId: id, fileName, mime, sizeBytes });

const plainDetails = <T extends { readonly details: Readonly<Record<string, string | number | boolean | null>> }>(
  problem: T,
) => ({ ...problem, details: { ...problem.details } });

/** A job as it crosses to the screens. */
export const plainJob = (job: ReturnType<JobService['get']>) => ({
  ...job,
  error: job.error && plainDetails(job.error),
});

const faultText = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);

async function attach(context: DeskContext, service: ReceiptService, order: Parameters<ReceiptService['attach']>[1]) {
  const { personId } = context.requireCollege(order.collegeId);
  const attached = await service.attach(personId, order);
  uploadQuietly(context, service);
  return attached;
}

/** A receipt that cannot be sent now waits; that the server is away is nothing the person has to be told here. */
function uploadQuietly(context: DeskContext, service: ReceiptService): void {
  service.upload().catch((thrown: unknown) => {
    context.log('a receipt waits for the server', { code: toMunimError(thrown).code });
  });
}

function receiptBooks(context: DeskContext) {
  const { db } = context;
  return {
    async attach(collegeId: string, owner: ReceiptOwner, order: AttachOrder): Promise<string> {
      const { commandId } = await context.runCommand(
        owner.kind === 'expense'
          ? { collegeId, name: 'receipt.attach', args: { ...order, expenseId: owner.id } }
          : { collegeId, name: 'voucher.attach', args: { ...order, voucherId: owner.id } },
      );
      return commandId;
    },
    async queueUpload(blob: { readonly sha256: string; readonly collegeId: string; readonly sizeBytes: number }) {
      await db.insert(blobUploads).values(blob).onConflictDoNothing();
    },
    async receipt(id: string): Promise<ReceiptRow | null> {
      const { collegeIds } = context.requireSession();
      if (collegeIds.length === 0) return null;
      const [row] = await db
        .select()
        .from(receipts)
        .where(and(inArray(receipts.collegeId, [...collegeIds]), eq(receipts.id, id)));
      return row ?? null;
    },
    waitingUploads: () => db.select().from(blobUploads).orderBy(asc(blobUploads.sha256)),
    async uploaded(sha256: string) {
      await db.delete(blobUploads).where(eq(blobUploads.sha256, sha256));
    },
  };
}
