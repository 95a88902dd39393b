import type { BillRef, CostShare, ExchangeLine, ExchangeVoucher } from '../../../domain/exchange/model.ts';
import type { Paise } from '../../../kernel/money.ts';
import { signedAmount, writeAmount, writeDate, writeDueDate } from './amounts.ts';
import { ledgerNameTo } from './standard-groups.ts';
import { billTypes, categoryOf, voucherTypes } from './vocabulary.ts';
import { element, leaf, leafOf } from './xml-text.ts';

/** A voucher as Tally takes it. Its id goes as REMOTEID: a second import of the same one alters it instead of adding another. */
export function voucherXml(voucher: ExchangeVoucher): string {
  const { id, kind, number, date, narration, reference, referenceDate, partyLedger, lines } = voucher;
  const type = voucherTypes[kind];
  const parties = new Set(lines.filter(({ bills }) => bills.length > 0).map(({ ledger }) => ledger));
  return element(
    'VOUCHER',
    [
      leaf('DATE', writeDate(date)),
      leaf('VOUCHERTYPENAME', type),
      leafOf('VOUCHERNUMBER', number),
      leafOf('REFERENCE', reference),
      leafOf('REFERENCEDATE', referenceDate === null ? null : writeDate(referenceDate)),
      leafOf('PARTYLEDGERNAME', partyLedger === null ? null : ledgerNameTo(partyLedger)),
      leaf('NARRATION', narration),
      leaf('PERSISTEDVIEW', 'Accounting Voucher View'),
      ...lines.map((line) => lineXml(line, parties.has(line.ledger))),
    ],
    { REMOTEID: id, VCHTYPE: type, ACTION: 'Create', OBJVIEW: 'Accounting Voucher View' },
  );
}

function lineXml({ ledger, debitPaise, creditPaise, bills, costShares }: ExchangeLine, isParty: boolean): string {
  const isDebit = debitPaise > 0n;
  /** What stands on the side of its line is above zero in the neutral form, and has the sign of the line in Tally. */
  const amount = (onSide: Paise): string => writeAmount(isDebit ? -onSide : onSide);
  return element('ALLLEDGERENTRIES.LIST', [
    leaf('LEDGERNAME', ledgerNameTo(ledger)),
    leaf('ISDEEMEDPOSITIVE', isDebit ? 'Yes' : 'No'),
    leaf('ISPARTYLEDGER', isParty ? 'Yes' : 'No'),
    leaf('AMOUNT', writeAmount(signedAmount(debitPaise, creditPaise))),
    ...byCategory(costShares).map(([category, shares]) =>
      element('CATEGORYALLOCATIONS.LIST', [
        leaf('CATEGORY', category),
        leaf('ISDEEMEDPOSITIVE', isDebit ? 'Yes' : 'No'),
        ...shares.map(({ name, amountPaise }) =>
          element('COSTCENTREALLOCATIONS.LIST', [leaf('NAME', name), leaf('AMOUNT', amount(amountPaise))]),
        ),
      ]),
    ),
    ...bills.map((bill) => billXml(bill, amount(bill.amountPaise))),
  ]);
}

const billXml = ({ kind, name, dueOn }: BillRef, amount: string): string =>
  element('BILLALLOCATIONS.LIST', [
    leafOf('NAME', name),
    leafOf('BILLCREDITPERIOD', dueOn === null ? null : writeDueDate(dueOn)),
    leaf('BILLTYPE', billTypes[kind]),
    leaf('AMOUNT', amount),
  ]);

const byCategory = (shares: readonly CostShare[]): readonly (readonly [string, readonly CostShare[]])[] => [
  ...Map.groupBy(shares, ({ kind }) => categoryOf(kind)),
];
