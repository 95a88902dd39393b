import { describe, expect, it } from 'vitest';
import { failedProblem } from './failed-problem.ts';

const coded = (code: string): Error => Object.assign(new Error('kept out'), { code });
const wrapped = new Error('around it', { cause: new AggregateError([coded('ECONNREFUSED')]) });

describe('a failure', () => {
  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE'],
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'],
  ])('with %s is about our certificate, before or after we sent, and no doubt', (code) => {
    for (const kind of ['not_sent', 'no_answer'] as const) {
      const found = failedProblem({ kind, reason: 'error', error: coded(code) }, 'Bank', 'once');
      expect(found).toMatchObject({ kind: 'auth', code: 'CONNECTOR_CERTIFICATE_REFUSED' });
    }
  });

  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'CERT_HAS_EXPIRED',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('with %s is about theirs', (code) => {
    const found = failedProblem({ kind: 'not_sent', reason: 'error', error: coded(code) }, 'Bank', 'once');
    expect(found).toMatchObject({ kind: 'network', code: 'CONNECTOR_CERTIFICATE_UNTRUSTED' });
  });

  it('before anything was sent is never a doubt; after it, it always is to a payment and never to a question', () => {
    for (const reason of ['stopped', 'late', 'too_large', 'error'] as const) {
      const error = coded('ECONNRESET');
      for (const effect of ['read', 'keyed', 'once'] as const) {
        expect(failedProblem({ kind: 'not_sent', reason, error }, 'Bank', effect).kind).toBe('network');
        const after = failedProblem({ kind: 'no_answer', reason, error }, 'Bank', effect).kind;
        expect(after === 'in_doubt').toBe(effect !== 'read');
      }
    }
  });

  it('is named by the first code in its causes and by nothing else', () => {
    const found = failedProblem({ kind: 'not_sent', reason: 'error', error: wrapped }, 'Bank', 'read');
    expect(found.details).toEqual({ name: 'Bank', detail: 'ECONNREFUSED' });
    expect(failedProblem({ kind: 'not_sent', reason: 'error', error: 'text' }, 'Bank', 'read').details.detail).toBe(
      'no connection',
    );
  });
});
