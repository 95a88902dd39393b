import { describe } from 'vitest';
import { inScope } from './scope.ts';
import { executeSuite } from './testing/execute-suite.ts';
import { postgresBooks } from './testing/postgres-books.ts';

describe('commands in PostgreSQL, within the role and the scope of the server', () =>
  executeSuite(postgresBooks, (db, collegeId, work) => inScope(db, [collegeId], work)));
