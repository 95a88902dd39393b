import { conformance } from '../../_kit/conformance.ts';
import { axis } from './connector.ts';
import { emulator } from './emulator.ts';

conformance(axis, emulator);
