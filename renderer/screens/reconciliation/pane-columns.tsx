import { Wand2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BankLineView, BookEntryView } from '../../../shared/ipc/contract/reconciliation.ts';
import type { Paise } from '../../../shared/kernel/money.ts';
import type { Column } from '../../components/data-table.tsx';
import { DateText, Money } from '../../components/figures.tsx';
import type { Text } from '../../i18n/text.ts';

const amount = (paise: Paise): ReactNode => (paise === 0n ? '' : <Money paise={paise} bare />);

interface Words {
  readonly words: string;
  /** With the reference. */
  readonly full: string;
}

export function lineWords({ narration, chequeNo, reference }: BankLineView, text: Text): Words {
  const words = chequeNo === null ? narration : text('recon.withCheque', { narration, cheque: chequeNo });
  // Most banks have the reference in the narration as well.
  return { words, full: reference === null || narration.includes(reference) ? words : `${words} · ${reference}` };
}

export function entryWords({ party, narration, number, reference }: BookEntryView, text: Text): Words {
  const parts = [party ?? narration, number ?? text('vouchers.waits')];
  const words = parts.filter((part) => part !== '').join(' · ');
  const more = [party === null ? '' : narration, reference ?? ''].filter((part) => part !== '');
  return { words, full: [words, ...more].join(' · ') };
}

export const lineColumns = (text: Text): readonly Column<BankLineView>[] => [
  { id: 'date', title: text('field.date'), width: '108px', render: ({ date }) => <DateText date={date} /> },
  {
    id: 'narration',
    title: text('recon.narration'),
    width: 'minmax(120px, 1fr)',
    render: (line) => <Narration line={line} text={text} />,
  },
  {
    ...{ id: 'in', title: text('recon.in'), width: '106px', align: 'end' },
    render: ({ creditPaise }) => amount(creditPaise),
  },
  {
    ...{ id: 'out', title: text('recon.out'), width: '106px', align: 'end' },
    render: ({ debitPaise }) => amount(debitPaise),
  },
];

function Narration({ line, text }: { readonly line: BankLineView; readonly text: Text }) {
  const { words, full } = lineWords(line, text);
  return (
    <span className="recon-words" title={full}>
      {line.rule !== null && <Wand2 size={13} role="img" aria-label={text('recon.hasRule')} />}
      <span>{words}</span>
    </span>
  );
}

export const entryColumns = (text: Text): readonly Column<BookEntryView>[] => [
  { id: 'date', title: text('field.date'), width: '108px', render: ({ date }) => <DateText date={date} /> },
  {
    id: 'party',
    title: text('recon.entry'),
    width: 'minmax(120px, 1fr)',
    render: (entry) => {
      const { words, full } = entryWords(entry, text);
      return (
        <span className="recon-words" title={full}>
          <span>{words}</span>
        </span>
      );
    },
  },
  {
    ...{ id: 'in', title: text('recon.in'), width: '106px', align: 'end' },
    render: ({ debitPaise }) => amount(debitPaise),
  },
  {
    ...{ id: 'out', title: text('recon.out'), width: '106px', align: 'end' },
    render: ({ creditPaise }) => amount(creditPaise),
  },
];
