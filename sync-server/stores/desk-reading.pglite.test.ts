import { describe } from 'vitest';
import { deskReadingSuite } from '../testing/desk-reading-suite.ts';

describe('what only desks read, in PGlite', () => deskReadingSuite(async () => null));
