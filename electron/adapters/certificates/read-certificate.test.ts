import { createPrivateKey, randomBytes, sign, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientCertificate } from '../../../shared/ports/certificates.ts';
import { opensslIn } from './certificates.fixture.ts';
import { certificateReader } from './read-certificate.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'munim-certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));
const made = opensslIn(folder);
const { cert, keyOf } = made;
const DAY = 86_400_000;
/** A minute from now, so that what is made here is valid already. */
const now = Date.now() + 60_000;

function makeAll() {
  const root = made.issue('Root of the Bank', { ca: true, key: 'RSA:2048' });
  const middle = made.issue('Issuing CA', { ca: true, by: root });
  const otherRoot = made.issue('Another Root', { ca: true });
  return {
    ...{ root, middle, otherRoot },
    rsa: made.issue('Accounts Office', { by: middle, key: 'RSA:2048' }),
    ec: made.issue('Fee Counter', { by: middle, key: 'EC:P-384' }),
    weakRsa: made.issue('Old Key', { by: middle, key: 'RSA:1024' }),
    weakEc: made.issue('Small Curve', { by: middle, key: 'EC:P-224' }),
    server: made.issue('Web Server', { by: middle, uses: 'serverAuth' }),
    noUse: made.issue('Any Use', { by: middle, uses: null }),
    self: made.issue('Own Signature', {}),
  };
}
let all: ReturnType<typeof makeAll>;
beforeAll(() => {
  all = makeAll();
});

const read = (files: readonly Uint8Array[], passphrase: string | null = null, at = now) =>
  certificateReader.readClient(files, passphrase, at);

async function codeOf(files: readonly Uint8Array[], passphrase: string | null = null, at = now): Promise<string> {
  const answer = await read(files, passphrase, at);
  return answer.ok ? 'read' : answer.error.code;
}

/** That the key signs what the certificate verifies, and that the chain is in order. */
function expectWhole(answer: Awaited<ReturnType<typeof read>>, original: Buffer, chain: number): ClientCertificate {
  if (!answer.ok) throw new Error(answer.error.code);
  const { cert: pem, key, facts } = answer.value;
  const blocks = pem.match(/-----BEGIN[\s\S]+?END CERTIFICATE-----\n/g) ?? [];
  const parsed = blocks.map((block) => new X509Certificate(block));
  expect(parsed).toHaveLength(chain);
  expect(parsed[0]?.fingerprint256).toBe(new X509Certificate(original).fingerprint256);
  expect(facts.fingerprint).toBe(new X509Certificate(original).fingerprint256);
  for (const [index, one] of parsed.slice(0, -1).entries()) {
    const issuer = parsed[index + 1];
    expect(issuer !== undefined && one.verify(issuer.publicKey)).toBe(true);
  }
  const text = Buffer.from('signed with it');
  const leaf = parsed[0];
  if (leaf === undefined) throw new Error('no certificate');
  expect(verify(null, text, leaf.publicKey, sign(null, text, createPrivateKey(key)))).toBe(true);
  return answer.value;
}

