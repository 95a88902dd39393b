import type { BankConnector } from '../../_kit/bank.ts';
import { hdfcManifest } from './manifest.ts';
import { hdfcBalance, hdfcEnquire, hdfcPayBulk, hdfcStatement } from './operations.ts';

export const hdfc: BankConnector = {
  manifest: hdfcManifest,
  balance: hdfcBalance,
  statement: hdfcStatement,
  payBulk: hdfcPayBulk,
  enquire: hdfcEnquire,
};
