import { expect, test } from 'vitest';
import { SimClock } from '../../shared/testing/sim-clock.ts';
import { QuietTime } from './quiet-time.ts';

test('what screens ask by themselves is no sign of a person', () => {
  const clock = new SimClock(0);
  const quiet = new QuietTime(clock);
  expect(quiet.isByPerson('expenses.page')).toBe(true);
  expect(quiet.isByPerson('sync.status')).toBe(false);
  quiet.told();
  clock.advance(1_000);
  // The list is read again because of the news; a command never is.
  expect(quiet.isByPerson('expenses.page')).toBe(false);
  for (const asked of ['payments.toPay', 'payments.orders', 'payments.batch', 'payments.counts', 'webhooks.dead']) {
    expect([asked, quiet.isByPerson(asked)]).toEqual([asked, false]);
  }
  for (const done of ['commands.run', 'payments.exportFile', 'webhooks.replay']) {
    expect([done, quiet.isByPerson(done)]).toEqual([done, true]);
  }
  clock.advance(10_000);
  expect(quiet.isByPerson('expenses.page')).toBe(true);
});
