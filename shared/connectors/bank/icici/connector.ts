import type { BankConnector } from '../../_kit/bank.ts';
import { iciciManifest } from './manifest.ts';
import { iciciBalance, iciciEnquire, iciciPay, iciciStatement, iciciToken } from './operations.ts';
import { webhook } from './webhook.ts';

export const icici: BankConnector = {
  manifest: iciciManifest,
  token: iciciToken,
  balance: iciciBalance,
  statement: iciciStatement,
  pay: iciciPay,
  enquire: iciciEnquire,
  webhook,
};
