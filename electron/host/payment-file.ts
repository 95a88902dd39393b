import { bankAccountList } from '../../shared/db/queries/bills-to-pay.ts';
import { batchRows, filesBetween } from '../../shared/db/queries/payment-orders.ts';
import { type BulkFile, writeBulkFile } from '../../shared/domain/bulk-file/write-bulk.ts';
import { orderReference, wireReference } from '../../shared/domain/payment-order/reference.ts';
import { exportOrders } from '../../shared/domain/payment-order/send.ts';
import { formatName, readFileFormat } from '../../shared/ipc/contract/bulk-layout.ts';
import type { BankAccountView, PaymentOrderRow } from '../../shared/ipc/contract/payments.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import { type IsoDate, istDate, istMidnight } from '../../shared/kernel/dates.ts';
import { MunimError, type Refusal } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { FileService } from '../services/files.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';

type Question = Input<'payments.previewFile'>;

/** Payments as a file that a person uploads at the bank. */
export function paymentFileHandlers(context: DeskContext, files: FileService) {
  const chosen = (question: Question): Promise<Chosen> => chooseOrders(context, question);
  return {
    'payments.previewFile': async (question) => {
      context.requireCollege(question.collegeId);
      const orders = await chosen(question);
      const { file, serial, date, columns } = await fileOf(context, question, orders);
      return {
        fileName: file.fileName,
        columns,
        rows: file.rows.slice(0, limits.bulkFile.previewRows).map((cells) => [...cells]),
        count: file.rows.length,
        totalPaise: file.totalPaise,
        ...{ serial, date, again: orders.again },
      };
    },
    'payments.exportFile': async (question) => {
      const { personId, role } = context.requireCollege(question.collegeId);
      // Whoever may not put payments into a file may not have one that others made either.
      if (!exportOrders.roles.includes(role)) throw new MunimError('AUTH_FORBIDDEN', { role });
      const { collegeId, batchId, orderIds } = question;
      let orders = await chosen(question);
      if (!orders.again) {
        // What the bank would not take is refused before anything is written into the books.
        await fileOf(context, question, orders);
        const format = formatName(orders.account.fileFormat);
        await context.runCommand({ collegeId, name: 'order.export', args: { batchId, orderIds, format } });
        orders = await chosen(question);
      }
      if (orders.rows.some(({ pending }) => pending)) return { state: 'waiting' as const };
      const foreign = orders.rows.find(({ here }) => !here);
      if (foreign !== undefined) {
        throw new MunimError('PAYMENT_HELD_ELSEWHERE', { person: foreign.senderName ?? '' });
      }
      const { file } = await fileOf(context, question, orders);
      const bytes = new TextEncoder().encode(file.text);
      const { id } = await files.offerBytes(personId, bytes, file.fileName, 'text/plain');
      return { state: 'made' as const, fileId: id, fileName: file.fileName };
    },
  } satisfies HandlerMap;
}

interface Chosen {
  readonly account: BankAccountView;
  /** In the order of their ids, so that the same orders make the same file. */
  readonly rows: readonly PaymentOrderRow[];
  /** Whether they stand in a file already. */
  readonly again: boolean;
}

/**
 * The orders, when they can stand in one file: all are released, or they are exactly those of a file that was made. One of those that has gone on
 * since (paid, failed) keeps the file from being made again, because uploading it would pay once more.
 */
async function chooseOrders({ db, device, clock }: DeskContext, question: Question): Promise<Chosen> {
  const { collegeId, batchId } = question;
  const wanted = new Set(question.orderIds);
  const all = await batchRows(db, collegeId, batchId, { deviceId: device()?.id ?? null, now: clock.now() });
  const rows = all.filter(({ id }) => wanted.has(id));
  const [first] = rows;
  if (first === undefined || rows.length !== wanted.size) throw new MunimError('NOT_FOUND', { what: 'payment_order' });
  const again = first.status === 'exported';
  const together = again ? all.filter(({ takenAt }) => takenAt === first.takenAt) : rows;
  const other = together.find(({ id, status }) => status !== (again ? 'exported' : 'released') || !wanted.has(id));
  const stray = rows.find(({ status, takenAt }) => again && (status !== 'exported' || takenAt !== first.takenAt));
  const wrong = other ?? stray;
  if (wrong !== undefined) {
    throw new MunimError('ORDER_WRONG_STATE', { number: wrong.number ?? '', orderStatus: wrong.status });
  }
  const accounts = await bankAccountList(db, collegeId, istDate(clock.now()));
  const account = accounts.find(({ id }) => id === first.bankAccountId);
  if (account === undefined) throw new MunimError('NOT_FOUND', { what: 'bank_account' });
  return { account, rows, again };
}

/** The file follows from the rows, the client and the serial alone: its day is that of the export, not that of asking. */
async function fileOf(context: DeskContext, question: Question, { account, rows, again }: Chosen) {
  const layout = unwrap(readFileFormat(account.fileFormat));
  const takenAt = again ? (rows[0]?.takenAt ?? null) : null;
  const at = takenAt ?? context.clock.now();
  const date = istDate(at);
  const serial = question.serial ?? (await nextSerial(context, question.collegeId, account.id, date, takenAt));
  const file: BulkFile = unwrap(
    writeBulkFile(layout, {
      debitAccount: account.accountNumber,
      debitIfsc: account.ifsc,
      client: question.client,
      ...{ date, serial },
      payments: rows.map((row) => ({
        beneficiaryName: row.beneficiaryName,
        beneficiaryAccount: row.accountNumber,
        beneficiaryIfsc: row.ifsc,
        amountPaise: row.amountPaise,
        mode: row.mode,
        reference: wireReference(orderReference(row.id), again ? row.fence : row.fence + 1),
        purpose: row.purpose,
      })),
    }),
  );
  const columns = layout.row.map((cell) => (cell.kind === 'text' ? 'text' : cell.value));
  return { file, serial, date, columns };
}

/** One more than the files that left the account before on that day. */
async function nextSerial(
  { db, clock }: DeskContext,
  collegeId: Id,
  bankAccountId: Id,
  date: IsoDate,
  takenAt: number | null,
): Promise<number> {
  const before = takenAt ?? clock.now() + 1;
  const count = await filesBetween(db, { collegeId, bankAccountId }, istMidnight(date), before);
  return Math.min(count + 1, limits.bulkFile.serialMax);
}

function unwrap<T>(read: Result<T, Refusal>): T {
  if (read.ok) return read.value;
  throw new MunimError(read.error.code, read.error.details);
}
