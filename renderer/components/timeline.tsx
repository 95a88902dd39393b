import { BadgeCheck, Hourglass } from 'lucide-react';
import type { z } from 'zod';
import type { zTimelineEntry } from '../../shared/ipc/contract/expenses.ts';
import { formatDate, isIsoDate } from '../../shared/kernel/dates.ts';
import { formatRupees } from '../../shared/kernel/money.ts';
import { type Masters, useMasters } from '../data/use-masters.ts';
import { formatInstant } from '../format/instant.ts';
import { nowMs } from '../host/system.ts';
import { nameOf, type Text, useText } from '../i18n/text.ts';
import { Instant } from './figures.tsx';
import './timeline.css';

export interface TimelineEntry extends Readonly<z.infer<typeof zTimelineEntry>> {}
type Change = TimelineEntry['changes'][number];

/** A value of a change as a person reads it. */
export function changeText(kind: Change['kind'], value: string | null, text: Text): string {
  if (value === null || value === '') return text('change.nothing');
  if (kind === 'money' && /^-?\d+$/.test(value)) return formatRupees(BigInt(value));
  if (kind === 'date' && isIsoDate(value)) return formatDate(value);
  if (kind === 'instant' && /^\d+$/.test(value)) return formatInstant(Number.parseInt(value, 10), nowMs(), text);
  if (kind === 'flag') return text(value === 'true' ? 'change.yes' : 'change.no');
  return value;
}

/** Who did what, when, on which desk, signed or still waiting; newest first. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const text = useText();
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.commandId} className={entry.position === null ? 'is-waiting' : undefined}>
          <p className="timeline-head">
            <strong>{nameOf(text, 'command', entry.commandName)}</strong>
            <Instant at={entry.occurredAt} />
          </p>
          <p className="muted small">
            {text('timeline.by', { name: entry.actorName, desk: entry.deviceName ?? text('timeline.thisDesk') })}
          </p>
          {entry.comment !== null && <blockquote>{entry.comment}</blockquote>}
          <Changes changes={entry.changes} />
          <p className="timeline-proof muted small">
            {entry.position === null ? (
              <>
                <Hourglass size={12} aria-hidden="true" />
                {text('timeline.waiting')}
              </>
            ) : (
              <>
                {entry.signed && <BadgeCheck size={12} aria-hidden="true" />}
                {text(entry.signed ? 'timeline.signed' : 'timeline.unsigned', { position: String(entry.position) })}
              </>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const text = useText();
  const masters = useMasters();
  // At the beginning of a document, what is nothing or no goes without saying.
  const told = changes.filter(({ before, after }) => before !== null || (after !== '0' && after !== 'false'));
  if (told.length === 0) return null;
  return (
    <dl className="timeline-changes small">
      {told.map((change) => (
        <div key={change.field}>
          <dt className="muted">{nameOf(text, 'field', change.field)}</dt>
          <dd>
            {change.before !== null && <del>{valueText(change, change.before, text, masters)}</del>}
            <span>{valueText(change, change.after, text, masters)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function valueText(change: Change, value: string | null, text: Text, masters: Masters): string {
  if (value !== null && change.field === 'status') return nameOf(text, 'status', value);
  if (value !== null && change.field === 'category') return masters.categoryName(value);
  return changeText(change.kind, value, text);
}
