import { z } from 'zod';
import type { ExchangeKind, ExchangeLedger } from '../../../domain/exchange/model.ts';
import { isIsoDate } from '../../../kernel/dates.ts';
import { type Refusal, refusal } from '../../../kernel/errors.ts';
import { decimalText, type Paise, parseRupees } from '../../../kernel/money.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';

/**
 * The Tally endpoints of contract 001, section 2.5, as it gives them: amounts are numbers of rupees. Its comments call -50000 a credit and
 * 50000 a debit, but the voucher it shows is a payment, which debits the vendor and credits the bank; so below zero is debit here as in
 * Tally's own files.
 */
const kinds = ['payment', 'receipt', 'contra', 'journal', 'purchase', 'sales', 'debit_note', 'credit_note'] as const;

export const zTallyVoucherRequest = z.strictObject({
  voucher_type: z.enum(kinds),
  voucher_number: z.string().min(1).max(40),
  date: z.string().refine(isIsoDate),
  ledger_entries: z
    .array(z.strictObject({ ledger: z.string().min(1), amount: z.number(), narration: z.string().optional() }))
    .min(2),
});

export const zTallyVoucherResponse = z.strictObject({
  voucher_id: z.string(),
  status: z.literal('posted'),
  posted_at: z.string(),
});

export const zTallyLedgersResponse = z.strictObject({
  ledgers: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(['creditor', 'debtor', 'bank', 'cash', 'asset', 'liability', 'income', 'expense', 'fund']),
      opening_balance: z.number(),
      current_balance: z.number(),
    }),
  ),
});
type LedgerType = z.infer<typeof zTallyLedgersResponse>['ledgers'][number]['type'];

export interface ContractEntry {
  readonly ledger: string;
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
}

export interface ContractVoucher {
  readonly kind: ExchangeKind;
  readonly number: string;
  readonly date: string;
  readonly narration: string;
  readonly lines: readonly ContractEntry[];
}

/** Refusal: INPUT_INVALID with `where`. */
export function readContractVoucher(value: unknown): Result<ContractVoucher, Refusal> {
  const parsed = zTallyVoucherRequest.safeParse(value);
  if (!parsed.success) return invalid(parsed.error.issues[0]?.path.join('.') ?? '');
  const { voucher_type: kind, voucher_number: number, date, ledger_entries: entries } = parsed.data;
  const lines: ContractEntry[] = [];
  for (const [index, { ledger, amount }] of entries.entries()) {
    const signed = paiseOf(amount);
    if (signed === undefined || signed === 0n) return invalid(`ledger_entries.${index}.amount`);
    lines.push({ ledger, debitPaise: signed < 0n ? -signed : 0n, creditPaise: signed > 0n ? signed : 0n });
  }
  const narration = entries.flatMap((entry) => entry.narration ?? []).join('; ');
  return ok({ kind, number, date, narration, lines });
}

/** A number of rupees by the digits it is written with; undefined where a number cannot hold them, or has more than paise. */
function paiseOf(rupees: number): Paise | undefined {
  // Above this, neighbouring numbers are more than a paisa apart.
  if (Math.abs(rupees) > Number.MAX_SAFE_INTEGER / 100) return undefined;
  const read = parseRupees(String(rupees));
  return read.ok ? read.value : undefined;
}

/**
 * The answer of `GET /api/v1/tally/ledgers` as JSON text, since the contract has amounts as numbers and a number of JSON has as many digits
 * as are written.
 * @param balances debit less credit by ledger, of today
 */
export function contractLedgersText(ledgers: readonly ExchangeLedger[], balances: ReadonlyMap<string, Paise>): string {
  const written = ledgers.map((ledger) => {
    const { name, openingDebitPaise, openingCreditPaise } = ledger;
    const opening = decimalText(openingCreditPaise - openingDebitPaise);
    const current = decimalText(-(balances.get(name) ?? 0n));
    const head = `"name":${JSON.stringify(name)},"type":"${typeOf(ledger)}"`;
    return `{${head},"opening_balance":${opening},"current_balance":${current}}`;
  });
  return `{"ledgers":[${written.join(',')}]}`;
}

function typeOf({ kind, role, isParty }: ExchangeLedger): LedgerType {
  if (isParty) return kind === 'asset' ? 'debtor' : 'creditor';
  return role === 'bank' || role === 'cash' ? role : kind;
}

const invalid = (where: string) => err(refusal('INPUT_INVALID', { where }));
