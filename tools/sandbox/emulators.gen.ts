// Made by `npm run generate` from the folders of the connectors; do not edit.

import type { BankConnector } from '../../shared/connectors/_kit/bank.ts';
import type { EmulatorKind } from '../../shared/connectors/_kit/emulator.ts';
import { axis } from '../../shared/connectors/bank/axis/connector.ts';
import { emulator as axisEmulator } from '../../shared/connectors/bank/axis/emulator.ts';
import { hdfc } from '../../shared/connectors/bank/hdfc/connector.ts';
import { emulator as hdfcEmulator } from '../../shared/connectors/bank/hdfc/emulator.ts';
import { icici } from '../../shared/connectors/bank/icici/connector.ts';
import { emulator as iciciEmulator } from '../../shared/connectors/bank/icici/emulator.ts';
import { sbi } from '../../shared/connectors/bank/sbi/connector.ts';
import { emulator as sbiEmulator } from '../../shared/connectors/bank/sbi/emulator.ts';
import { neft } from '../../shared/connectors/gateway/neft/connector.ts';
import { emulator as neftEmulator } from '../../shared/connectors/gateway/neft/emulator.ts';

export const emulators: readonly { readonly connector: BankConnector; readonly kind: EmulatorKind }[] = [
  { connector: axis, kind: axisEmulator },
  { connector: hdfc, kind: hdfcEmulator },
  { connector: icici, kind: iciciEmulator },
  { connector: sbi, kind: sbiEmulator },
  { connector: neft, kind: neftEmulator },
];
