import { beforeEach, describe, expect, test } from 'vitest';
import { MunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { SyncLink } from '../../shared/ports/sync-link.ts';
import { SimClock } from '../../shared/testing/sim-clock.ts';
import { type DeviceFacts, SessionService, type SessionStore } from './session.ts';

const MINUTE = 60_000;
const collegeId = '018f0000-0000-7000-8000-000000000001';
const personId = '018f0000-0000-7000-8000-000000000002';
const asha = { collegeId, name: 'Asha Kulkarni', email: 'asha@abc.example', role: 'college_accounts_admin' } as const;
const device: DeviceFacts = {
  id: '018f0000-0000-7000-8000-000000000003',
  formerIds: [],
  name: 'Office',
  serverUrl: 'https://munim.example',
  serverName: 'Group',
  demonstration: false,
  enrolledAt: 0,
  colleges: [{ id: collegeId, code: 'ABC', name: 'ABC College' }],
};

let clock: SimClock;
let active: readonly (typeof asha)[];
let faults: unknown[];
let told: ({ readonly personId: string; readonly lastSeenAt: number } | null)[];
beforeEach(() => {
  clock = new SimClock(Date.parse('2026-11-21T04:30:00Z'));
  active = [asha];
  told = [];
  faults = [];
});

/** The session of a desk that knows one person and whose server is never reached. */
function session(
  change: Partial<SessionStore> = {},
  signIn?: SyncLink['signIn'],
  enrolling: Partial<Pick<SyncLink, 'use' | 'enrol'>> & { readonly onEnrolled?: () => Promise<void> } = {},
): SessionService {
  const unexpected = async (): Promise<never> => {
    throw new Error('not in this test');
  };
  const store: SessionStore = {
    device: async () => device,
    setDevice: unexpected,
    colleges: async () => [],
    activeRows: async (id) => (id === personId ? active : []),
    knownPeople: async () => [],
    known: async () => ({ personId, passwordHash: 'correct horse', confirmedAt: 0 }),
    remember: unexpected,
    forget: unexpected,
    financialYears: async (_, present) => [present],
    ...change,
  };
  const link: SyncLink = {
    use: enrolling.use ?? (async () => {}),
    enrol: enrolling.enrol ?? unexpected,
    signIn: signIn ?? unexpected,
    diagnose: unexpected,
    push: unexpected,
    pull: unexpected,
    missingBlobs: unexpected,
    putBlob: unexpected,
    getBlob: unexpected,
    watch: unexpected,
    onEvent: () => () => {},
  };
  return new SessionService({
    store,
    link,
    hasher: { hash: async (password) => password, verify: async (password, hash) => password === hash },
    clock,
    offlineOnPurpose: () => signIn === undefined,
    onPerson: (person) => told.push(person),
    onEnrolled: enrolling.onEnrolled ?? unexpected,
    onFault: (problem) => faults.push(problem),
    onConnected: () => {},
  });
}

async function signedIn(): Promise<SessionService> {
  const made = session();
  await made.open(null);
  await made.signIn({ email: asha.email, password: 'correct horse' });
  return made;
}

describe('an empty chair', () => {
  test('locks the desk when the time is over, not before, and tells it', async () => {
    const desk = await signedIn();
    clock.advance(limits.auth.idleLockMs);
    expect(desk.require().personId).toBe(personId);
    clock.advance(1);
    expect(() => desk.require()).toThrow(expect.objectContaining({ code: 'AUTH_REQUIRED' }));
    expect(await desk.get()).toMatchObject({ phase: 'signed_out', person: null });
    expect(told.at(-1)).toBe(null);
  });

  test('is told from a person by signs of life, which cannot unlock what is locked', async () => {
    const desk = await signedIn();
    for (let sign = 0; sign < 4; sign++) {
      clock.advance(limits.auth.idleLockMs - MINUTE);
      desk.touch();
    }
    expect(desk.current()?.name).toBe(asha.name);
    clock.advance(limits.auth.idleLockMs + 1);
    desk.touch();
    expect(desk.current()).toBe(null);
    await desk.signIn({ email: asha.email, password: 'correct horse' });
    expect(desk.current()?.name).toBe(asha.name);
  });

  test('is not hidden by a clock that was set back', async () => {
    const desk = await signedIn();
    clock.advance(-2 * limits.auth.idleLockMs);
    expect(desk.current()).toBe(null);
  });

  test('is told of to the keeper of the session now and then, not with every key', async () => {
    const desk = await signedIn();
    for (let second = 1; second <= 60; second++) {
      clock.advance(1_000);
      desk.touch();
    }
    expect(told.length).toBeGreaterThan(2);
    expect(told.length).toBeLessThan(10);
    expect(clock.now() - (told.at(-1)?.lastSeenAt ?? 0)).toBeLessThan(MINUTE);
  });
});

test('whoever signs in at the server did so after the enrolment, also when the clock was set back since', async () => {
  const remembered: number[] = [];
  const enrolledAt = clock.now() + 5 * MINUTE;
  const desk = session(
    { device: async () => ({ ...device, enrolledAt }), remember: async ({ at }) => void remembered.push(at) },
    async () => ({
      ...{ token: 't', expiresAt: 0 },
      person: { id: personId, name: asha.name, email: asha.email, role: asha.role, collegeIds: [collegeId] },
    }),
  );
  await desk.open(null);
  await desk.signIn({ email: asha.email, password: 'correct horse' });
  clock.advance(10 * MINUTE);
  await desk.signIn({ email: asha.email, password: 'correct horse' });
  expect(remembered).toEqual([enrolledAt, enrolledAt + 5 * MINUTE]);
});

describe('a session after a restart of the books', () => {
  const resumed = async (ago: number): Promise<SessionService> => {
    const desk = session();
    await desk.open({ personId, lastSeenAt: clock.now() - ago });
    return desk;
  };

  test('goes on, and the restart is no sign of life', async () => {
    const desk = await resumed(limits.auth.idleLockMs - MINUTE);
    expect(desk.require()).toMatchObject({ name: asha.name, collegeIds: [collegeId] });
    clock.advance(MINUTE + 1);
    expect(desk.current()).toBe(null);
  });

  test('is over when the time ran out meanwhile', async () => {
    const desk = await resumed(limits.auth.idleLockMs + 1);
    expect(desk.current()).toBe(null);
    expect(await desk.get()).toMatchObject({ phase: 'signed_out', device: { name: 'Office' } });
  });

  test('is over for a person who was taken out of use meanwhile', async () => {
    active = [];
    const desk = await resumed(MINUTE);
    expect(desk.current()).toBe(null);
  });
});

describe('an enrolment over an older one', () => {
  test('holds, even when the journal cannot be written: the books and the server have the new name already', async () => {
    const renewed = '018f0000-0000-7000-8000-000000000004';
    const used: (string | undefined)[] = [];
    const kept: DeviceFacts[] = [];
    const full = new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 });
    const desk = session({ setDevice: async (one) => void kept.push(one) }, undefined, {
      use: async (one) => void used.push(one?.deviceId),
      enrol: async () => ({ ...device, deviceId: renewed, serverPublicKey: '', nextSeq: 1 }),
      onEnrolled: () => Promise.reject(full),
    });
    await desk.open(null);
    await desk.enrol({ serverUrl: device.serverUrl, code: 'ABCD-EFGH', deviceName: 'Office' });
    expect(desk.device).toMatchObject({ id: renewed, formerIds: [device.id] });
    expect(kept).toEqual([desk.device]);
    expect(used.at(-1)).toBe(renewed);
    expect(faults).toEqual([full]);
  });
});
