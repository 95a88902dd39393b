import { gstinCheckDigit } from '../../shared/domain/identity/gstin.ts';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { financialYearOf, type IsoDate, istDate } from '../../shared/kernel/dates.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import type { Random } from '../../shared/ports/random.ts';
import { type DemoCollege, type DemoSupply, demoColleges, demoSupplies } from './demo-books.ts';
import { ledgerCommands } from './plan-ledger.ts';
import type { DemoActor, PlannedCommand } from './planned-command.ts';

export interface PlannedReceipt {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

export interface CollegePlan {
  readonly commands: readonly PlannedCommand[];
  readonly receipts: readonly PlannedReceipt[];
}

export interface PlanInput {
  readonly collegeIndex: number;
  readonly nowMs: number;
  readonly expenses: number;
  readonly random: Random;
  sha256Hex(bytes: Uint8Array): string;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const historyDays = 240;

/** How full each budget shall be, in percent: most are well, some warn, one is nearly used up. */
const fullness: Readonly<Record<string, number>> = { travel: 84, events: 88, supplies: 96, library: 82 };

/** Picks of the plan, all from the one random source, so that one seed makes one demonstration. */
class Dice {
  readonly #random: Random;
  constructor(random: Random) {
    this.#random = random;
  }

  below(count: number): number {
    const [a = 0, b = 0, c = 0] = this.#random.bytes(3);
    return (a * 65_536 + b * 256 + c) % count;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }

