import type { openCore } from '../../electron/composition/ledger-core.ts';
import type { Edit } from './edit.ts';
import type { ServerMachine } from './server-machine.ts';

/** The programs of the version before. They run over the same databases, which an update only ever adds to. */
export interface Former {
  readonly openCore: typeof openCore;
  readonly ServerMachine: typeof ServerMachine;
}

/** A desk that has neither the comment of a decision nor the list of receipts yet, and keeps what it is sent of them for later. */
export const formerDesk: readonly Edit[] = [
  {
    file: 'electron/adapters/pglite/wire-row.ts',
    find: `  const isKnown = isTableName(table);`,
    replace: `  const isKnown = isTableName(table) && table !== 'receipts';`,
  },
  {
    file: 'electron/adapters/pglite/wire-row.ts',
    find: `key in row || notNull ? row[key] : null`,
    replace: `key !== 'decisionComment' && (key in row || notNull) ? row[key] : null`,
  },
  {
    file: 'electron/adapters/pglite/wire-row.ts',
    find: `const known = new Set(columns.map(({ key }) => key));`,
    replace: `const known = new Set(columns.map(({ key }) => key).filter((key) => key !== 'decisionComment'));`,
  },
];

/** A server that parks these, and whatever is meant on top of them. */
export const formerServer: readonly Edit[] = [
  {
    file: 'sync-server/services/read-command.ts',
    find: `  !isCommandName(command.name) ||`,
    replace: `  ['vendor.edit', 'expense.edit', 'receipt.attach', 'payment.take'].includes(command.name) || !isCommandName(command.name) ||`,
  },
];
