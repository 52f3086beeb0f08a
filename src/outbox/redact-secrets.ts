import type { Json } from '../contract/index.js';

/** Shorter secrets are not looked for, as they would redact ordinary words. */
const MIN_LENGTH = 4;
/** Shorter pieces of base64 occur in ordinary texts by chance. */
const MIN_BASE64 = 8;
const REDACTED = '***';

/**
 * Redacts secrets in an answer, which may repeat what was sent. Finds them as they are, and as encoded in an address, a form, JSON, HTML,
 * base64 or hex, in upper or lower case, or reversed.
 */
export function redactSecrets(value: Json, secrets: readonly string[]): Json {
  const long = secrets.filter((secret) => secret.length >= MIN_LENGTH);
  if (long.length === 0) return value;
  const seen = new RegExp(
    long
      .flatMap(formsOf)
      .sort((a, b) => b.length - a.length)
      .join('|'),
    'gi',
  );
  const walk = (one: Json): Json => {
    if (typeof one === 'string') return one.replace(seen, REDACTED);
    if (typeof one === 'number') return long.includes(String(one)) ? REDACTED : one;
    if (Array.isArray(one)) return one.map(walk);
    if (one === null || typeof one !== 'object') return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key.replace(seen, REDACTED), walk(inner ?? null)]));
  };
  return walk(value);
}

/** Returns the sources of regular expressions, one for each form of a secret. */
function formsOf(secret: string): readonly string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const json = JSON.stringify(secret).slice(1, -1);
  const reversed = [...secret].reverse().join('');
  const html = secret.replace(/[&<>"']/g, (character) => HTML[character] ?? character);
  const texts = [secret, reversed, encodeURI(secret), encodeURIComponent(secret), form, json, html, ...base64Of(secret)];
  return [...texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')), hexOf(secret)];
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Matches the bytes in hex, also with separators: `68:75`, `68 75`, `%68%75`, `\x68\x75`. */
function hexOf(secret: string): string {
  return [...Buffer.from(secret)].map((byte) => byte.toString(16).padStart(2, '0')).join('[^0-9a-f]{0,2}');
}

/** Returns the base64 characters that depend on the secret only, wherever it stands in the encoded text: three bytes make four characters (RFC 4648, 4). */
function base64Of(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    const forms = (['base64', 'base64url'] as const).map((encoding) => bytes.toString(encoding).slice(from, to));
    return forms.filter(({ length }) => length >= MIN_BASE64);
  });
}