describe('PEM files', () => {
  it('are read in any order and from any number of files, and the chain is put in order', async () => {
    const { root, middle, ec } = all;
    const parts = [cert(root), keyOf(ec), cert(ec), cert(middle)];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(parts, { minLength: 4 }), fc.boolean(), async (order, joined) => {
        const value = expectWhole(await read(joined ? [Buffer.concat(order)] : order), cert(ec), 3);
        expect(value.facts).toMatchObject({ subject: 'CN=Fee Counter, O=Sahyadri College, C=IN', key: 'EC P-384' });
      }),
      { numRuns: 12 },
    );
  });

  it.each([
    ['PKCS#8', ['pkcs8', '-topk8', '-nocrypt']],
    ['PKCS#1', ['rsa', '-traditional']],
  ])('take an open RSA key as %s', async (_, command) => {
    const key = made.openssl(...command, '-in', all.rsa.keyFile);
    expectWhole(await read([cert(all.rsa), key]), cert(all.rsa), 1);
  });

  it.each([
    ['PKCS#8 with PBES2', 'rsa', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc']],
    ['PKCS#1 with AES', 'rsa', ['rsa', '-traditional', '-aes256']],
    ['PKCS#1 with 3DES', 'rsa', ['rsa', '-traditional', '-des3']],
    ['SEC1 with AES', 'ec', ['ec', '-aes128']],
  ] as const)('take a key locked as %s with its passphrase, and with no other', async (_, kind, command) => {
    const key = made.openssl(...command, '-in', all[kind].keyFile, '-passout', 'pass:नीम lantern');
    const files = [cert(all[kind]), key];
    expect(await codeOf(files)).toBe('CERTIFICATE_PASSPHRASE_WRONG');
    expect(await codeOf(files, 'wrong')).toBe('CERTIFICATE_PASSPHRASE_WRONG');
    const value = expectWhole(await read(files, 'नीम lantern'), cert(all[kind]), 1);
    expect(value.key).toContain('-----BEGIN PRIVATE KEY-----');
  });

  it('take a key as SEC1', async () => {
    expectWhole(await read([cert(all.ec), made.openssl('ec', '-in', all.ec.keyFile)]), cert(all.ec), 1);
  });
});

