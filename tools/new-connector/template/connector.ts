import type { BankConnector } from '../../../shared/connectors/_kit/bank.ts';
import { sampleBankManifest } from './manifest.ts';
import { balance, enquire, pay, payBulk, statement, token } from './operations.ts';
import { webhook } from './webhook.ts';

export const sampleBank: BankConnector = {
  manifest: sampleBankManifest,
  token,
  balance,
  statement,
  pay,
  payBulk,
  enquire,
  webhook,
};
