import type { BankConnector } from '../../_kit/bank.ts';
import { sbiManifest } from './manifest.ts';
import { sbiBalance, sbiStatement } from './operations.ts';

/** SBI by its SOAP service: balance and statement. The document has no payment for it. */
export const sbi: BankConnector = { manifest: sbiManifest, balance: sbiBalance, statement: sbiStatement };
