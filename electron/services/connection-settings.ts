import { fits } from '../../shared/domain/connection/secret-fields.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { ConnectionRecord } from '../../shared/ports/connections.ts';
import type { ConnectorFacts, ConnectorField } from './connection-view.ts';

type Address = Pick<ConnectionRecord, 'environment' | 'baseUrl'>;

/** Where a connection leads. */
export const baseUrlOf = ({ environment, baseUrl }: Address, { baseUrls }: ConnectorFacts): string =>
  (environment === 'custom' ? baseUrl : environment === 'sandbox' ? baseUrls.sandbox : null) ?? baseUrls.production;

/** @throws MunimError CONNECTION_NO_SANDBOX, CONNECTION_ADDRESS_INVALID */
export function checkedAddress({ environment, baseUrl }: Address, { name, baseUrls }: ConnectorFacts): Address {
  if (environment === 'sandbox' && baseUrls.sandbox === null) {
    throw new MunimError('CONNECTION_NO_SANDBOX', { connector: name });
  }
  if (environment !== 'custom') return { environment, baseUrl: null };
  const typed = (baseUrl ?? '').trim();
  const invalid = new MunimError('CONNECTION_ADDRESS_INVALID');
  if (!URL.canParse(typed)) throw invalid;
  const url = new URL(typed);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url.protocol !== 'https:' || !isPlain || url.hostname === '') throw invalid;
  return { environment, baseUrl: url.href.replace(/\/+$/, '') };
}

/** Only what the connector asks for, without what was left blank. @throws MunimError CONNECTION_SETTING_INVALID */
export function checkedSettings(
  settings: Readonly<Record<string, string>>,
  fields: readonly ConnectorField[],
): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const { name, pattern, isOptional } of fields) {
    const value = (Object.hasOwn(settings, name) ? (settings[name] ?? '') : '').trim();
    const isRight = value === '' ? isOptional : fits(pattern, value);
    if (!isRight) throw new MunimError('CONNECTION_SETTING_INVALID', { setting: name });
    if (value !== '') checked[name] = value;
  }
  return checked;
}
