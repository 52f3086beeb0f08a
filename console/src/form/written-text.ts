import type { Field } from '../../../src/contract/form.js';
import type { Json } from '../../../src/contract/json.js';

/**
 * Returns what a field of text holds after a person wrote: an optional text that was emptied is not there any more, unless an empty one
 * means something (`min` is 0). A required one stays, empty.
 */
export function writtenText({ required, min }: Pick<Field, 'required' | 'min'>, text: string): string | undefined {
  return text === '' && !required && min !== 0 ? undefined : text;
}

/** Returns a value as the words of a field of text: what is no text is shown as JSON, so that it can be mended. */
export function asWords(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
