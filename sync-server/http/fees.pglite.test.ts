import { describe } from 'vitest';
import { feesSuite } from '../testing/fees-suite.ts';

describe('fee reconciliation over PGlite', () => feesSuite(async () => null));
