import { conformance } from '../../../shared/connectors/_kit/conformance.ts';
import { sampleBank } from './connector.ts';
import { emulator } from './emulator.ts';

// What the kit asks of every connector. Put beside it what is this bank's own: its examples as fixtures, its codes, its cryptography.
conformance(sampleBank, emulator);
