import { BadgeCheck, Hourglass } from 'lucide-react';
import type { z } from 'zod';
import type { zTimelineEntry } from '../../shared/ipc/contract/expenses.ts';
import { formatDate, isIsoDate } from '../../shared/kernel/dates.ts';
import { formatRupees } from '../../shared/kernel/money.ts';
import { useWork } from '../data/session.ts';
import { useMasters } from '../data/use-masters.ts';
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

/** A value of a change as a person reads it, with the names of states, categories and GL codes. */
export function useChangeText(): (change: Pick<Change, 'field' | 'kind'>, value: string | null) => string {
  const text = useText();
  const masters = useMasters();
  return ({ field, kind }, value) => {
    if (value === null || value === '') return changeText(kind, value, text);
    if (field === 'status') return nameOf(text, 'status', value);
    if (field === 'category') return masters.categoryName(value);
    if (field === 'accountCode') {
      const name = masters.accountName(value);
      return name === value ? value : `${value} · ${name}`;
    }
    return changeText(kind, value, text);
  };
}

/** Ids begin with their time, which desks joined on one day share; the last letters tell them apart. */
const MARK = 4;

/** The desk a step was taken on: by its name where it is known, otherwise whether it was this one. */
export function useDeskName(): (entry: Pick<TimelineEntry, 'deviceId' | 'deviceName'>) => string {
  const text = useText();
  const { session } = useWork();
  return ({ deviceId, deviceName }) => {
    if (deviceName !== null) return deviceName;
    if (deviceId === session.device?.id) return text('timeline.thisDesk');
    return text('timeline.otherDesk', { mark: deviceId.slice(-MARK) });
  };
}

/** Who did what, when, on which desk, signed or still waiting; newest first. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const text = useText();
  const deskName = useDeskName();
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.commandId} className={entry.position === null ? 'is-waiting' : undefined}>
          <p className="timeline-head">
            <strong>{nameOf(text, 'command', entry.commandName)}</strong>
            <Instant at={entry.occurredAt} />
          </p>
          <p className="muted small">{text('timeline.by', { name: entry.actorName, desk: deskName(entry) })}</p>
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

/** From here a step that only filled empty fields (the first entry) is folded to one line: the page shows what was entered anyway. */
const FOLDED_FROM = 3;

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const text = useText();
  const changeText = useChangeText();
  // At the beginning of a document, what is nothing or no goes without saying.
  const told = changes.filter(({ before, after }) => before !== null || (after !== '0' && after !== 'false'));
  if (told.length === 0) return null;
  const list = (
    <dl className="timeline-changes small">
      {told.map((change) => (
        <div key={change.field}>
          <dt className="muted">{nameOf(text, 'field', change.field)}</dt>
          <dd>
            {change.before !== null && <del>{changeText(change, change.before)}</del>}
            <span>{changeText(change, change.after)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
  if (told.length < FOLDED_FROM || told.some(({ before }) => before !== null)) return list;
  return (
    <details className="timeline-fold small">
      <summary>{text('timeline.fields', { count: told.length })}</summary>
      {list}
    </details>
  );
}
