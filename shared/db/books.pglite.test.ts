import { describe } from 'vitest';
import { booksSuite } from './testing/books-suite.ts';
import { pgliteBooks } from './testing/pglite-books.ts';

describe('rows in PGlite', () => booksSuite(pgliteBooks));
