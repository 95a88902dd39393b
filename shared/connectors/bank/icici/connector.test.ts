import { conformance } from '../../_kit/conformance.ts';
import { icici } from './connector.ts';
import { emulator } from './emulator.ts';

conformance(icici, emulator);
