import type { ExchangeNote, ExchangePreview } from '../../../shared/ipc/contract/exchange.ts';
import { formatDate } from '../../../shared/kernel/dates.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { nameOf, useText } from '../../i18n/text.ts';

/** What a file would do: how much is new, known and refused, the masters that would be made, and what deserves a look. */
export function Preview({ preview }: { readonly preview: ExchangePreview }) {
  const text = useText();
  const { masters, masterCounts, notes, noteCount } = preview;
  return (
    <>
      <section className="panel stack" aria-label={text('exchange.preview')}>
        <h2>{text('exchange.preview')}</h2>
        <Sums preview={preview} />
      </section>
      {notes.length > 0 && (
        <section className="panel stack" aria-label={text('exchange.notes')}>
          <Notes notes={notes} />
          {noteCount > notes.length && (
            <p className="muted">{text('exchange.more', { count: noteCount - notes.length })}</p>
          )}
        </section>
      )}
      {masters.length > 0 && (
        <section className="panel stack" aria-label={text('exchange.newMasters')}>
          <div className="figure-table">
            <table className="plain-table">
              <caption>{text('exchange.newMasters')}</caption>
              <thead>
                <tr>
                  <th scope="col">{text('exchange.master.name')}</th>
                  <th scope="col">{text('exchange.master.what')}</th>
                  <th scope="col">{text('exchange.master.code')}</th>
                </tr>
              </thead>
              <tbody>
                {masters.map(({ what, code, name }) => (
                  <tr key={`${what} ${name}`}>
                    <th scope="row">{name}</th>
                    <td>{text(`exchange.master.${what}`)}</td>
                    <td>{code ?? ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {masterCounts.new > masters.length && (
            <p className="muted">{text('exchange.more', { count: masterCounts.new - masters.length })}</p>
          )}
        </section>
      )}
    </>
  );
}

function Sums({ preview }: { readonly preview: ExchangePreview }) {
  const text = useText();
  const { masterCounts, voucherCounts, opening, days, openingDate } = preview;
  const rows = [
    { name: 'masters', counts: masterCounts },
    { name: 'vouchers', counts: voucherCounts },
  ] as const;
  return (
    <>
      <div className="figure-table">
        <table className="plain-table exchange-sums">
          <thead>
            <tr>
              <th scope="col">{text('exchange.kind')}</th>
              <th scope="col" className="number">
                {text('exchange.new')}
              </th>
              <th scope="col" className="number">
                {text('exchange.known')}
              </th>
              <th scope="col" className="number">
                {text('exchange.refused')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, counts }) => (
              <tr key={name}>
                <th scope="row">{text(`exchange.kind.${name}`)}</th>
                <td className="number">{counts.new.toLocaleString('en-IN')}</td>
                <td className="number">{counts.known.toLocaleString('en-IN')}</td>
                <td className="number">{counts.refused.toLocaleString('en-IN')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {text(`exchange.opening.${opening.state}`, {
          day: formatDate(openingDate),
          lines: opening.lines,
          amount: formatRupees(opening.totalPaise),
        })}
      </p>
      {days !== null && <p>{text('exchange.days', { first: formatDate(days.first), last: formatDate(days.last) })}</p>}
    </>
  );
}

function Notes({ notes }: { readonly notes: readonly ExchangeNote[] }) {
  const text = useText();
  const where = ({ name, date, line }: ExchangeNote): string =>
    [name, date === null ? '' : formatDate(date), line === null ? '' : text('exchange.line', { line: String(line) })]
      .filter((part) => part !== '')
      .join(' · ');
  const why = ({ reason, detail, amountPaise }: ExchangeNote): string =>
    [
      nameOf(text, 'exchange.reason', reason),
      detail === null ? '' : detail,
      amountPaise === null || amountPaise === 0n ? '' : formatRupees(amountPaise),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <div className="figure-table">
      <table className="plain-table exchange-notes">
        <caption>{text('exchange.notes')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('exchange.note.what')}</th>
            <th scope="col">{text('exchange.note.name')}</th>
            <th scope="col">{text('exchange.note.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {notes.map((note, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same thing can be told of two records of one name.
            <tr key={`${index} ${note.name}`}>
              <th scope="row">{text(`exchange.note.${note.what}`)}</th>
              <td>{where(note)}</td>
              <td>{why(note)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
