import type { Plain } from '../../shared/kernel/canonical.ts';
import { addDays, financialYearBounds, financialYearOf, type IsoDate, istDate } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { PlannedCommand } from './planned-command.ts';

const dayMs = 86_400_000;
const lakh = 1_00_000_00n;

/** The grant of every demonstration college. */
const grantCode = 'DST-26';

/** What a college has before its first expense, and what comes in beside its expenses: fees, interest, a grant and what it is used for. */
export function ledgerCommands(
  input: { readonly collegeIndex: number; readonly startMs: number; readonly nowMs: number },
  newId: (at: number) => Id,
): readonly PlannedCommand[] {
  const { startMs, nowMs } = input;
  // Colleges of different size.
  const size = BigInt(4 - input.collegeIndex);
  const beforeFirst = addDays(financialYearBounds(financialYearOf(istDate(startMs))).first, -1);
  const post = (
    at: number,
    kind: string,
    date: IsoDate,
    narration: string,
    lines: readonly Line[],
  ): PlannedCommand => ({
    at,
    actor: 'accountant',
    name: 'voucher.post',
    args: {
      voucherId: newId(at),
      kind,
      date,
      narration,
      reference: null,
      referenceDate: null,
      lines: lines.map(lineArgs),
    },
  });
  const commands: PlannedCommand[] = [
    {
      at: startMs,
      actor: 'accountant',
      name: 'costCentre.create',
      args: { costCentreId: newId(startMs), fields: grant },
    },
    post(startMs, 'opening', beforeFirst, 'Balances brought forward', opening(size)),
  ];
  for (let at = startMs + 6 * dayMs, month = 0; at < nowMs - dayMs; at += 30 * dayMs, month += 1) {
    const date = istDate(at);
    // Most fees come at the beginning of the terms.
    const fees = size * lakh * (month % 6 < 2 ? 24n : 7n);
    commands.push(
      post(at, 'receipt', date, 'Fees collected by the bank', [
        debit('1210', fees),
        credit('4100', (fees * 8n) / 10n),
        credit('4120', fees / 10n),
        credit('4130', fees - (fees * 8n) / 10n - fees / 10n),
      ]),
      post(at + 3_600_000, 'contra', date, 'Moved to the current account', [debit('1200', fees), credit('1210', fees)]),
    );
    if (month % 3 === 2)
      commands.push(
        post(at, 'receipt', date, 'Interest on deposits', [
          debit('1200', size * 41_250_00n),
          credit('4400', size * 41_250_00n),
        ]),
      );
    if (month === 1)
      commands.push(
        post(at, 'receipt', date, 'First instalment of the grant', [
          debit('1200', 12n * lakh),
          credit('4200', 12n * lakh, grantCode),
        ]),
      );
    if (month === 3)
      commands.push(
        post(at, 'payment', date, 'Spectrophotometer for the research laboratory', [
          debit('1620', 4_36_600_00n, grantCode),
          credit('1200', 4_36_600_00n),
        ]),
      );
  }
  return commands;
}

interface Line {
  readonly accountCode: string;
  readonly debitPaise: bigint;
  readonly creditPaise: bigint;
  readonly fundCode: string | null;
}
const debit = (accountCode: string, debitPaise: bigint, fundCode: string | null = null): Line => ({
  ...{ accountCode, debitPaise, creditPaise: 0n, fundCode },
});
const credit = (accountCode: string, creditPaise: bigint, fundCode: string | null = null): Line => ({
  ...{ accountCode, debitPaise: 0n, creditPaise, fundCode },
});
const lineArgs = (line: Line): { readonly [key: string]: Plain } => ({ ...line, vendorId: null, departmentCode: null });

const grant = {
  code: grantCode,
  name: 'DST research grant',
  kind: 'grant',
  agency: 'Department of Science and Technology',
  sanctionNo: 'DST/SERB/2026/114',
  sanctionedPaise: 25n * lakh,
  startsOn: '2026-04-01',
  endsOn: '2029-03-31',
};

function opening(size: bigint): readonly Line[] {
  const has: readonly (readonly [string, bigint])[] = [
    ['1200', 22n],
    ['1250', 85n],
    ['1610', 310n],
    ['1620', 62n],
    ['1640', 14n],
    ['1650', 9n],
  ];
  const owes: readonly (readonly [string, bigint])[] = [
    ['2300', 11n],
    ['2400', 48n],
    ['3100', 330n],
  ];
  const sum = (list: readonly (readonly [string, bigint])[]) => list.reduce((all, [, lakhs]) => all + lakhs, 0n);
  return [
    ...has.map(([code, lakhs]) => debit(code, size * lakhs * lakh)),
    ...owes.map(([code, lakhs]) => credit(code, size * lakhs * lakh)),
    credit('3200', size * (sum(has) - sum(owes)) * lakh),
  ];
}
