import { describe, expect, it } from 'vitest';
import { MunimError } from '../../shared/kernel/errors.ts';
import { createRpc, type Rpc } from './rpc.ts';

type Methods = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

/** Two ends joined as processes are: messages are cloned and arrive later. */
function pair(methods: Methods) {
  const events: unknown[] = [];
  const faults: string[] = [];
  const ends: Rpc[] = [];
  const end = (index: number, served: Methods): Rpc =>
    createRpc({
      post: (message) => {
        const copy: unknown = structuredClone(message);
        setImmediate(() => ends[1 - index]?.receive(copy));
      },
      methods: served,
      onEvent: (name, data) => events.push([name, data]),
      onFault: (method) => faults.push(method),
    });
  ends.push(end(0, {}), end(1, methods));
  const [caller, callee] = ends as [Rpc, Rpc];
  return { caller, callee, events, faults };
}

describe('calls', () => {
  it('bring exact integers and bytes there and back', async () => {
    const { caller } = pair({ echo: async (input) => input });
    const value = { paise: 2n ** 62n, bytes: new Uint8Array([1, 2, 3]) };
    expect(await caller.call('echo', value)).toEqual(value);
  });

  it('answer out of order without mixing up', async () => {
    const { caller } = pair({
      wait: async (ms) => {
        await new Promise((resolve) => setTimeout(resolve, Number(ms)));
        return ms;
      },
    });
    expect(await Promise.all([30, 10, 20].map((ms) => caller.call('wait', ms)))).toEqual([30, 10, 20]);
  });

  it('bring a refusal as it was thrown, and of a fault only that there was one', async () => {
    const { caller, faults } = pair({
      refuse: async () => {
        throw new MunimError('ENGINE_DISK_FULL', { freeMiB: 3 });
      },
      break: async () => {
        throw new Error('password is hunter2');
      },
      uncloneable: async () => () => {},
    });
    await expect(caller.call('refuse', null)).rejects.toMatchObject({
      code: 'ENGINE_DISK_FULL',
      details: { freeMiB: 3 },
    });
    const problem = await caller.call('break', null).catch((thrown: unknown) => thrown);
    expect(problem).toMatchObject({ code: 'INTERNAL' });
    expect(String(problem)).not.toContain('hunter2');
    expect(faults).toEqual(['break']);
  });

  it.each(['toString', '__proto__', 'constructor', 'unknown'])('refuse the method %s', async (method) => {
    const { caller } = pair({ echo: async (input) => input });
    await expect(caller.call(method, null)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('are answered to the process that asked, not to the one that took its place and counts anew', async () => {
    let finish: (value: string) => void = () => {};
    const [first, second]: unknown[][] = [[], []];
    let isReplaced = false;
    const main = createRpc({
      post: (message) => (isReplaced ? second : first)?.push(message),
      methods: {
        pay: () =>
          new Promise((resolve) => {
            finish = resolve;
          }),
      },
      onEvent: () => {},
      onFault: () => {},
    });
    main.receive({ rpc: 'call', id: 0, method: 'pay', input: null }, (message) => first?.push(message));
    isReplaced = true;
    finish('sent');
    await new Promise((resolve) => setImmediate(resolve));
    expect(first).toEqual([{ rpc: 'done', id: 0, value: 'sent' }]);
    expect(second).toEqual([]);
  });

  it('end when the other side is gone', async () => {
    const { caller } = pair({ hang: () => new Promise(() => {}) });
    const call = caller.call('hang', null);
    caller.failAll('HOST_GONE');
    await expect(call).rejects.toMatchObject({ code: 'HOST_GONE' });
  });

  it('end for good when it will not come back, so that nobody waits for what is asked later', async () => {
    const { caller } = pair({ hang: () => new Promise(() => {}) });
    const call = caller.call('hang', null);
    caller.end();
    await expect(call).rejects.toMatchObject({ code: 'HOST_GONE' });
    await expect(caller.call('hang', null)).rejects.toMatchObject({ code: 'HOST_GONE' });
  });
});

it('brings events, and leaves messages of others alone', async () => {
  const { caller, callee, events } = pair({});
  caller.emit('poke', { version: 3n });
  await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual([['poke', { version: 3n }]]);
  for (const other of [null, 'x', { munimHeartbeat: 1, graceMs: 0 }, { rpc: 'call', id: -1, method: 'x', input: 1 }]) {
    expect(callee.receive(other)).toBe(false);
  }
});
