/**
 * Returns whether an address is on one of these hosts or below, by HTTPS; or on the host of `baseUrl`, which is an emulator's or a proxy's
 * if it is not the provider's.
 *
 * @example isOnHost(new URL('https://dl-media.viber.com/1'), ['viber.com'], 'https://chatapi.viber.com')   // true
 */
export function isOnHost({ protocol, hostname }: URL, hosts: readonly string[], baseUrl: string): boolean {
  if (URL.canParse(baseUrl) && hostname === new URL(baseUrl).hostname) return true;
  return protocol === 'https:' && hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
