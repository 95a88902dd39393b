import { describe } from 'vitest';
import { hostileSuite } from '../testing/hostile-suite.ts';

describe('text over PGlite', () => hostileSuite(async () => null));
