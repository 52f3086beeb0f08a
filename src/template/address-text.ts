import type { FillContext } from './fill-context.js';
import { wordsOf } from './words.js';

/** The value of an expression in an address. */
export class Filled {
  readonly value: unknown;
  /** True if the value is already percent-encoded, or is meant to stay as it is. */
  readonly isEncoded: boolean;

  constructor(value: unknown, isEncoded: boolean) {
    this.value = value;
    this.isEncoded = isEncoded;
  }
}

/** A part of an address: text of the author, or the value of an expression. */
interface Piece {
  readonly text: string;
  readonly filled: boolean;
  readonly secret?: string;
}

/**
 * Collects an address piece by piece. The values of expressions are percent-encoded, so that they cannot leave their path segment or query
 * value. An expression at the very beginning is the address of a system and stays as it is.
 */
export class AddressText {
  /** The address so far, as Liquid's emitters keep it. */
  buffer = '';
  readonly pieces: Piece[] = [];

  /** Called by Liquid for each text and for each output. */
  write(context: FillContext, piece: unknown): void {
    const isFilled = piece instanceof Filled;
    const words = wordsOf(isFilled ? piece.value : piece, context);
    context.memoryLimit.use(words.length);
    const isBeginning = this.pieces.length === 0;
    this.#add({ text: isFilled && !piece.isEncoded && !isBeginning ? encoded(words, this.buffer) : words, filled: isFilled });
  }

  /** Adds a placeholder for a secret, which the outbox puts in when the call is made. `next` is the text that follows it. */
  addSecret(secret: string, next: string): void {
    const base = /^[/:?#]|^$/.test(next) || next.startsWith('{') ? 'https://secret' : 'https://secret/?';
    this.#add({ text: this.pieces.length === 0 ? base : 'secret', filled: false, secret });
  }

  #add(piece: Piece): void {
    this.pieces.push(piece);
    this.buffer += piece.text;
  }
}

/** Schemes without path segments, such as `tel:` and `mailto:`. */
const OPAQUE = /^[a-z][a-z0-9+.-]*:(?!\/\/)/i;

function encoded(words: string, before: string): string {
  // encodeURIComponent throws for a lone surrogate, such as half of an emoji.
  const text = encodeURIComponent(words.replace(/\p{Surrogate}/gu, '\uFFFD'));
  return OPAQUE.test(before) && !before.includes('?') ? text.replace(/%(2B|40|2C)/g, decodeURIComponent) : text;
}

const AUTHORITY = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#\\]*)/i;
const HOST = /^[a-z0-9-][a-z0-9.-]*(:\d{1,5})?$/i;

/**
 * Returns why the values of expressions make the address unsafe; undefined if they do not. A segment that comes out as `.`, `..` or empty
 * would lead to another path, even percent-encoded, and a changed host to another system.
 */
export function addressMistake({ buffer: text, pieces }: AddressText): string | undefined {
  const ranges = rangesOf(pieces);
  const touching = (from: number, to: number) => ranges.filter(({ begin, end }) => begin <= to && end >= from);
  const authority = AUTHORITY.exec(text);
  const [start, host] = [authority?.[0].length ?? 0, authority?.[1] ?? ''];
  if (authority && touching(start - host.length, start).some(({ begin }) => begin <= start) && !HOST.test(host))
    return `the host comes out as "${host.slice(0, 100)}"`;
  if (OPAQUE.test(text)) return undefined;
  const path = text.slice(start).split(/[?#]/, 1)[0] ?? '';
  let at = start;
  // URL parsers remove tabs and line breaks.
  for (const segment of path.split(/[/\\]/)) {
    const among = touching(at, at + segment.length);
    if (among.length > 0 && /^\.\.?$/.test(decoded(segment.replace(/[\t\r\n]/g, ''))))
      return `a part of the path comes out as "${segment}"`;
    if (segment === '' && among.some(({ begin, end }) => begin === end)) return 'a part of the path comes out empty';
    at += segment.length + 1;
  }
  return undefined;
}

/** The ranges that expressions have filled, except for one at the very beginning. */
function rangesOf(pieces: readonly Piece[]): readonly { readonly begin: number; readonly end: number }[] {
  let at = 0;
  return pieces.flatMap(({ text, filled }, i) => {
    const begin = at;
    at += text.length;
    return filled && i > 0 ? [{ begin, end: at }] : [];
  });
}

/** Percent-decodes a segment until nothing is left to decode. */
function decoded(segment: string): string {
  const once = segment.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return once === segment ? once : decoded(once);
}
