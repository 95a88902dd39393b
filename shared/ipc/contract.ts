import { z } from 'zod';
import { auditChannels } from './contract/audit.ts';
import { backupChannels } from './contract/backups.ts';
import { chartChannels } from './contract/chart.ts';
import { commandChannels } from './contract/commands.ts';
import { connectionChannels } from './contract/connections.ts';
import { consolidationChannels } from './contract/consolidation.ts';
import { exchangeChannels } from './contract/exchange.ts';
import { expenseChannels } from './contract/expenses.ts';
import { fileChannels, zJob } from './contract/files.ts';
import { masterChannels } from './contract/masters.ts';
import { paymentChannels } from './contract/payments.ts';
import { periodChannels } from './contract/periods.ts';
import { reconciliationChannels } from './contract/reconciliation.ts';
import { recoveryChannels } from './contract/recovery.ts';
import { reportChannels } from './contract/reports.ts';
import { searchChannels } from './contract/search.ts';
import { sessionChannels } from './contract/session.ts';
import { syncChannels, zSyncStatus } from './contract/sync.ts';
import { voucherChannels } from './contract/vouchers.ts';
import { webhookChannels } from './contract/webhooks.ts';

/** Everything the renderer can ask of the desk. */
export const contract = {
  ...sessionChannels,
  ...commandChannels,
  ...expenseChannels,
  ...masterChannels,
  ...voucherChannels,
  ...chartChannels,
  ...syncChannels,
  ...auditChannels,
  ...consolidationChannels,
  ...periodChannels,
  ...fileChannels,
  ...recoveryChannels,
  ...reportChannels,
  ...searchChannels,
  ...backupChannels,
  ...connectionChannels,
  ...exchangeChannels,
  ...webhookChannels,
  ...reconciliationChannels,
  ...paymentChannels,
} as const;

export type Contract = typeof contract;
export type ChannelName = keyof Contract;
export type Input<N extends ChannelName> = z.infer<Contract[N]['input']>;
export type Output<N extends ChannelName> = z.infer<Contract[N]['output']>;
export const isChannelName = (name: string): name is ChannelName => Object.hasOwn(contract, name);

/** Everything the desk tells the renderer unasked. */
export const events = {
  /** Rows of these tables changed; what shows them asks again. */
  changed: z.strictObject({ tables: z.array(z.string().max(60)) }),
  'sync.status': zSyncStatus,
  job: zJob,
  /** The books process went away or came back. */
  ledger: z.strictObject({ state: z.enum(['ready', 'restarting', 'gave_up']) }),
} as const;
export type EventName = keyof typeof events;
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>;
