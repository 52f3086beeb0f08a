import type { Json } from '../contract/index.js';

/** Shorter secrets would blacken everything. */
const SHORTEST = 4;
/** Shorter pieces of base64 stand in many a text by chance. */
const SHORTEST_BASE64 = 8;
const BLACK = '***';

/**
 * An answer may repeat what it was asked with. A secret in it is not stored, whether it stands there plainly or as it travels: in an
 * address, a form, JSON, HTML, base64 or hex; in letters of either case; or backwards.
 */
export function blacken(value: Json, secrets: readonly string[]): Json {
  const long = secrets.filter((secret) => secret.length >= SHORTEST);
  if (long.length === 0) return value;
  const seen = new RegExp(
    long
      .flatMap(shapesOf)
      .sort((a, b) => b.length - a.length)
      .join('|'),
    'gi',
  );
  const walk = (one: Json): Json => {
    if (typeof one === 'string') return one.replace(seen, BLACK);
    if (typeof one === 'number') return long.includes(String(one)) ? BLACK : one;
    if (Array.isArray(one)) return one.map(walk);
    if (one === null || typeof one !== 'object') return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key.replace(seen, BLACK), walk(inner ?? null)]));
  };
  return walk(value);
}

/** Sources of regular expressions, each of which finds the secret in one shape. */
function shapesOf(secret: string): readonly string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const json = JSON.stringify(secret).slice(1, -1);
  const backwards = [...secret].reverse().join('');
  const html = secret.replace(/[&<>"']/g, (sign) => HTML[sign] ?? sign);
  const texts = [secret, backwards, encodeURI(secret), encodeURIComponent(secret), form, json, html, ...base64Of(secret)];
  return [...texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')), hexOf(secret)];
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Its bytes in hex, also with something between them: `68:75`, `68 75`, `%68%75`, `\x68\x75`. */
function hexOf(secret: string): string {
  return [...Buffer.from(secret)].map((byte) => byte.toString(16).padStart(2, '0')).join('[^0-9a-f]{0,2}');
}

/** What is surely seen of it in base64, wherever it stands in what was encoded: three bytes make four characters (RFC 4648, 4). */
function base64Of(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    const shapes = (['base64', 'base64url'] as const).map((encoding) => bytes.toString(encoding).slice(from, to));
    return shapes.filter(({ length }) => length >= SHORTEST_BASE64);
  });
}
