import { cutText, isLonger, lengthOf, startOf } from './cut-text.js';

/** A space that a mark is attached to is not a space between words. */
const UNMARKED = String.raw`(?![\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d])`;
/** Where a text may be split, the best places first. A place in the first half of a part is not used: parts would become too small. */
const BREAKS: readonly RegExp[] = [
  String.raw`\n\s*\n${UNMARKED}`,
  String.raw`\n${UNMARKED}`,
  String.raw`(?:[.!?…]["'”’»)\]]*\s|[。！？।؟۔])${UNMARKED}`,
  String.raw`\s${UNMARKED}`,
].map((place) => new RegExp(place, 'gu'));
const LEADING_SPACES = new RegExp(String.raw`^(?:\s${UNMARKED})+`, 'u');
/** The maximum length of a word in a script without spaces, in UTF-16 units. */
const MAX_WORD = 30;

/** A text in parts, in order. */
export interface SplitText {
  readonly parts: readonly string[];
  /** True if the text had more than fits into `maxParts`. The last part then ends with "…". */
  readonly isCut: boolean;
}

/**
 * Splits a text into parts of at most `limit` characters (code points): between paragraphs, lines, sentences or words if possible, and
 * never within a grapheme that fits into a part. Only the spaces at the splits are lost. A blank text has no parts.
 *
 * @param options `last`: the limit of the last part if it is smaller, because that part has buttons. `maxParts`: the rest is cut.
 */
export function splitText(text: string, limit: number, { last = limit, maxParts = Number.POSITIVE_INFINITY } = {}): SplitText {
  const whole = text.trim();
  const parts = last < limit ? partsWithSmallLast(whole, limit, last) : partsOf(whole, limit);
  if (parts.length <= maxParts) return { parts, isCut: false };
  return { parts: [...parts.slice(0, maxParts - 1), cutText(`${parts[maxParts - 1] ?? ''}…`, last)], isCut: true };
}

function partsWithSmallLast(text: string, limit: number, last: number): readonly string[] {
  const end = partsOf(text, last).at(-1);
  return end === undefined ? [] : [...partsOf(text.slice(0, -end.length).trimEnd(), limit), end];
}

function partsOf(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (isLonger(rest, limit)) {
    const end = endOfPart(rest, limit);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).replace(LEADING_SPACES, '');
  }
  return rest === '' ? parts : [...parts, rest];
}

function endOfPart(text: string, limit: number): number {
  const room = startOf(text, limit);
  // A single grapheme that is longer than a message: a letter with hundreds of marks.
  if (room === '') return [...text.slice(0, 2 * limit)].slice(0, limit).join('').length;
  // A space right after the room ends a word as well as one within it.
  const seen = text.slice(0, room.length + 1);
  for (const pattern of BREAKS) {
    const end = Math.max(0, ...[...seen.matchAll(pattern)].map((found) => found.index + found[0].trimEnd().length));
    if (end > room.length / 2 && end <= room.length) return end;
  }
  // Scripts without spaces: find the word that the part would end in, with some text after it.
  const words = new Intl.Segmenter('en', { granularity: 'word' });
  const word = words.segment(text.slice(0, room.length + MAX_WORD)).containing(room.length)?.index ?? 0;
  // The dictionary may end a word within a Hangul syllable.
  const isWhole = startOf(text, lengthOf(text.slice(0, word))).length === word;
  return isWhole && word > room.length / 2 ? word : room.length;
}
