import { describe, expect, test } from 'vitest';
import { formatDate } from '../../shared/kernel/dates.ts';
import { desk, download, ended, freshDesks, refusal } from './file-desk.fixture.ts';

freshDesks();

const line = (accountCode: string, debitPaise: bigint, creditPaise: bigint) => ({
  ...{ accountCode, vendorId: null, departmentCode: null, fundCode: null, debitPaise, creditPaise },
});

async function fee(amount: bigint): Promise<void> {
  const { world } = desk;
  const lines = [line('1200', amount, 0n), line('4100', 0n, amount)];
  const paper = { narration: 'Fees', reference: null, referenceDate: null };
  await desk.context.runCommand({
    ...{ collegeId: world.collegeId, name: 'voucher.post' },
    args: { voucherId: world.newId(), kind: 'receipt', date: world.today, ...paper, lines },
  });
}

const question = () => ({
  ...{ report: 'trial_balance' as const, collegeId: desk.world.collegeId, language: 'en' as const },
  ...{ from: '2026-04-01', to: desk.world.today },
});

describe('a report as a file', () => {
  test.each(['xlsx', 'csv', 'pdf'] as const)('is written whole as %s, named by its title and days', async (format) => {
    await fee(1_25_000_00n);
    const started = await desk.call('reports.export', { question: question(), format });
    const job = await ended(started.id);
    expect(job).toMatchObject({ state: 'done', error: null });
    expect(job.result?.fileName).toBe(`Trial balance 01-04-2026 ${formatDate(desk.world.today)}.${format}`);
    const bytes = await download(job.result?.fileId ?? '');
    const begins = { xlsx: 'PK', csv: '\ufeff', pdf: '%PDF' }[format];
    expect(bytes.toString('utf8').startsWith(begins)).toBe(true);
    if (format === 'csv') expect(bytes.toString('utf8')).toContain('125000.00');
  });

  test("is not made for a college that is not the person's, nor for an account that is not there", async () => {
    const elsewhere = { ...question(), collegeId: desk.world.newId() };
    expect(await refusal(desk.call('reports.export', { question: elsewhere, format: 'csv' }))).toBe('NOT_FOUND');
    const unknown = { ...question(), report: 'ledger' as const, accountCode: '9999' };
    const started = await desk.call('reports.export', { question: unknown, format: 'csv' });
    expect(await ended(started.id)).toMatchObject({ state: 'failed', error: { code: 'NOT_FOUND' }, result: null });
  });
});
