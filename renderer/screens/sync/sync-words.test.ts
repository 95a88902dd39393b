import { beforeAll, expect, test, vi } from 'vitest';
import type { SyncStatus } from '../../../shared/ipc/contract/sync.ts';
import type { Text } from '../../i18n/text.ts';
import { syncWords } from './sync-words.ts';

const NOW = Date.UTC(2026, 10, 21, 8, 30);
const clean: SyncStatus = {
  state: 'synced',
  pending: 0,
  attention: 0,
  parked: 0,
  lastSyncedAt: NOW,
  error: null,
  colleges: [],
  receivedRows: null,
  paused: false,
};
let text: Text;

beforeAll(async () => {
  // The language is read from the browser's storage when the texts are loaded.
  vi.stubGlobal('window', { localStorage: { getItem: () => null } });
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  text = (await import('../../i18n/text.ts')).textOf('en');
});

test('all is at the server only when nothing waits, was refused or waits for an update', () => {
  const allThere = text('syncPage.allThere');
  expect(syncWords(clean, NOW, text)).toMatchObject({ headline: allThere, tone: 'ok' });
  const others: Partial<SyncStatus>[] = [
    { pending: 1 },
    { attention: 1 },
    { parked: 1 },
    { state: 'offline' },
    { state: 'syncing' },
    { state: 'refused' },
    { state: 'offline', paused: true },
  ];
  for (const other of others) {
    const words = syncWords({ ...clean, ...other }, NOW, text);
    expect(words.headline).not.toBe(allThere);
    expect(words.tone).not.toBe('ok');
  }
});

test('every figure of the status is said', () => {
  const { facts } = syncWords({ ...clean, state: 'offline', pending: 12, attention: 3, parked: 4 }, NOW, text);
  expect(facts.join(' ')).toMatch(/12 entries.*3 were refused.*4 wait/);
  expect(facts.at(-1)).toContain('today 14:00');
});

test('a desk that never met the server says so', () => {
  expect(syncWords({ ...clean, state: 'offline', lastSyncedAt: null }, NOW, text).facts.at(-1)).toBe(
    text('syncPage.never'),
  );
});

test('what was sent again to a restored server is said for each college while papers printed before may be in use', () => {
  const day = 86_400_000;
  const college = (code: string, commands: number, at: number) => ({
    ...{ id: '018f0000-0000-7000-8000-000000000001', code, cursor: 1 },
    sentAgain: { at, commands },
  });
  const colleges = [college('SVCE', 3, NOW - 2 * day), college('SVAC', 1, NOW), college('OLD', 7, NOW - 31 * day)];
  const { facts } = syncWords({ ...clean, colleges }, NOW, text);
  expect(facts.filter((fact) => fact.includes('backup'))).toEqual([
    expect.stringMatching(/^SVCE: .*3 entries.*19-11-2026 14:00/),
    expect.stringMatching(/^SVAC: .*1 entry.*today 14:00/),
  ]);
});
