import { describe } from 'vitest';
import { webhookSuite } from '../testing/webhook-suite.ts';

describe('messages of banks over PGlite', () => webhookSuite(async () => null));
