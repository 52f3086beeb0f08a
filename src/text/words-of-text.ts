import { seenBy } from './seen-by.js';

interface Word {
  readonly text: string;
  /** Where the word ends, in characters. */
  readonly end: number;
}

/** Returns the words of a text without punctuation, by the words of a dictionary in scripts without spaces. */
export function wordsOfText(text: string): readonly string[] {
  return words(text).map((word) => word.text);
}

/** Returns what comes after the first word of a text, without the spaces and signs between. */
export function afterFirstWord(text: string): string {
  const [first] = words(text);
  return first ? text.slice(first.end).replace(/^[\s\p{P}]+/u, '') : '';
}

/** Makes the first letter of each word large and the others small. */
export function inTitleCase(text: string): string {
  return text.replace(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu, (word) => {
    const [first = ''] = word;
    return first.toUpperCase() + word.slice(first.length).toLowerCase();
  });
}

function words(text: string): readonly Word[] {
  const segments = [...new Intl.Segmenter('en', { granularity: 'word' }).segment(seenBy(text))];
  return segments.flatMap(({ segment, index, isWordLike }) => (isWordLike ? [{ text: segment, end: index + segment.length }] : []));
}
