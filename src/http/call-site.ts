import type { IncomingHttpHeaders } from 'node:http';

/** Whose page makes a call: a page of this host, one of another site, or `none`: the caller is no browser. */
export type CallSite = 'own' | 'other' | 'none';

/**
 * Finds out whose page makes a call. Browsers say so in `Sec-Fetch-Site`, or, over plain HTTP in a network, only in `Origin`; no page can
 * set either.
 */
export function callSite(headers: IncomingHttpHeaders, publicUrl: string | undefined): CallSite {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' ? 'own' : 'other';
  if (headers.origin === undefined) return 'none';
  return isOwn(headers.origin, { host: headers.host, publicUrl }) ? 'own' : 'other';
}

function isOwn(
  origin: string,
  { host, publicUrl }: { readonly host: string | undefined; readonly publicUrl: string | undefined },
): boolean {
  // `null` is the origin of a page in a sandbox.
  if (!URL.canParse(origin)) return false;
  // A proxy may speak HTTPS for the host, so only the names are compared.
  return new URL(origin).host === host || (publicUrl !== undefined && new URL(publicUrl).origin === new URL(origin).origin);
}
