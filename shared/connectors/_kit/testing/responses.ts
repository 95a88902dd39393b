import type { ConnectorContext, ConnectorResponse } from '../operation.ts';

export const TEST_NOW = Date.parse('2026-06-15T06:30:00Z');

export const testContext = (change: Partial<ConnectorContext> = {}): ConnectorContext => ({
  settings: {},
  secrets: {},
  accessToken: 'token-of-now',
  requestId: '0199b1c2-7f00-7a11-8b22-5c3d4e5f6a99',
  now: TEST_NOW,
  ...change,
});

/** An answer as it comes off the wire, in JSON unless its headers say otherwise. */
export const answered = (
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): ConnectorResponse => ({
  status,
  headers,
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
});
