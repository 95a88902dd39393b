import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createSecureContext, createServer, type SecureContextOptions, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { TestAuthority } from './certificates.ts';
import { pkcs12 } from './pkcs12.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** @returns the name in the certificate that the server saw, or the code of the error that either side met */
async function shake(
  authority: TestAuthority,
  client: SecureContextOptions,
  hosts?: readonly string[],
): Promise<string> {
  const { cert, key } = authority.issue({ name: 'server', use: 'server', ...(hosts === undefined ? {} : { hosts }) });
  const server = createServer({ cert, key, ca: authority.cert, requestCert: true, rejectUnauthorized: true });
  server.on('secureConnection', (socket: TLSSocket) => socket.end(String(socket.getPeerCertificate().subject.CN)));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    let said = '';
    const socket = connect({ ca: authority.cert, ...client, host: '127.0.0.1', port });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
    socket.on('data', (data) => {
      said += String(data);
    });
    // A server that does not like the certificate hangs up, with or without a word.
    socket.on('close', () => resolve(said === '' ? 'refused' : said));
  });
}

describe('certificates of a test authority', () => {
  const authority = TestAuthority.make();

  it.each(['ec', 'rsa'] as const)(
    'with %s keys open a connection in which both sides are checked',
    async (algorithm) => {
      expect(await shake(authority, authority.issue({ name: 'desk', use: 'client', algorithm }))).toBe('desk');
    },
  );

  it('are refused when another authority made them, for another host, or out of date', async () => {
    const other = TestAuthority.make();
    const ours = authority.issue({ name: 'desk', use: 'client' });
    const theirs = { ...other.issue({ name: 'desk', use: 'client' }), ca: authority.cert };
    expect(await shake(authority, theirs)).toMatch(/^ERR_SSL_|^ECONN|^refused$/);
    expect(await shake(authority, ours, ['bank.example'])).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    const past = { validFrom: Date.parse('2026-01-01'), validTo: Date.parse('2026-02-01') };
    expect(await shake(authority, authority.issue({ name: 'desk', use: 'client', ...past }))).toMatch(
      /^ERR_SSL_|^ECONN|^refused$/,
    );
  });

  it('go on after the authority was taken up again from its files', async () => {
    const again = TestAuthority.from(authority.cert, createPrivateKey(authority.key));
    const { cert } = again.issue({ name: 'desk', use: 'client' });
    expect(new X509Certificate(cert).verify(new X509Certificate(authority.cert).publicKey)).toBe(true);
    expect(await shake(authority, again.issue({ name: 'desk', use: 'client' }))).toBe('desk');
  });

  it('come in one file that opens with its passphrase only', async () => {
    const file = Buffer.from(pkcs12(authority.issue({ name: 'desk', use: 'client' }), 'open sesame'));
    expect(await shake(authority, { pfx: file, passphrase: 'open sesame' })).toBe('desk');
    expect(() => createSecureContext({ pfx: file, passphrase: 'open' })).toThrow(/mac verify/);
  });
});
