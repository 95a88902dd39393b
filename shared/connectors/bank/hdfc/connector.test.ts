import { conformance } from '../../_kit/conformance.ts';
import { hdfc } from './connector.ts';
import { emulator } from './emulator.ts';

conformance(hdfc, emulator);
