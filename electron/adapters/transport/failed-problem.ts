import type { Effect } from '../../../shared/connectors/_kit/operation.ts';
import { type ConnectorProblem, problem } from '../../../shared/connectors/_kit/problem.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { Failed } from './exchange.ts';

/** What a request without an answer is to its caller, by what sending it may have done. */
export function failedProblem(failed: Failed, name: string, effect: Effect): ConnectorProblem {
  const { kind, reason, error } = failed;
  const code = codeOf(error);
  // The other side looks at our certificate before it reads anything, though with TLS 1.3 we hear of it only after we have sent.
  if (isAboutOurCertificate(code)) {
    return problem('auth', 'CONNECTOR_CERTIFICATE_REFUSED', { name, detail: code });
  }
  if (kind === 'not_sent') {
    if (reason === 'stopped') return problem('network', 'CANCELLED');
    if (reason === 'late') return problem('network', 'CONNECTOR_UNREACHABLE', { name, detail: 'time-out' });
    if (isAboutTheirCertificate(code)) {
      return problem('network', 'CONNECTOR_CERTIFICATE_UNTRUSTED', { name, detail: code });
    }
    return problem('network', 'CONNECTOR_UNREACHABLE', { name, detail: code });
  }
  if (effect !== 'read') {
    const detail = { stopped: 'stopped', late: 'time-out', too_large: 'too large', error: code }[reason];
    return problem('in_doubt', 'CONNECTOR_IN_DOUBT', { name, detail });
  }
  if (reason === 'stopped') return problem('network', 'CANCELLED');
  if (reason === 'too_large') {
    const limitMiB = Math.ceil(limits.connector.answerBytesMax / (1024 * 1024));
    return problem('contract', 'CONNECTOR_TOO_LARGE', { name, limitMiB });
  }
  if (code.startsWith('HPE_')) return problem('contract', 'CONNECTOR_BAD_ANSWER', { name, detail: 'no HTTP' });
  if (reason === 'late') return problem('network', 'CONNECTOR_TIMEOUT', { name });
  return problem('network', 'CONNECTOR_LINE_BROKEN', { name, detail: code });
}

/** The first code in the chain of causes; codes are words of Node, OpenSSL and undici and tell nothing of anybody. */
function codeOf(thrown: unknown): string {
  for (let one = thrown; one instanceof Error; one = one.cause) {
    if ('code' in one && typeof one.code === 'string') return one.code;
    if (one instanceof AggregateError) return codeOf(one.errors[0]);
  }
  return 'no connection';
}

const isAboutOurCertificate = (code: string): boolean =>
  /^ERR_SSL_.*ALERT_(?:BAD_CERTIFICATE|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$/.test(code) ||
  // Ours does not open: a key of another certificate, a wrong passphrase.
  /^ERR_OSSL_(?:X509_KEY_VALUES_MISMATCH|BAD_DECRYPT|PEM_|WRONG_)/.test(code);

const isAboutTheirCertificate = (code: string): boolean =>
  /^(?:ERR_TLS_CERT_ALTNAME_INVALID|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|INVALID_PURPOSE|HOSTNAME_MISMATCH)$/.test(
    code,
  );