describe('a PKCS#12 bundle', () => {
  const legacy = ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-RC2-40', '-macalg', 'sha1'];
  const aes = ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256'];
  it.each([
    ['AES', 'rsa', aes],
    ['AES', 'ec', [...aes, '-iter', '100000']],
    ['RC2 and 3DES', 'rsa', legacy],
    ['RC2 and 3DES', 'ec', legacy],
  ] as const)('locked with %s gives certificate (%s), key and chain', async (_, kind, locks) => {
    const bytes = made.bundle(all[kind], 'neem lantern', [all.middle, all.root], ...locks);
    expect(await codeOf([bytes])).toBe('CERTIFICATE_PASSPHRASE_WRONG');
    expect(await codeOf([bytes], 'Neem lantern')).toBe('CERTIFICATE_PASSPHRASE_WRONG');
    expectWhole(await read([bytes], 'neem lantern'), cert(all[kind]), 3);
  });

  it.each([
    ['AES', aes],
    ['3DES', legacy],
  ] as const)('with a passphrase in Devanagari opens (%s)', async (_, locks) => {
    const bytes = made.bundle(all.rsa, 'नीम की लालटेन', [], ...locks);
    expectWhole(await read([bytes], 'नीम की लालटेन'), cert(all.rsa), 1);
  });

  it('without a passphrase needs none', async () => {
    expectWhole(await read([made.bundle(all.rsa, '', [], ...aes)]), cert(all.rsa), 1);
  });

  it('without a key says so', async () => {
    const bytes = made.openssl('pkcs12', '-export', '-nokeys', '-in', all.rsa.certFile, '-passout', 'pass:x');
    expect(await codeOf([bytes], 'x')).toBe('CERTIFICATE_KEY_NOT_IN_FILE');
  });

  it('that wants to be derived for hours is refused', async () => {
    const bytes = made.bundle(all.rsa, 'x', [], ...aes, '-iter', '6000000', '-nomac');
    expect(await codeOf([bytes], 'x')).toBe('CERTIFICATE_BUNDLE_TOO_SLOW');
  });

  it('cut off or spoilt anywhere gives a code and never a fault', async () => {
    const bytes = made.bundle(all.ec, 'x', [all.middle], ...aes, '-iter', '1');
    const spoilt = fc.oneof(
      fc.nat(bytes.length - 1).map((length) => bytes.subarray(0, length)),
      fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
        const copy = Buffer.from(bytes);
        copy[at] = (copy[at] ?? 0) ^ by;
        return copy;
      }),
      fc.uint8Array({ maxLength: 200 }).map((noise) => Buffer.concat([Buffer.from([0x30]), noise])),
    );
    await fc.assert(
      fc.asyncProperty(spoilt, async (file) => {
        expect(await codeOf([file], 'x')).toMatch(/^(CERTIFICATE_\w+|read)$/);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what cannot be used is refused by its own code:', () => {
  it.each<[string, () => readonly Uint8Array[], number?]>([
    ['CERTIFICATE_KEY_MISMATCH', () => [cert(all.ec), keyOf(all.rsa)]],
    ['CERTIFICATE_IS_AUTHORITY', () => [cert(all.root), keyOf(all.root)]],
    ['CERTIFICATE_KEY_WEAK', () => [cert(all.weakRsa), keyOf(all.weakRsa)]],
    ['CERTIFICATE_KEY_WEAK', () => [cert(all.weakEc), keyOf(all.weakEc)]],
    ['CERTIFICATE_NOT_FOR_CLIENTS', () => [cert(all.server), keyOf(all.server)]],
    ['CERTIFICATE_EXPIRED', () => [cert(all.ec), keyOf(all.ec)], now + 91 * DAY],
    ['CERTIFICATE_NOT_YET_VALID', () => [cert(all.ec), keyOf(all.ec)], now - DAY],
    ['CERTIFICATE_CHAIN_BROKEN', () => [cert(all.ec), keyOf(all.ec), cert(all.middle), cert(all.otherRoot)]],
    ['CERTIFICATE_CHAIN_BROKEN', () => [cert(all.ec), keyOf(all.ec), cert(all.root)]],
    ['CERTIFICATE_SEVERAL_KEYS', () => [cert(all.ec), keyOf(all.ec), keyOf(all.rsa)]],
    ['CERTIFICATE_NOT_IN_FILE', () => [keyOf(all.ec)]],
    ['CERTIFICATE_KEY_NOT_IN_FILE', () => [cert(all.ec), cert(all.middle)]],
    ['CERTIFICATE_UNKNOWN_FORM', () => [Buffer.from('a letter of the bank')]],
    ['CERTIFICATE_UNKNOWN_FORM', () => [Buffer.from('-----BEGIN LETTER-----\nAAAA\n-----END LETTER-----')]],
    [
      'CERTIFICATE_DAMAGED',
      () => [
        Buffer.from(
          cert(all.ec)
            .toString()
            .replace(/\n.{20}/, '\n'),
        ),
        keyOf(all.ec),
      ],
    ],
    [
      'CERTIFICATE_KEY_DAMAGED',
      () => [
        cert(all.ec),
        Buffer.from(
          keyOf(all.ec)
            .toString()
            .replace(/\n.{20}/, '\n'),
        ),
      ],
    ],
    ['CERTIFICATE_FILE_TOO_LARGE', () => [Buffer.alloc(300 * 1024, 0x30)]],
    ['read', () => [cert(all.noUse), keyOf(all.noUse)]],
    ['read', () => [cert(all.self), keyOf(all.self)]],
  ])('%s', async (code, files, at) => {
    expect(await codeOf(files(), null, at)).toBe(code);
  });

  it('a forged certificate that only claims the issuer is no part of the chain', async () => {
    const forger = made.issue('Issuing CA', { ca: true });
    const victim = made.issue('Forged', { by: forger });
    expect(await codeOf([cert(victim), keyOf(victim), cert(all.root)])).toBe('CERTIFICATE_CHAIN_BROKEN');
  });
});

describe('authorities for one connection', () => {
  it('are read from PEM and DER, and others are left out', () => {
    const der = Buffer.from(new X509Certificate(cert(all.middle)).raw);
    const answer = certificateReader.readAuthorities([Buffer.concat([cert(all.root), cert(all.ec)]), der], now);
    expect(answer.ok && answer.value.facts.map(({ subject }) => subject.split(',')[0])).toEqual([
      'CN=Root of the Bank',
      'CN=Issuing CA',
    ]);
  });

  it.each([
    ['CERTIFICATE_NO_AUTHORITY', () => cert(all.ec), now],
    ['CERTIFICATE_EXPIRED', () => cert(all.root), now + 400 * DAY],
    ['CERTIFICATE_DAMAGED', () => randomBytes(300), now],
  ])('%s', (code, file, at) => {
    const answer = certificateReader.readAuthorities([file()], at);
    expect(answer).toMatchObject({ ok: false, error: { code } });
  });
});
