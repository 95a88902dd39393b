import type { BankConnector } from '../../_kit/bank.ts';
import { neftManifest } from './manifest.ts';
import { balance, enquire, pay, statement } from './operations.ts';
import { webhook } from './webhook.ts';

/** The payment gateway of the contract, with the bank's statements and balances of section 2.2. */
export const neft: BankConnector = { manifest: neftManifest, balance, statement, pay, enquire, webhook };
