import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Id } from '../../shared/kernel/ids.ts';
import { verifyCollege } from '../services/verify.ts';
import { interestLine, interestPost, statementOf } from './bank-samples.ts';
import { groupRoles, type HttpWorld, openHttpWorld } from './http-world.ts';
import { pushed } from './world.ts';

const PATH = '/api/v1/reconciliation/fees';
const accountant = 'college_accounts_admin';

/** What the fee portal says of a month, over the wire. @param databaseUrl null for PGlite */
export function feesSuite(databaseUrl: () => Promise<string | null>): void {
  let world: HttpWorld;
  let bankAccountId: Id;
  beforeAll(async () => {
    world = await openHttpWorld(await databaseUrl());
    const { desk, mine, server } = world;
    bankAccountId = desk.newId();
    const named = { name: 'Fees', bankName: 'ICICI Bank', accountNumber: '002105001234', ifsc: 'ICIC0000021' };
    const fields = { ...named, accountCode: '1210', connector: null, fileFormat: null };
    const line = interestLine('FEES');
    const say = (name: string, args: object) => desk.command(mine.id, mine.accountantId, name, args);
    const { results } = await pushed(server, desk, [
      say('bankAccount.create', { bankAccountId, fields }),
      say('statement.import', statementOf(desk.newId(), bankAccountId, [line])),
      say(
        'reconciliation.post',
        interestPost(() => desk.newId(), mine.id, bankAccountId, line),
      ),
    ]);
    expect(results.map(({ status, code }) => code ?? status)).toEqual(['applied', 'applied', 'applied']);
  });
  afterAll(() => world.close());

  /** Statement and books have five paise of October. */
  const body = (more: Readonly<Record<string, unknown>> = {}): string =>
    JSON.stringify({
      college_id: world.mine.id,
      period: '2026-10',
      bank_account_id: bankAccountId,
      fee_collections_total: 0.05,
      bank_deposits_total: 0.05,
      reconciliation_status: 'matched',
      discrepancies: [],
      ...more,
    });
  const tell = async (raw: string, role = accountant) => {
    const answer = await world.ask(PATH, { raw, method: 'POST', token: world.tokens.get(role) ?? '' });
    return { status: answer.status, body: answer.body() as unknown as Record<string, unknown> };
  };

  test('what agrees with bank and books is completed, and said again it is the same', async () => {
    const first = await tell(body());
    expect(first).toEqual({
      status: 201,
      body: {
        reconciliation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        status: 'completed',
        verified_at: expect.stringMatching(/^2026-\d\d-\d\dT[\d:.]+Z$/),
      },
    });
    const version = await versionOf(world);
    expect(await tell(body())).toEqual(first);
    expect(await versionOf(world)).toBe(version);
  });

  test.each([
    ['more deposits than the bank has', { fee_collections_total: 0.06, bank_deposits_total: 0.06 }],
    ['collections that were not deposited', { fee_collections_total: 1_25_00_000.5 }],
    ['a discrepancy that the portal itself tells', { discrepancies: ['Receipt FEE-2026-000007 is missing'] }],
    ['one with a receipt', { discrepancies: [{ receipt_number: 'FEE-2026-000007', amount: 50_000, reason: 'R' }] }],
    ['a month without anything', { period: '2026-09' }],
  ])('%s is kept with its discrepancies', async (_, more) => {
    const { status, body: answer } = await tell(body(more));
    expect([status, answer.status]).toEqual([201, 'discrepancies']);
  });

  test('two that say the same at once are one', async () => {
    const raw = body({ fee_collections_total: 0.04, bank_deposits_total: 0.04 });
    const answers = await Promise.all([tell(raw), tell(raw), tell(raw)]);
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
  });

  test.each([
    ['a fraction of a paisa', { fee_collections_total: 0.051 }],
    ['an amount in words', { fee_collections_total: '5' }],
    ['an amount below nothing', { bank_deposits_total: -5 }],
    ['no month', { period: '2026-13' }],
    ['a status of its own', { reconciliation_status: 'fine' }],
    ['a field of its own', { comment: 'x' }],
    ['a number for an id', { bank_account_id: 1 }],
  ])('%s is refused and nothing is kept', async (_, more) => {
    const version = await versionOf(world);
    expect((await tell(body(more))).status).toBe(400);
    expect(await versionOf(world)).toBe(version);
  });

  test('whose college or account it is not learns nothing', async () => {
    expect((await tell(body({ college_id: world.theirs.id }))).status).toBe(404);
    expect((await tell(body({ bank_account_id: world.desk.newId() }))).status).toBe(404);
    for (const role of ['principal', ...groupRoles]) {
      const { status } = await tell(body({ period: '2026-08' }), role);
      expect([role, status]).toEqual([role, role === 'super_accountant' ? 201 : 403]);
    }
    expect((await world.ask(PATH, { raw: body() })).status).toBe(401);
  });

  test('the chain of the college is whole', async () => {
    expect(await verifyCollege(world.server.context, world.mine.id)).toMatchObject({ brokenAt: null, wrongTotals: 0 });
  });
}

async function versionOf({ server, mine }: HttpWorld): Promise<number> {
  return (await verifyCollege(server.context, mine.id)).auditEntries;
}
