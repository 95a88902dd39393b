import fc from 'fast-check';
import { expect, it } from 'vitest';
import { limits } from '../../../shared/kernel/limits.ts';
import { CallFigures, type CallRow } from './call-figures.ts';

const row = (ms: number, outcome: CallRow['outcome'] = 'ok'): CallRow => ({
  connection: 'c',
  operation: 'bank.balance',
  outcome,
  code: null,
  status: 200,
  ms,
  attempts: 1,
  requestId: 'r',
});

it('at least so many of a hundred calls took no longer than the figure says, and one of them took as long', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 300 }), (times) => {
      const figures = new CallFigures();
      for (const ms of times) figures.add(row(ms));
      const [read] = figures.read();
      for (const [percent, figure] of [
        [50, read?.p50Ms],
        [95, read?.p95Ms],
        [99, read?.p99Ms],
      ] as const) {
        expect(times).toContain(figure);
        const within = times.filter((ms) => ms <= (figure ?? -1)).length;
        const below = times.filter((ms) => ms < (figure ?? -1)).length;
        expect(within * 100).toBeGreaterThanOrEqual(times.length * percent);
        expect(below * 100).toBeLessThan(times.length * percent);
      }
    }),
  );
});

it('what a bank declines was answered well, and old times are forgotten', () => {
  const figures = new CallFigures();
  for (const outcome of ['ok', 'business', 'in_doubt', 'network'] as const) figures.add(row(9_000, outcome));
  expect(figures.read()).toMatchObject([
    { calls: 4, answered: 2, successBasisPoints: 5_000, outcomes: { ok: 1, business: 1, in_doubt: 1, network: 1 } },
  ]);
  for (let count = 0; count < limits.connector.latenciesKept; count += 1) figures.add(row(5));
  expect(figures.read()).toMatchObject([{ p99Ms: 5, calls: limits.connector.latenciesKept + 4 }]);
});
