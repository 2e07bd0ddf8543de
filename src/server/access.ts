/** The hosts and origins whose requests a server answers. */
export interface Access {
  /** Where the server listens: an address or a name. */
  readonly host: string;
  /** The origins whose pages may ask beside the server's own; `*` among them allows all. */
  readonly allowOrigin?: readonly string[] | undefined;
}

/** Whether pages of every origin may ask. */
export function allowsAll({ allowOrigin = [] }: Access): boolean {
  return allowOrigin.includes('*');
}

/**
 * Whether a request goes to this server under a name that is its own: an IP address, `localhost`, the name where it
 * listens, or the host of an allowed origin. Any other name may be one that somebody lets lead here after a page of
 * that name was loaded from elsewhere (DNS rebinding); the page would then be of the server's own origin.
 *
 * @param header what `Host` says; only programs leave it out
 */
export function isOwnHost(header: string | undefined, access: Access): boolean {
  if (!header || allowsAll(access)) return true;
  const { host, allowOrigin = [] } = access;
  const name = hostOf(`http://${header}`);
  if (name === undefined) return false;
  const isAddress = name.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(name);
  return isAddress || ['localhost', host.toLowerCase(), ...allowOrigin.map(hostOf)].includes(name);
}

/**
 * Whether a request comes from outside a page, from the server's own page, or from a page of an allowed origin.
 *
 * @param origin what `Origin` says; browsers send it with what pages ask of other origins
 * @param header what `Host` says
 */
export function isAllowedOrigin(origin: string | undefined, header: string | undefined, access: Access): boolean {
  if (origin === undefined || allowsAll(access) || access.allowOrigin?.includes(origin)) return true;
  return origin.replace(/^https?:\/\//, '') === header;
}

/** Returns the host of a URL, an address in its usual form; undefined if it is no URL. */
function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
