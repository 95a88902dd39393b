// Made by `npm run generate` from the folders of the connectors; do not edit.

import type { BankConnector } from './_kit/bank.ts';
import type { Manifest } from './_kit/manifest.ts';
import { tallyManifest } from './accounting/tally/manifest.ts';
import { axisManifest } from './bank/axis/manifest.ts';
import { hdfcManifest } from './bank/hdfc/manifest.ts';
import { iciciManifest } from './bank/icici/manifest.ts';
import { sbiManifest } from './bank/sbi/manifest.ts';
import { neftManifest } from './gateway/neft/manifest.ts';
import { axis } from './bank/axis/connector.ts';
import { hdfc } from './bank/hdfc/connector.ts';
import { icici } from './bank/icici/connector.ts';
import { sbi } from './bank/sbi/connector.ts';
import { neft } from './gateway/neft/connector.ts';

/** What Munim can be connected to. */
export const manifests: readonly Manifest[] = [
  tallyManifest,
  axisManifest,
  hdfcManifest,
  iciciManifest,
  sbiManifest,
  neftManifest,
];

/** The banks and payment gateways among them, by their ids. */
export const bankConnectors: ReadonlyMap<string, BankConnector> = new Map([
  [axis.manifest.id, axis],
  [hdfc.manifest.id, hdfc],
  [icici.manifest.id, icici],
  [sbi.manifest.id, sbi],
  [neft.manifest.id, neft],
]);
