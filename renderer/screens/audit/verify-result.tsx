import { ShieldCheck, ShieldX } from 'lucide-react';
import type { Output } from '../../../shared/ipc/contract.ts';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { Hash } from './hash.tsx';

export interface Verified {
  readonly report: Output<'audit.verify'>;
  readonly at: number;
}

/** What walking the chain found, and when: it stays in sight until the next walk. */
export function VerifyResult({ verified }: { readonly verified: Verified }) {
  const text = useText();
  const { report, at } = verified;
  const Icon = report.intact ? ShieldCheck : ShieldX;
  return (
    <div
      className={report.intact ? 'audit-result is-ok' : 'audit-result is-bad'}
      role={report.intact ? 'status' : 'alert'}
    >
      <Icon size={18} aria-hidden="true" />
      <div className="stack-tight">
        <p>
          {report.intact
            ? report.entries === 0
              ? text('audit.emptyChain')
              : text('audit.intact', { count: report.entries, at: formatInstant(at, nowMs(), text) })
            : text('audit.broken', { position: String(report.brokenAt ?? report.entries + 1), count: report.entries })}
        </p>
        {report.entries > 0 && (
          <p className="small line">
            <span className="muted">{text('audit.head')}</span>
            <Hash hash={report.headHash} label={text('audit.copyHead')} whole />
          </p>
        )}
      </div>
    </div>
  );
}
