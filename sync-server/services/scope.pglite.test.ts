import { describe } from 'vitest';
import { scopeSuite } from '../testing/scope-suite.ts';

describe('the wall between colleges in PGlite', () => scopeSuite(async () => null));
