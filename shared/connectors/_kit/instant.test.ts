import { expect, it } from 'vitest';
import { zInstantText } from './instant.ts';

it('takes moments whose day can stand in the books, and no others', () => {
  for (const text of ['2026-11-21T04:20:00Z', '2026-11-21T09:50:00+05:30', '2026-11-21T09:50:00.123Z']) {
    expect(zInstantText.safeParse(text).success, text).toBe(true);
  }
  for (const text of [
    ...['0000-11-21T09:50:00+05:30', '0026-11-21T04:20:00Z', '9999-12-31T23:59:59-23:59', '9999-12-31T18:30:00Z'],
    ...['2026-02-30T00:00:00Z', '2026-11-21T04:20:00', '2026-11-21', ''],
  ]) {
    expect(zInstantText.safeParse(text).success, text).toBe(false);
  }
});
