import type { ISecurity } from 'soap';
import type { ConnectorContext } from '../../_kit/operation.ts';

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const PROFILE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
const BASE64 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';

/** How user name and password are shown; `text` where the setting is left out. TLS is around all three. */
export type Authentication = 'text' | 'digest' | 'basic';

export const authenticationOf = (setting: string | undefined): Authentication =>
  setting === 'digest' || setting === 'basic' ? setting : 'text';

/**
 * User name and password as the `soap` package takes them into an envelope. Its own WSSecurity asks the clock and chance itself, and lets a
 * password that is written like a CDATA section through as it is; here the time is that of the context and everything is escaped.
 */
export async function securityOf(context: ConnectorContext): Promise<ISecurity> {
  const { username = '', password = '' } = context.secrets;
  const how = authenticationOf(context.settings.authentication);
  if (how === 'basic') {
    const basic = `Basic ${base64(new TextEncoder().encode(`${username}:${password}`))}`;
    // The package joins what toXML gives to the header, so there has to be one.
    return { addHeaders: (headers) => void Object.assign(headers, { Authorization: basic }), toXML: () => '' };
  }
  const token = how === 'digest' ? await digestToken(password, context) : textToken(password);
  const xml = [
    `<wsse:Security xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}" soap:mustUnderstand="true">`,
    `<wsse:UsernameToken><wsse:Username>${escaped(username)}</wsse:Username>${token}</wsse:UsernameToken>`,
    '</wsse:Security>',
  ].join('');
  return { toXML: () => xml };
}

const textToken = (password: string): string =>
  `<wsse:Password Type="${PROFILE}#PasswordText">${escaped(password)}</wsse:Password>`;

/** Base64(SHA-1(nonce + created + password)), UsernameToken Profile 1.0 section 3.1. SHA-1 is what the profile has. */
async function digestToken(password: string, { requestId, now }: ConnectorContext): Promise<string> {
  const created = new Date(now).toISOString();
  const utf8 = new TextEncoder();
  // Need not be secret, only never the same twice: the request's own id and time make it so.
  const nonce = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(`${requestId} ${now}`))).slice(0, 16);
  const tail = utf8.encode(created + password);
  const hashed = new Uint8Array(nonce.length + tail.length);
  hashed.set(nonce);
  hashed.set(tail, nonce.length);
  const digest = base64(new Uint8Array(await crypto.subtle.digest('SHA-1', hashed)));
  return [
    `<wsse:Password Type="${PROFILE}#PasswordDigest">${digest}</wsse:Password>`,
    `<wsse:Nonce EncodingType="${BASE64}">${base64(nonce)}</wsse:Nonce><wsu:Created>${created}</wsu:Created>`,
  ].join('');
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign);