  id(at: number): Id {
    return uuidv7(at, this.#random.bytes(10));
  }
}

interface Bill {
  readonly supply: DemoSupply;
  readonly vendor: number;
  readonly day: IsoDate;
  readonly at: number;
  readonly taxablePaise: bigint;
}

/** Every command that makes the books of one demonstration college, in the order of time. */
export function planCollege(input: PlanInput): CollegePlan {
  const { collegeIndex, nowMs } = input;
  const college = demoColleges[collegeIndex];
  if (!college) throw new Error('no such demonstration college');
  const dice = new Dice(input.random);
  const startMs = nowMs - historyDays * dayMs;
  const receipts = demoSupplies.map((supply) => receiptOf(supply.vendors[collegeIndex] ?? '', input));
  const vendorIds = demoSupplies.map(() => dice.id(startMs));
  const bills = Array.from({ length: input.expenses }, (_, index) => makeBill(dice, input, index));
  const commands: PlannedCommand[] = [
    ...ledgerCommands({ collegeIndex, startMs, nowMs }, (at) => dice.id(at)),
    ...budgetCommands(bills, startMs),
    ...demoSupplies.map((supply, index) =>
      vendorCommand(supply, college, collegeIndex, vendorIds[index] ?? '', startMs + hourMs),
    ),
  ];
  bills.forEach((bill, index) => {
    const receipt = receipts[bill.vendor];
    if (receipt)
      commands.push(...lifeOf(dice, bill, { index, nowMs, vendorId: vendorIds[bill.vendor] ?? '', receipt }));
  });
  return { commands: commands.sort((a, b) => a.at - b.at), receipts };
}

function makeBill(dice: Dice, { nowMs, expenses }: PlanInput, index: number): Bill {
  let roll = dice.below(demoSupplies.reduce((sum, { share }) => sum + share, 0));
  let vendor = demoSupplies.findIndex(({ share }) => {
    roll -= share;
    return roll < 0;
  });
  if (vendor < 0) vendor = 0;
  const supply = demoSupplies[vendor];
  if (!supply) throw new Error('no such supply');
  // Spread over the months, the newest of today.
  const age = Math.floor(((expenses - 1 - index) * (historyDays - 2)) / expenses);
  const at = nowMs - age * dayMs - (2 + dice.below(5)) * hourMs;
  const rupees = supply.fromRupees + dice.below(supply.toRupees - supply.fromRupees + 1);
  return { supply, vendor, day: istDate(at), at, taxablePaise: BigInt(rupees) * 100n };
}

function taxOf({ supply, taxablePaise }: Bill) {
  const gst = (taxablePaise * BigInt(supply.gstPercent)) / 100n;
  const half = gst / 2n;
  const local = { cgstPaise: half, sgstPaise: half, igstPaise: 0n };
  return {
    ...(supply.outOfState ? { cgstPaise: 0n, sgstPaise: 0n, igstPaise: half * 2n } : local),
    tdsPaise: (taxablePaise * BigInt(supply.tdsPercent)) / 100n,
  };
}

const totalOf = (bill: Bill): bigint => {
  const { cgstPaise, sgstPaise, igstPaise } = taxOf(bill);
  return bill.taxablePaise + cgstPaise + sgstPaise + igstPaise;
};

/** Budgets that hold all that is planned, rounded up to a thousand rupees, one for each category and year. */
function budgetCommands(bills: readonly Bill[], at: number): PlannedCommand[] {
  const planned = new Map<string, bigint>();
  for (const bill of bills) {
    const key = `${financialYearOf(bill.day)} ${bill.supply.category}`;
    planned.set(key, (planned.get(key) ?? 0n) + totalOf(bill));
  }
  return [...planned].map(([key, sum]) => {
    const [financialYear = '', category = ''] = key.split(' ');
    const step = 100_000n;
    const wanted = (sum * 100n) / BigInt(fullness[category] ?? 70);
    const to = ((wanted + step - 1n) / step) * step;
    return {
      at,
      actor: 'principal',
      name: 'budget.set',
      args: { financialYear, category, allocated: { from: 0n, to } },
    };
  });
}

function vendorCommand(
  supply: DemoSupply,
  college: DemoCollege,
  index: number,
  vendorId: Id,
  at: number,
): PlannedCommand {
  const state = supply.outOfState ? '33' : college.stateCode;
  const first14 = `${state}${supply.pan}1Z`;
  const hasGst = supply.pan !== null && supply.gstPercent > 0;
  const serial = String(1_000_000 + vendorId.charCodeAt(35) * 7_919 + index);
  const fields = {
    name: supply.vendors[index] ?? '',
    gstin: hasGst ? `${first14}${gstinCheckDigit(first14)}` : null,
    pan: supply.pan,
    ifsc: supply.pan === null ? null : `SBIN0${String(11_000 + index * 100 + supply.share).padStart(6, '0')}`,
    accountNumber: supply.pan === null ? null : `3921${serial}`,
    accountName: supply.pan === null ? null : (supply.vendors[index] ?? ''),
    email: null,
    phone: null,
  };
  return { at, actor: 'accountant', name: 'vendor.create', args: { vendorId, fields } };
}

interface LifeInput {
  readonly index: number;
  readonly nowMs: number;
  readonly vendorId: Id;
  readonly receipt: PlannedReceipt;
}

/** One expense from entry to wherever it has come by now: old ones are settled, of the newest many wait. */
function lifeOf(dice: Dice, bill: Bill, { index, nowMs, vendorId, receipt }: LifeInput): PlannedCommand[] {
  const { supply, at, day } = bill;
  const expenseId = dice.id(at);
  const ageDays = (nowMs - at) / dayMs;
  const commands: PlannedCommand[] = [];
  let now = at;
  const say = (actor: DemoActor, name: string, args: { readonly [key: string]: Plain }, waitMs = 5 * 60_000): void => {
    commands.push({ at: now, actor, name, args: { expenseId, ...args } });
    now = Math.min(now + waitMs, nowMs - 60_000);
  };
  const fields = {
    category: supply.category,
    accountCode: supply.accountCode,
    vendorId,
    billNo:
      supply.pan === null && supply.category === 'miscellaneous'
        ? null
        : `${day.slice(2, 4)}${day.slice(5, 7)}/${1001 + index}`,
    billDate: day,
    description: dice.pick(supply.bills),
    department: dice.pick([null, 'Administration', 'Science', 'Hostel']),
    taxablePaise: bill.taxablePaise,
    itcEligible: false,
    ...taxOf(bill),
  };
  const outcome = dice.below(100);
  say('accountant', 'expense.create', { fields });
  if (ageDays < 12 && outcome < 20) return commands;
  const { fileName, sha256, bytes } = receipt;
  say('accountant', 'receipt.attach', {
    receiptId: dice.id(at),
    sha256,
    fileName,
    mime: 'application/pdf',
    sizeBytes: bytes.length,
  });
  if (ageDays >= 12 && outcome < 3) {
    say('accountant', 'expense.cancel', { reason: 'Entered twice by mistake' });
    return commands;
  }
  say('accountant', 'expense.submit', { overBudgetReason: null }, 20 * hourMs);
  const waits = needsPrincipal(bill);
  if (waits && ageDays < 6 && outcome < 75) return commands;
  if (waits && outcome > 95) {
    const reason = 'The bill does not say which department it is for.';
    say('principal', ageDays < 20 ? 'expense.return' : 'expense.reject', { revision: 3, reason });
    return commands;
  }
  if (waits) say('principal', 'expense.approve', { revision: 3, comment: null, overBudgetReason: null }, 30 * hourMs);
  if (ageDays < 10 || outcome > 90) return commands;
  say(
    'accountant',
    'expense.pay',
    { paidOn: istDate(now), reference: `UTR${day.replaceAll('-', '')}${1001 + index}`, accountCode: '1200' },
    50 * hourMs,
  );
  if (outcome === 50)
    say('accountant', 'expense.reverse', { date: istDate(now), reason: 'Charged to the wrong college' });
  return commands;
}

const approvedBySomebody = ['infrastructure', 'events', 'professional_fees', 'rent', 'insurance', 'salaries'];
const needsPrincipal = (bill: Bill): boolean =>
  approvedBySomebody.includes(bill.supply.category) || totalOf(bill) > 5_000_000n;

/** A page that says whose bill it would be. */
function receiptOf(vendor: string, { collegeIndex, sha256Hex }: PlanInput): PlannedReceipt {
  const ascii = vendor.replace(/[^ -~]/g, '?').replace(/[()\\]/g, ' ');
  const content = `BT /F1 18 Tf 60 760 Td (Specimen bill ${collegeIndex + 1}: ${ascii}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = pdf.length;
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  pdf += `xref\n0 6\n0000000000 65535 f \n${table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
  const bytes = Buffer.from(pdf, 'latin1');
  return { fileName: 'bill.pdf', bytes, sha256: sha256Hex(bytes) };
}
