import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { limits } from '../../shared/kernel/limits.ts';
import { type Clock, systemClock } from '../../shared/ports/clock.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { startNats, type TestNats } from '../../tools/testing/nats.ts';
import type { News } from '../ports/bus.ts';
import { NatsBus } from './bus-nats.ts';

const program = process.env.MUNIM_NATS_SERVER ?? '';
const [one, two] = ['0198c000-0000-7000-8000-000000000001', '0198c000-0000-7000-8000-000000000002'] as const;
const until = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 20 });
/** The pauses between two tries are the bus's own; here they only have to be short. */
const quick: Clock = { now: systemClock.now, after: (ms, run) => systemClock.after(Math.min(ms, 50), run) };

interface Ear {
  readonly bus: NatsBus;
  readonly heard: News[];
  readonly problems: string[];
}

describe.skipIf(program === '')('the bus over NATS', () => {
  let nats: TestNats;
  const ears: Ear[] = [];
  const listen = (url = nats.url): Ear => {
    const problems: string[] = [];
    const onLine = (problem: unknown) => problems.push(problem === null ? '' : String(problem));
    const bus = new NatsBus({ url, clock: quick, random: systemRandom, onLine });
    const heard: News[] = [];
    bus.subscribe((news) => heard.push(news));
    const ear = { bus, heard, problems };
    ears.push(ear);
    return ear;
  };
  const stands = (...all: Ear[]) =>
    until(() => expect(all.map(({ bus }) => bus.state())).toEqual(all.map(() => 'shared')));

  beforeEach(async () => {
    nats = await startNats(program, { user: 'munim', pass: 'p_ss_word' });
  });
  afterEach(async () => {
    await Promise.all(ears.splice(0).map(({ bus }) => bus.close()));
    await nats.stop();
  });

  test('tells every process once, its own at once', async () => {
    const [here, there, elsewhere] = [listen(), listen(), listen()];
    await stands(here, there, elsewhere);
    here.bus.publish({ collegeId: one, version: 7 });
    expect(here.heard).toEqual([{ collegeId: one, version: 7 }]);
    there.bus.publish({ revoked: two });
    const others = [{ collegeId: one, version: 7 }, { revoked: two }];
    await until(() => expect(elsewhere.heard).toHaveLength(2));
    expect(elsewhere.heard).toEqual(expect.arrayContaining(others));
    // What was said last has come back to who said it by now, and was not taken for news.
    elsewhere.bus.publish({ collegeId: two, version: 1 });
    await until(() => expect([here, there].map(({ heard }) => heard.length)).toEqual([3, 3]));
  });

  test('what could not be sent waits, the newest word for each college, and is heard when the line stands again', async () => {
    const [here, there] = [listen(), listen()];
    await stands(here, there);
    await nats.kill();
    await until(() => expect([here, there].map(({ bus }) => bus.state())).toEqual(['degraded', 'degraded']));
    for (let version = 1; version <= 50; version++) here.bus.publish({ collegeId: one, version });
    here.bus.publish({ collegeId: one, version: 49 });
    here.bus.publish({ collegeId: two, version: 3 });
    expect(here.heard).toHaveLength(52);
    expect(there.heard).toEqual([]);
    await nats.start();
    await until(() => expect(there.heard).toHaveLength(2));
    expect(there.heard).toEqual(
      expect.arrayContaining([
        { collegeId: one, version: 50 },
        { collegeId: two, version: 3 },
      ]),
    );
    expect(here.problems.at(-1)).toBe('');
  });

  test('a process whose line was cut hears what was said meanwhile, and nothing twice', async () => {
    const [here, there] = [listen(), listen()];
    await stands(here, there);
    here.bus.publish({ collegeId: one, version: 1 });
    await until(() => expect(there.heard).toHaveLength(1));
    // A process that starts now is in the same place as one that was away.
    here.bus.publish({ collegeId: two, version: 1 });
    here.bus.publish({ collegeId: two, version: 2 });
    await until(() => expect(there.heard.at(-1)).toEqual({ collegeId: two, version: 2 }));
    const late = listen();
    await until(() => expect(late.heard).toHaveLength(2));
    expect(late.heard).toEqual(
      expect.arrayContaining([
        { collegeId: one, version: 1 },
        { collegeId: two, version: 2 },
      ]),
    );
  });

  test('a wrong password keeps nobody from working; it is said, and tried again', async () => {
    const stranger = listen(nats.url.replace(/:[^:@]+@/, ':wrong@'));
    await until(() => expect(stranger.problems.length).toBeGreaterThan(1));
    expect(stranger.problems.join()).toMatch(/authorization/i);
    expect(stranger.problems.join()).not.toContain('wrong');
    stranger.bus.publish({ collegeId: one, version: 1 });
    expect(stranger.heard).toEqual([{ collegeId: one, version: 1 }]);
    expect(stranger.bus.state()).toBe('degraded');
  });

  test('tries are told to the others, and to nobody when the line is away', async () => {
    const [here, there] = [listen(), listen()];
    await stands(here, there);
    const heard: [Ear, unknown][] = [];
    for (const ear of [here, there]) ear.bus.hearOthers((tried) => heard.push([ear, tried]));
    here.bus.tellOthers({ tried: 'a'.repeat(64), windowMs: 5 });
    here.bus.tellOthers({ forgiven: 'b' });
    await until(() => expect(heard).toHaveLength(2));
    expect(heard).toEqual([
      [there, { tried: 'a'.repeat(64), windowMs: 5 }],
      [there, { forgiven: 'b' }],
    ]);
    await nats.kill();
    await until(() => expect(here.bus.state()).toBe('degraded'));
    here.bus.tellOthers({ forgiven: 'c' });
    await nats.start();
    await stands(here, there);
    here.bus.tellOthers({ forgiven: 'd' });
    await until(() => expect(heard.at(-1)).toEqual([there, { forgiven: 'd' }]));
    expect(heard).toHaveLength(3);
  });

  test('what others write into the stream is no news', async () => {
    const [here, there] = [listen(), listen()];
    await stands(here, there);
    const { connect } = await import('@nats-io/transport-node');
    const stranger = await connect({ servers: nats.url.replace(/^.*@/, ''), user: 'munim', pass: 'p_ss_word' });
    for (const text of [
      '',
      'nonsense',
      '{}',
      '{"from":"x","news":{"collegeId":"x","version":1}}',
      '{"from":"x","news":{"collegeId":1}}',
    ]) {
      stranger.publish('munim.news.moved.x', text);
    }
    await stranger.flush();
    await stranger.close();
    here.bus.publish({ collegeId: one, version: 1 });
    await until(() => expect(there.heard).toEqual([{ collegeId: one, version: 1 }]));
  });

  test('an end is not held up by a server that is away', async () => {
    await nats.kill();
    const here = listen();
    here.bus.publish({ collegeId: one, version: 1 });
    await here.bus.close();
    expect(here.bus.state()).toBe('degraded');
    expect(limits.server.natsTimeoutMs).toBeLessThan(limits.server.stopGraceMs);
  });

  test('what was published just before the end is still sent', async () => {
    const there = listen();
    await stands(there);
    const here = listen();
    here.bus.publish({ collegeId: two, version: 9 });
    await here.bus.close();
    await until(() => expect(there.heard).toEqual([{ collegeId: two, version: 9 }]));
  });
});
