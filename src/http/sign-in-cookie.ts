/** The cookie of a browser that is signed in. */
const NAME = 'parley_sign_in';
const VALUE = new RegExp(`(?:^|;)\\s*${NAME}=([\\w-]{1,100})\\s*(?:;|$)`);

/** Finds the cookie in the header `Cookie`. */
export function readCookie(header: string | undefined): string | undefined {
  return VALUE.exec(header ?? '')?.[1];
}

/** Writes the header `Set-Cookie`. Browsers send the cookie only to this host, and only with calls of its own pages. */
export function writeCookie(value: string, { seconds, isSecure }: { readonly seconds: number; readonly isSecure: boolean }): string {
  return `${NAME}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
}
