import { describe } from 'vitest';
import { testDiagnose } from '../testing/diagnose-suite.ts';
import { openTestServer } from '../testing/test-server.ts';

describe('books compared over PGlite', () => testDiagnose(() => openTestServer(null)));
