import { describe, expect, it } from 'vitest';
import { limits } from '../../../shared/kernel/limits.ts';
import { SimClock } from '../../../shared/testing/sim-clock.ts';
import { Breaker, type Pass } from './breaker.ts';

const { breakerFailures, breakerOpenMs } = limits.connector;

function made() {
  const clock = new SimClock(1_000);
  return { clock, breaker: new Breaker(clock) };
}

function passOf(breaker: Breaker): Pass {
  const asked = breaker.ask();
  if ('waitMs' in asked) throw new Error(`not let through for ${asked.waitMs} ms`);
  return asked.pass;
}

const fail = (breaker: Breaker, times: number = breakerFailures): void => {
  for (let count = 0; count < times; count += 1) passOf(breaker)('failure');
};

describe('a breaker', () => {
  it('opens at the fifth failure in a row, not at five in all', () => {
    const { breaker } = made();
    fail(breaker, breakerFailures - 1);
    passOf(breaker)('success');
    fail(breaker, breakerFailures - 1);
    passOf(breaker)('neither');
    expect(breaker.state).toBe('closed');
    passOf(breaker)('failure');
    expect(breaker.state).toBe('open');
  });

  it('lets nothing through for a minute, then one at a time, and closes after two successes', () => {
    const { breaker, clock } = made();
    fail(breaker);
    clock.advance(breakerOpenMs - 1);
    expect(breaker.ask()).toEqual({ waitMs: 1 });
    clock.advance(1);
    const probe = passOf(breaker);
    expect(breaker.ask()).toHaveProperty('waitMs');
    probe('success');
    expect(breaker.state).toBe('half_open');
    passOf(breaker)('success');
    expect(breaker.state).toBe('closed');
    fail(breaker, breakerFailures - 1);
    expect(breaker.state).toBe('closed');
  });

  it('opens for another minute when a probe fails, also after a success', () => {
    const { breaker, clock } = made();
    fail(breaker);
    clock.advance(breakerOpenMs);
    passOf(breaker)('success');
    passOf(breaker)('failure');
    expect(breaker.ask()).toEqual({ waitMs: breakerOpenMs });
  });

  it('probes again when a probe was stopped', () => {
    const { breaker, clock } = made();
    fail(breaker);
    clock.advance(breakerOpenMs);
    passOf(breaker)('neither');
    passOf(breaker)('success');
    expect(breaker.state).toBe('half_open');
  });

  it('hears nothing more from requests of the time before it opened, and hears each once', () => {
    const { breaker, clock } = made();
    const late = passOf(breaker);
    const later = passOf(breaker);
    fail(breaker);
    late('success');
    clock.advance(breakerOpenMs);
    later('failure');
    expect(breaker.state).toBe('half_open');
    const probe = passOf(breaker);
    probe('success');
    probe('success');
    expect(breaker.state).toBe('half_open');
  });
});
