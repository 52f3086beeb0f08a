/** Headers whose parameters may be written as RFC 8187 says: https://datatracker.ietf.org/doc/html/rfc8187 */
const WITH_PARAMETERS: ReadonlySet<string> = new Set(['content-disposition', 'link']);
const PARAMETER = /;\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^;",]*))/g;

/**
 * The value of a header as it can travel. Line breaks and other control characters, which would begin another header, become blanks.
 * Letters beyond Latin-1 are written in ASCII: in a parameter as RFC 8187 says (`filename*=UTF-8''%E8%8C%B6.pdf`), elsewhere all letters
 * beyond ASCII percent-encoded as UTF-8.
 */
export function headerText(name: string, value: string): string {
  const line = value.replace(CONTROLS, ' ').trim();
  if (isLatin1(line)) return line;
  const written = WITH_PARAMETERS.has(name.toLowerCase()) ? line.replace(PARAMETER, asParameter) : line;
  return isLatin1(written) ? written : written.replace(BEYOND_ASCII, percentEncoded);
}

export function isLatin1(text: string): boolean {
  return !/[^\0-\xff]/.test(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: just these are meant; a tab may stand in a header
const CONTROLS = /[\0-\x08\x0a-\x1f\x7f]+/g;
const BEYOND_ASCII = /[^\0-\x7f]+/g;

/** With a plain parameter beside it for readers that do not know the other: https://datatracker.ietf.org/doc/html/rfc6266#appendix-D */
function asParameter(whole: string, key: string, quoted: string | undefined, plain: string | undefined): string {
  const value = (quoted ?? plain ?? '').trim();
  if (isLatin1(value)) return whole;
  return `; ${key}="${value.replace(BEYOND_ASCII, '_')}"; ${key}*=UTF-8''${value.replace(/[^\w.~-]+/g, percentEncoded)}`;
}

function percentEncoded(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
