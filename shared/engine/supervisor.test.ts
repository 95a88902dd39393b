import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../kernel/limits.ts';
import { forkPort } from './fork-port.ts';
import { Supervisor, type SupervisorLimits, type SupervisorState } from './supervisor.ts';

const quick: SupervisorLimits = {
  ...limits.engine,
  heartbeatLostMs: 1_500,
  startMaxMs: 10_000,
  restartBackoffMinMs: 10,
  restartBackoffMaxMs: 40,
  restartsMax: 3,
};

class Watched {
  readonly states: SupervisorState[] = [];
  readonly messages: { pid: number; value: unknown }[] = [];
  readonly supervisor: Supervisor;
  #waiters: (() => void)[] = [];

  constructor(mode: string, overrides: Partial<SupervisorLimits> = {}) {
    this.supervisor = new Supervisor({
      spawn: () => forkPort('shared/engine/supervised.fixture.ts', [mode]),
      limits: { ...quick, ...overrides },
      onMessage: (message) => this.#note(() => this.messages.push(message as { pid: number; value: unknown })),
      onState: (state) => this.#note(() => this.states.push(state)),
    });
  }

  #note(add: () => void): void {
    add();
    for (const waiter of this.#waiters.splice(0)) waiter();
  }

  async until(met: () => boolean): Promise<void> {
    while (!met()) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  count(kind: SupervisorState['kind']): number {
    return this.states.filter((state) => state.kind === kind).length;
  }
}

let watched: Watched;
afterEach(() => watched.supervisor.stop());

describe('the supervisor', () => {
  it('reports ready at the first heartbeat and passes other messages through, bigint and all', async () => {
    watched = new Watched('well');
    watched.supervisor.start();
    expect(() => watched.supervisor.post('too early')).toThrow('ENGINE_RESTARTING');
    await watched.until(() => watched.count('running') === 1);
    watched.supervisor.post({ paise: 9007199254740993n });
    await watched.until(() => watched.messages.length === 1);
    expect(watched.messages[0]?.value).toEqual({ paise: 9007199254740993n });
    await watched.supervisor.stop();
    expect(watched.states.map((state) => state.kind)).toEqual(['starting', 'running', 'stopped']);
  });

  it('kills a child that spins and starts another', async () => {
    watched = new Watched('well');
    watched.supervisor.start();
    await watched.until(() => watched.count('running') === 1);
    watched.supervisor.post('who');
    await watched.until(() => watched.messages.length === 1);
    watched.supervisor.post('spin');
    await watched.until(() => watched.count('running') === 2);
    expect(watched.states.map((state) => state.kind)).toEqual([
      'starting',
      'running',
      'restarting',
      'starting',
      'running',
    ]);
    watched.supervisor.post('who');
    await watched.until(() => watched.messages.length === 2);
    expect(watched.messages[1]?.pid).not.toBe(watched.messages[0]?.pid);
  });

  it('bears an announced silence longer than the watchdog', async () => {
    watched = new Watched('well');
    watched.supervisor.start();
    await watched.until(() => watched.count('running') === 1);
    watched.supervisor.post('announced');
    await watched.until(() => watched.messages.length === 1);
    expect(watched.messages[0]?.value).toBe('done');
    expect(watched.count('restarting')).toBe(0);
  });

  it('kills a child that never becomes ready', async () => {
    watched = new Watched('mute', { startMaxMs: 500, restartsMax: 0 });
    watched.supervisor.start();
    await watched.until(() => watched.count('gaveUp') === 1);
    expect(watched.states.at(-1)).toEqual({ kind: 'gaveUp', failures: 1 });
  });

  it('waits longer each time, gives up after too many failures, and begins anew when told', async () => {
    watched = new Watched('crash');
    watched.supervisor.start();
    await watched.until(() => watched.count('gaveUp') === 1);
    const waits = watched.states.flatMap((state) => (state.kind === 'restarting' ? [state.inMs] : []));
    expect(waits).toEqual([10, 20, 40]);
    expect(watched.states.at(-1)).toEqual({ kind: 'gaveUp', failures: 4 });
    watched.supervisor.start();
    expect(watched.supervisor.state.kind).toBe('starting');
  });

  it('stops: lets a child end by itself, kills one that does not, restarts neither', async () => {
    watched = new Watched('well');
    watched.supervisor.start();
    await watched.until(() => watched.count('running') === 1);
    watched.supervisor.post('end');
    await watched.supervisor.stop(30_000);
    watched.supervisor.start();
    await watched.until(() => watched.count('running') === 2);
    watched.supervisor.post('spin');
    await watched.supervisor.stop(50);
    expect(watched.supervisor.state.kind).toBe('stopped');
    expect(watched.count('restarting')).toBe(0);
  });
});
