import { afterEach, describe, expect, it } from 'vitest';
import { HastyClock, Rig, type RigOptions } from '../../_kit/conformance-harness.ts';
import { sbi } from './connector.ts';
import { emulator, SbiEmulator } from './emulator.ts';
import { sbiBalance, sbiStatement } from './operations.ts';

const rigs: Rig[] = [];
afterEach(async () => {
  for (const rig of rigs) await rig.stop();
  for (const rig of rigs.splice(0)) rig.expectNothingTold();
});

/** @param there how the bank wants user and password, @param here how the office was set up */
async function rigOf(there: string, here = there, options: RigOptions = {}): Promise<Rig> {
  const rig = new Rig(sbi, { ...emulator, settings: { authentication: there } }, options);
  rigs.push(rig);
  return rig.start({ authentication: here });
}

const account = emulator.accounts[0]?.number ?? '';
const ask = (rig: Rig) => rig.call(sbiBalance, { accountNumber: account });

describe.each(['text', 'digest', 'basic'])('user and password as %s', (mode) => {
  it('are taken, question after question', async () => {
    const rig = await rigOf(mode);
    for (let times = 0; times < 3; times += 1) {
      rig.clock.advance(1);
      expect(await ask(rig)).toMatchObject({ ok: true, value: { availablePaise: 12_34_567_89n } });
    }
    const period = { from: '2026-11-01', to: '2026-11-30', page: null };
    expect(await rig.call(sbiStatement, { accountNumber: account, ...period })).toMatchObject({ ok: true });
  });

  it.each([{ username: 'somebody.else' }, { password: 'another-password' }])(
    'are refused when wrong: %j',
    async (wrong) => {
      const rig = await rigOf(mode, mode, { secrets: { ...emulator.secrets, ...wrong } });
      expect(await ask(rig)).toMatchObject({ ok: false, error: { kind: 'auth', code: 'CONNECTOR_AUTH' } });
    },
  );

  it('are refused in another form', async () => {
    for (const here of ['text', 'digest', 'basic'].filter((form) => form !== mode)) {
      expect(await ask(await rigOf(mode, here))).toMatchObject({ ok: false, error: { kind: 'auth' } });
    }
  });
});

it.each([
  [299_000, true],
  [301_000, false],
])('a digest by a clock that is %i ms behind that of the bank (taken: %s)', async (ahead, ok) => {
  const clock = new HastyClock(Date.parse('2026-11-20T06:00:00Z') + ahead);
  const rig = await rigOf('digest', 'digest', { emulator: { clock, settings: { authentication: 'digest' } } });
  expect(await ask(rig)).toMatchObject(ok ? { ok } : { ok, error: { kind: 'auth' } });
});

it('the same bytes of a digest are taken once, as by a server that remembers nonces', async () => {
  const rig = await rigOf('digest');
  // The answer breaks off, and the transport asks again with what it has.
  rig.emulator.faults.push({ kind: 'cut', accepts: true });
  expect(await ask(rig)).toMatchObject({ ok: false, error: { kind: 'auth' } });
  expect(await ask(rig)).toMatchObject({ ok: true });
});

it('faults of the bank are told as what they are', async () => {
  const rig = await rigOf('text');
  const { emulator: there } = rig;
  if (!(there instanceof SbiEmulator)) throw new Error('another emulator');
  for (const [refusal, kind] of [
    [{ code: 'Sender', subcode: 'AccountBlocked', reason: `No use of ${account}` }, 'business'],
    [{ code: 'Sender', subcode: 'InvalidPeriod', reason: emulator.secrets.password ?? '' }, 'validation'],
    [{ code: 'MustUnderstand', subcode: null, reason: 'x' }, 'contract'],
  ] as const) {
    // A status of 500 is asked for again, up to three times.
    there.refusals.push(refusal, ...(refusal.code === 'Sender' ? [] : [refusal, refusal]));
    expect(await ask(rig)).toMatchObject({ ok: false, error: { kind } });
    expect(there.refusals).toEqual([]);
  }
});
