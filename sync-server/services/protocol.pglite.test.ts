import { describe } from 'vitest';
import { protocolSuite } from '../testing/protocol-suite.ts';

describe('sync over PGlite', () => protocolSuite(async () => null));
