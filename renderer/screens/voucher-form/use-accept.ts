import { useState } from 'react';
import { useLocation } from 'wouter';
import type { EntryKind } from '../../../shared/domain/rows.ts';
import { kindRules } from '../../../shared/domain/voucher/kinds.ts';
import { useDesk } from '../../data/desk.tsx';
import { newId } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import type { FormReceipts } from '../expense-form/form-receipts.tsx';
import { focusField } from './entry-focus.ts';
import { lineField } from './read-entry.ts';
import { refusedField } from './refused-field.ts';
import type { Entry } from './use-entry.ts';
import type { Posted } from './use-post.ts';
import { emptyVoucher, type VoucherValues } from './voucher-values.ts';

/** Where the cursor begins: at the paper where there has to be one, otherwise at the first account. */
const firstField = (kind: EntryKind, { lines }: VoucherValues): string =>
  kindRules[kind].party ? 'reference' : lineField(lines[0]?.key ?? 1, 'account');

/** Posts what was typed and makes room for the next voucher; what is wrong is said at its field instead. */
export function useAccept(
  entry: Entry,
  receipts: FormReceipts,
): { readonly posted: Posted | null; accept(): Promise<void> } {
  const text = useText();
  const desk = useDesk();
  const [, goTo] = useLocation();
  const [posted, setPosted] = useState<Posted | null>(null);
  const { collegeId, kind, values, read } = entry;

  const send = async (fields: NonNullable<typeof read.fields>): Promise<void> => {
    const { voucherId } = entry.latest.current;
    const lines = fields.lines.map(({ bills, ...line }) =>
      bills === undefined ? line : { ...line, bills: [...bills] },
    );
    const args = { ...fields, voucherId, lines };
    const attach = () => receipts.attachAll((fileId) => desk.call('vouchers.attach', { collegeId, voucherId, fileId }));
    const done = await entry.post.run({ collegeId, name: 'voucher.post', args }, attach);
    if (!('voucherId' in done)) {
      focusField(refusedField(done, kind, values, entry.books) ?? '');
      return;
    }
    await entry.draft.drop();
    setPosted(done);
    announce(text('entry.posted'));
    if (entry.isCopy) {
      goTo(`/vouchers/${voucherId}`);
      return;
    }
    const next = { voucherId: newId(), values: emptyVoucher(kind, values.date) };
    entry.begun(next);
    focusField(firstField(kind, next.values));
  };
  const accept = async (): Promise<void> => {
    if (entry.accepting) return;
    if (read.fields === null) {
      entry.tell();
      const [first] = read.problems.keys();
      focusField(first === 'lines' ? lineField(values.lines.at(-1)?.key ?? 1, 'amount') : (first ?? ''));
      return;
    }
    entry.setAccepting(true);
    try {
      await send(read.fields);
    } finally {
      entry.setAccepting(false);
    }
  };
  return { posted, accept };
}
