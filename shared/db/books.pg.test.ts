import { describe } from 'vitest';
import { booksSuite } from './testing/books-suite.ts';
import { postgresBooks } from './testing/postgres-books.ts';

describe('rows in PostgreSQL', () => booksSuite(postgresBooks));
