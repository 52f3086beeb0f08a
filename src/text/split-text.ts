import { cutText, isLonger, lengthOf, startOf } from './cut-text.js';

/** A blank under a mark is no blank, but what the mark stands on. */
const UNMARKED = String.raw`(?![\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d])`;
/** Where a text may be split, the best places first. A place in the first half of a part would leave parts too small. */
const BREAKS: readonly RegExp[] = [
  String.raw`\n\s*\n${UNMARKED}`,
  String.raw`\n${UNMARKED}`,
  String.raw`(?:[.!?…]["'”’»)\]]*\s|[。！？।؟۔])${UNMARKED}`,
  String.raw`\s${UNMARKED}`,
].map((place) => new RegExp(place, 'gu'));
const LEADING_BLANKS = new RegExp(String.raw`^(?:\s${UNMARKED})+`, 'u');
/** In UTF-16 units, of a script without blanks. */
const LONGEST_WORD = 30;
const words = new Intl.Segmenter('en', { granularity: 'word' });

/** The parts of a text, in order. */
export interface SplitText {
  readonly parts: readonly string[];
  /** The text had more than fits into `maxParts`; the last part ends with "…". */
  readonly isCut: boolean;
}

/**
 * Splits a text into parts of at most `limit` characters (code points): between paragraphs, lines, sentences or words where that is
 * possible, never within a grapheme that fits into a part. Only blanks at the places of the split are lost; a blank text has no parts.
 * `last` is the limit of the last part where that is a smaller one, because it carries buttons. What is left after `maxParts` is cut.
 */
export function splitText(text: string, limit: number, { last = limit, maxParts = Number.POSITIVE_INFINITY } = {}): SplitText {
  const whole = text.trim();
  const end = partsOf(whole, Math.min(last, limit)).at(-1);
  if (end === undefined) return { parts: [], isCut: false };
  const before = partsOf(whole.slice(0, -end.length).trimEnd(), limit);
  const cut = before[maxParts - 1];
  if (cut === undefined) return { parts: [...before, end], isCut: false };
  return { parts: [...before.slice(0, maxParts - 1), cutText(`${cut}…`, last)], isCut: true };
}

function partsOf(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (isLonger(rest, limit)) {
    const end = endOfPart(rest, limit);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).replace(LEADING_BLANKS, '');
  }
  return rest === '' ? parts : [...parts, rest];
}

function endOfPart(text: string, limit: number): number {
  const room = startOf(text, limit);
  // One grapheme of more than a whole message: a letter under hundreds of marks.
  if (room === '') return [...text.slice(0, 2 * limit)].slice(0, limit).join('').length;
  // A blank just behind the room ends a word as well as one within it.
  const seen = text.slice(0, room.length + 1);
  for (const pattern of BREAKS) {
    const end = Math.max(0, ...[...seen.matchAll(pattern)].map((found) => found.index + found[0].trimEnd().length));
    if (end > room.length / 2 && end <= room.length) return end;
  }
  // Scripts without blanks: the word that the part would end in, seen with what follows it.
  const word = words.segment(text.slice(0, room.length + LONGEST_WORD)).containing(room.length)?.index ?? 0;
  // A dictionary may end a word within a syllable of Hangul.
  const isWhole = startOf(text, lengthOf(text.slice(0, word))).length === word;
  return isWhole && word > room.length / 2 ? word : room.length;
}
