import { describe } from 'vitest';
import { contentionSuite } from '../testing/contention-suite.ts';

describe('contention over PGlite', () => contentionSuite(async () => null));
