import { type ExchangeNote, type ExchangePreview, exchangeNotesMax } from '../../shared/ipc/contract/exchange.ts';
import { sumPaise } from '../../shared/kernel/money.ts';
import type { Received } from '../services/exchange-in.ts';
import type { HeldFile } from '../services/files.ts';

const mastersShown = 300;
const none = { date: null, detail: null, amountPaise: null, line: null } as const;

/** What a file would do, in counts, with the first of everything that deserves a look. */
export function exchangePreview(held: HeldFile, received: Received): ExchangePreview {
  const { openingDate, plan } = received;
  const { masters, opening, vouchers } = plan;
  const made = [
    ...masters.groups.map(({ fields: { code, name } }) => ({ what: 'group', code, name }) as const),
    ...masters.accounts.map(({ fields: { code, name } }) => ({ what: 'account', code, name }) as const),
    ...masters.vendors.map(({ fields: { name } }) => ({ what: 'vendor', code: null, name }) as const),
    ...masters.costCentres.map(({ fields: { code, name } }) => ({ what: 'costCentre', code, name }) as const),
  ];
  const known = vouchers.unread.filter(({ reason }) => reason === 'known').length;
  const days = vouchers.ready.map(({ args }) => args.date).sort();
  const [first, last] = [days[0], days.at(-1)];
  const notes = notesOf(received);
  const lines = opening.args?.lines ?? [];
  const state =
    opening.args !== null ? 'new' : opening.isKnown ? 'known' : opening.refused.length > 0 ? 'refused' : 'none';
  return {
    fileId: held.id,
    fileName: held.fileName,
    openingDate,
    masters: made.slice(0, mastersShown),
    masterCounts: { new: made.length, known: masters.known, refused: masters.refused.length },
    opening: { state, lines: lines.length, totalPaise: sumPaise(lines.map(({ debitPaise }) => debitPaise)) },
    voucherCounts: { new: vouchers.ready.length, known, refused: vouchers.unread.length - known },
    days: first === undefined || last === undefined ? null : { first, last },
    notes: notes.slice(0, exchangeNotesMax),
    noteCount: notes.length,
  };
}

function notesOf({ file, plan: { masters, opening, vouchers } }: Received): ExchangeNote[] {
  const unread = vouchers.unread.filter(({ reason }) => reason !== 'known');
  return [
    ...opening.refused.map(
      ({ reason, name, amountPaise }): ExchangeNote => ({
        ...{ ...none, what: 'opening', name: name ?? '', reason: `opening_${reason}`, amountPaise },
      }),
    ),
    ...masters.refused.map(
      ({ name, reason }): ExchangeNote => ({
        ...{ ...none, what: reason === 'centreKind' ? 'costCentre' : 'ledger', name, reason },
      }),
    ),
    ...unread.map(
      ({ voucher: { number, date }, reason, name }): ExchangeNote => ({
        ...{ ...none, what: 'voucher', name: number ?? '', date, reason: `voucher_${reason}`, detail: name },
      }),
    ),
    ...vouchers.ready
      .filter(({ loosened }) => loosened.length > 0)
      .map(
        ({ voucher: { number, date }, loosened }): ExchangeNote => ({
          ...{ ...none, what: 'bill', name: number ?? '', date, reason: 'bill_loose', detail: loosened.join(', ') },
        }),
      ),
    ...file.leftOut.map(
      ({ record, name, reason, line }): ExchangeNote => ({
        ...{ ...none, what: 'record', name, reason: `record_${reason}`, detail: record, line },
      }),
    ),
  ];
}
