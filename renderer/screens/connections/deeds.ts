import type { ConnectionView, ConnectorOfferView } from '../../../shared/ipc/contract/connections.ts';

/** What can be done with one connection. */
export type Deed = 'test' | 'secrets' | 'certificate' | 'authority' | 'change' | 'remove';

/** Whether it can be done with the connection as it stands. */
export function isPossible(deed: Deed, connection: ConnectionView, offer: ConnectorOfferView | undefined): boolean {
  if (deed === 'remove') return true;
  if (offer === undefined) return false;
  if (deed === 'test') return offer.canTest && connection.state === 'ready';
  if (deed === 'secrets') return offer.secrets.length > 0;
  if (deed === 'authority') return connection.needsAuthority || connection.authority.length > 0;
  return deed !== 'certificate' || offer.needsCertificate;
}
