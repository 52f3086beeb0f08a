import { emailsIn } from '../../src/text/links-in.js';

/** Recipients of one e-mail, copies included. */
export const MAX_RECIPIENTS = 20;

/** E-mail addresses, or the part of the text that is not one. */
export type Addresses = { readonly found: readonly string[] } | { readonly wrong: string };

/**
 * Reads e-mail addresses with commas, semicolons or line breaks between them, each alone or as `Name <address>`. Names are left out. What
 * comes out has no line breaks, so it cannot begin another header.
 *
 * @example readAddresses('Ada <ada@example.com>, bob@example.com')   // { found: ['ada@example.com', 'bob@example.com'] }
 */
export function readAddresses(text: string): Addresses {
  const found = new Set<string>();
  for (const part of text.split(/[,;\r\n]+/).map((one) => one.trim())) {
    if (part === '') continue;
    const written = /^[^<>]*<([^<>]*)>$/.exec(part)?.[1] ?? part;
    const [address] = emailsIn(written);
    if (address !== written || !/^[\x21-\x7e]+@[^\s@<>"]+$/.test(written)) return { wrong: part };
    found.add(written);
  }
  return { found: [...found] };
}
