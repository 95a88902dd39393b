import type { BankConnector } from '../../_kit/bank.ts';
import { axisManifest } from './manifest.ts';
import { axisBalance, axisStatement, axisStatus, axisTransfer } from './operations.ts';

/** Axis by its corporate gateway: certificate, and bodies that are signed and encrypted. */
export const axis: BankConnector = {
  manifest: axisManifest,
  balance: axisBalance,
  statement: axisStatement,
  pay: axisTransfer,
  enquire: axisStatus,
};
