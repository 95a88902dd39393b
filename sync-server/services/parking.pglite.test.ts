import { describe } from 'vitest';
import { parkingSuite } from '../testing/parking-suite.ts';

describe('parked commands over PGlite', () => parkingSuite(async () => null));
