import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { zId } from '../../shared/sync/command-args.ts';

/** What a token says. It carries no rights: device, person and roles are looked up anew with every request. */
const zClaims = z.strictObject({
  kind: z.enum(['device', 'user']),
  deviceId: zId,
  personId: zId.nullable(),
  issuedAt: z.int(),
  expiresAt: z.int(),
});
export interface Claims extends Readonly<z.infer<typeof zClaims>> {}

const macOf = (key: Uint8Array, body: string): Buffer => createHmac('sha256', key).update(body).digest();

export function sealToken(key: Uint8Array, claims: Claims): string {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${macOf(key, body).toString('base64url')}`;
}

/** The claims of a token that this server made and that has not run out, else null. */
export function openToken(key: Uint8Array, token: string, nowMs: number): Claims | null {
  const [body = '', mac = '', more] = token.split('.');
  const given = Buffer.from(mac, 'base64url');
  const expected = macOf(key, body);
  if (more !== undefined || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = zClaims.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return claims.expiresAt > nowMs ? claims : null;
}
