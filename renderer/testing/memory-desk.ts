import type { ExpenseView } from '../../shared/ipc/contract/expenses.ts';
import type { ExpenseFilter } from '../../shared/ipc/contract/lists.ts';
import type { Session } from '../../shared/ipc/contract/session.ts';
import { type ChannelName, contract, type Input, isChannelName, type Output } from '../../shared/ipc/contract.ts';
import type { HostEvent, HostTransport, Reply } from '../../shared/ipc/transport.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { sumPaise } from '../../shared/kernel/money.ts';
import { idOf, listRow, makeExpense, masters, session, syncStatus, vendors } from './memory-books.ts';
import { memoryVouchers } from './memory-vouchers.ts';
import { noConnections } from './sample-connections.ts';

type Handlers = { readonly [N in ChannelName]?: (input: Input<N>) => Output<N> };

export interface MemoryDesk extends HostTransport {
  /** Every call with what it was given, for tests that look at what a screen sent. */
  readonly calls: { readonly channel: string; readonly input: unknown }[];
  emit(event: HostEvent): void;
  /** Answers a channel otherwise from now on; a thrown MunimError becomes a refusal. */
  answer<N extends ChannelName>(channel: N, handler: (input: Input<N>) => Output<N>): void;
  /** Makes every further call of a channel fail with this code. */
  refuse(channel: ChannelName, code: MunimError['code'], details: MunimError['details']): void;
}

/** A desk in memory behind the real contract: inputs and outputs are checked as the real one checks them. */
export function memoryDesk(count: number, start: Partial<Session> = {}): MemoryDesk {
  const listeners = new Set<(event: HostEvent) => void>();
  const calls: { channel: string; input: unknown }[] = [];
  const handlers = makeHandlers(
    Array.from({ length: count }, (_, index) => makeExpense(index)),
    { ...session, ...start },
    (event) => {
      for (const listener of listeners) listener(event);
    },
  );
  const others = new Map<string, (input: unknown) => unknown>();
  return {
    calls,
    answer: (channel, handler) => {
      others.set(channel, handler as (input: unknown) => unknown);
    },
    refuse: (channel, code, details) => {
      others.set(channel, () => {
        throw new MunimError(code, details);
      });
    },
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    invoke: async (channel, input): Promise<Reply> => {
      calls.push({ channel, input });
      if (!isChannelName(channel)) return { ok: false, code: 'NOT_FOUND', details: {}, ref: 'memory' };
      const handler = others.get(channel) ?? (handlers[channel] as ((input: unknown) => unknown) | undefined);
      const read = contract[channel].input.safeParse(input);
      if (!read.success) return { ok: false, code: 'INPUT_INVALID', details: { where: channel }, ref: 'memory' };
      if (handler === undefined) return { ok: false, code: 'NOT_FOUND', details: { what: channel }, ref: 'memory' };
      try {
        return { ok: true, value: handler(read.data) };
      } catch (thrown) {
        if (!(thrown instanceof MunimError)) throw thrown;
        return { ok: false, code: thrown.code, details: thrown.details, ref: 'memory' };
      }
    },
  };
}

function makeHandlers(books: ExpenseView[], start: Session, emit: (event: HostEvent) => void): Handlers {
  let now = start;
  const entered = memoryVouchers();
  const find = (id: string): ExpenseView => {
    const found = books.find((expense) => expense.id === id);
    if (found === undefined) throw new MunimError('NOT_FOUND', { what: 'expense' });
    return found;
  };
  const become = (phase: Session['phase']): Session => {
    now = { ...now, phase, person: phase === 'signed_in' ? session.person : null };
    return now;
  };
  return {
    'session.get': () => now,
    'session.enrol': () => become('signed_out'),
    'session.signOut': () => become('signed_out'),
    'session.signIn': ({ password }) => {
      if (password !== 'correct horse') throw new MunimError('AUTH_BAD_CREDENTIALS');
      return become('signed_in');
    },
    'sync.status': () => syncStatus,
    'connections.list': () => noConnections,
    'masters.get': () => entered.masters(),
    'chart.get': () => entered.chart(),
    'bills.open': ({ vendorId }) => entered.openBills(vendorId),
    'vouchers.page': (question) => entered.page(question),
    'vouchers.totals': (question) => entered.totals(question),
    'vouchers.get': ({ id }) => entered.get(id),
    'vendors.page': ({ text }) => {
      const rows = vendors.filter(({ fields }) => fields.name.toLowerCase().includes(text.toLowerCase()));
      return { rows, count: rows.length };
    },
    'budgets.list': () => ({
      rows: masters.categories.map(({ code, label, labelHi }) => ({
        category: code,
        label,
        labelHi,
        collegeId: session.colleges[0]?.id ?? '',
        allocatedPaise: 5_00_000_00n,
        committedPaise: 40_000_00n,
        spentPaise: 2_10_000_00n,
        availablePaise: 2_50_000_00n,
        usedBp: 5_000,
        alertLevel: 'normal' as const,
      })),
      allocatedPaise: 25_00_000_00n,
      committedPaise: 2_00_000_00n,
      spentPaise: 10_50_000_00n,
      months: [],
    }),
    'expenses.page': ({ filter, offset, limit }) => ({
      rows: books
        .filter(fitsFilter(filter))
        .slice(offset, offset + limit)
        .map(listRow),
    }),
    'expenses.totals': ({ filter }) => {
      const fitting = books.filter(fitsFilter(filter));
      return { count: fitting.length, totalPaise: sumPaise(fitting.map((one) => one.totalPaise)), byStatus: [] };
    },
    'expenses.get': ({ id }) => find(id),
    // A desk keeps them whatever becomes of the page.
    'drafts.get': ({ form }) => ({ content: window.sessionStorage.getItem(`draft ${form}`) }),
    'drafts.save': ({ form, content }) => {
      if (content === null) window.sessionStorage.removeItem(`draft ${form}`);
      else window.sessionStorage.setItem(`draft ${form}`, content);
      return {};
    },
    'commands.run': (command) => {
      const tables = entered.run(command);
      if (tables !== null) queueMicrotask(() => emit({ name: 'changed', data: { tables: [...tables] } }));
      if (command.name === 'expense.create') {
        const made = makeExpense(0);
        books.unshift({ ...made, id: command.args.expenseId, fields: command.args.fields, status: 'draft' });
      } else if (command.name === 'expense.submit') {
        const expense = find(command.args.expenseId);
        books[books.indexOf(expense)] = { ...expense, status: 'submitted', actions: ['cancel'] };
      }
      queueMicrotask(() => emit({ name: 'changed', data: { tables: ['expenses'] } }));
      return { commandId: idOf('007', books.length), seq: 1, reference: 'PC1-1' };
    },
  };
}

const fitsFilter =
  (filter: ExpenseFilter) =>
  (expense: ExpenseView): boolean =>
    (filter.status.length === 0 || filter.status.includes(expense.status)) &&
    (filter.category.length === 0 || filter.category.includes(expense.fields.category)) &&
    (filter.vendorId === null || expense.fields.vendorId === filter.vendorId) &&
    (filter.minPaise === null || expense.totalPaise >= filter.minPaise) &&
    (filter.maxPaise === null || expense.totalPaise <= filter.maxPaise) &&
    (filter.from === null || expense.fields.billDate >= filter.from) &&
    (filter.to === null || expense.fields.billDate <= filter.to) &&
    `${expense.reference} ${expense.vendorName} ${expense.fields.billNo} ${expense.fields.description}`
      .toLowerCase()
      .includes(filter.text.toLowerCase());
