export interface NatsServers {
  /** `host:port` */
  readonly servers: string[];
  readonly login: { readonly user: string; readonly pass: string } | { readonly token: string } | null;
  readonly tls: boolean;
}

/**
 * Reads `nats://host:4222` or `tls://name:password@one,two:4223`: name and password (or a token alone) stand before the first server
 * and are used for all. Null when it is none.
 */
export function readNatsUrl(text: string): NatsServers | null {
  const [, scheme, rest] = /^(nats|tls):\/\/(.+)$/.exec(text) ?? [];
  if (rest === undefined) return null;
  const servers: string[] = [];
  let login: NatsServers['login'] = null;
  for (const [index, part] of rest.split(',').entries()) {
    const url = URL.parse(`${scheme}://${part}`);
    const isBare = url?.pathname === '' && url.search === '' && url.hash === '';
    if (!url || !isBare || url.hostname === '' || (index > 0 && url.username !== '')) return null;
    servers.push(`${url.hostname}:${url.port === '' ? '4222' : url.port}`);
    const [user, pass] = [decoded(url.username), decoded(url.password)];
    if (user === null || pass === null) return null;
    if (user !== '') login = pass === '' ? { token: user } : { user, pass };
  }
  return { servers, login, tls: scheme === 'tls' };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
