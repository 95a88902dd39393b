import {
  constants,
  createCipheriv,
  createDecipheriv,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

/**
 * JWS and JWE in compact form by Node's own cryptography (RFC 7515, 7516, 7518), so that the library of the connector is not tried against
 * itself. Only what the emulator speaks; tests use it to make what should be refused.
 */
export const b64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64url');
const fromB64 = (text: string): Buffer => Buffer.from(text, 'base64url');

type Header = Readonly<Record<string, unknown>>;

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const paddings: Readonly<Record<string, { readonly padding: number; readonly saltLength?: number }>> = {
  PS256: pss,
  RS256: { padding: constants.RSA_PKCS1_PADDING },
};

export function signCompact(payload: string, key: KeyObject, header: Header): string {
  const signed = `${b64(JSON.stringify(header))}.${b64(payload)}`;
  const padding = paddings[String(header.alg)];
  if (padding === undefined) throw new Error(`no ${String(header.alg)} here`);
  return `${signed}.${b64(sign('sha256', Buffer.from(signed), { key, ...padding }))}`;
}

/** @returns the payload; throws where the signature is wrong or of another algorithm */
export function verifyCompact(jws: string, key: KeyObject, alg: string): string {
  const [head = '', payload = '', signature = '', ...more] = jws.split('.');
  const header = JSON.parse(fromB64(head).toString('utf8')) as Header;
  const padding = paddings[alg];
  const signed = Buffer.from(`${head}.${payload}`);
  if (more.length > 0 || header.alg !== alg || padding === undefined) throw new Error('another signature');
  if (!verify('sha256', signed, { key, ...padding }, fromB64(signature))) throw new Error('a wrong signature');
  return fromB64(payload).toString('utf8');
}

const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };

/** @param more may name other ciphers, which it is then truly closed with where they are some of these */
export function encryptCompact(plain: string | Uint8Array, key: KeyObject, more: Header = {}): string {
  const header: Header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT', ...more };
  const head = b64(JSON.stringify(header));
  const isShort = header.enc === 'A128GCM';
  const [contentKey, nonce] = [randomBytes(isShort ? 16 : 32), randomBytes(12)];
  const cipher = createCipheriv(isShort ? 'aes-128-gcm' : 'aes-256-gcm', contentKey, nonce).setAAD(Buffer.from(head));
  const closed = Buffer.concat([cipher.update(plain), cipher.final()]);
  const oaepHash = header.alg === 'RSA-OAEP' ? 'sha1' : 'sha256';
  const wrapped = publicEncrypt({ key, ...oaep, oaepHash }, contentKey);
  return [head, b64(wrapped), b64(nonce), b64(closed), b64(cipher.getAuthTag())].join('.');
}

/** @returns what was closed; throws where it cannot be opened with this key */
export function decryptCompact(jwe: string, key: KeyObject): string {
  const [head = '', wrapped = '', nonce = '', closed = '', tag = '', ...more] = jwe.split('.');
  const header = JSON.parse(fromB64(head).toString('utf8')) as Header;
  if (more.length > 0 || header.alg !== 'RSA-OAEP-256' || header.enc !== 'A256GCM') throw new Error('another cipher');
  const contentKey = privateDecrypt({ key, ...oaep }, fromB64(wrapped));
  const cipher = createDecipheriv('aes-256-gcm', contentKey, fromB64(nonce), { authTagLength: 16 });
  cipher.setAAD(Buffer.from(head)).setAuthTag(fromB64(tag));
  return Buffer.concat([cipher.update(fromB64(closed)), cipher.final()]).toString('utf8');
}
