import { describe } from 'vitest';
import { longPushSuite } from '../testing/long-push-suite.ts';

describe('a long push over PGlite', () => longPushSuite(async () => null));
