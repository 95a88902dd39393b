import { conformance } from '../../_kit/conformance.ts';
import { sbi } from './connector.ts';
import { emulator } from './emulator.ts';

conformance(sbi, emulator);
