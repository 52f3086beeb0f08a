import type { NodeScope } from '../contract/index.js';
import { type ReadNumber, readNumber, readPlainNumber } from '../text/read-number.js';

/** How a text becomes a value: a number in the way that its writer writes numbers, a date without an offset in the zone. */
export interface Reading {
  readonly timeZone: string;
  readonly number: (text: string) => number | undefined;
}

/** What a person has typed, and in which languages; a NodeScope with its contact knows all of it. */
export interface Typed extends Pick<NodeScope<unknown>, 'timeZone' | 'locale' | 'warn'> {
  readonly contact?: { readonly language?: string } | undefined;
}

/** Reads what stands in a flow file: with the point alone, `1.000` is one. */
export function asWritten(timeZone: string): Reading {
  return { timeZone, number: (text) => readPlainNumber(text)?.value };
}

/** Reads what people type: `1.000` by the contact's language, else the flow's, else as in English with a warning. */
export function asTyped(typed: Typed): Reading {
  const { timeZone, locale, contact } = typed;
  const told = (text: string, { value, ambiguous, inexact }: ReadNumber) => {
    if (ambiguous)
      typed.warn(
        'number/ambiguous',
        `"${text}" was read as ${value}, as in English: neither the contact's language nor the flow's locale is known`,
      );
    if (inexact) typed.warn('number/inexact', `"${text}" has more digits than a number can keep: it became ${value}; use the type text`);
    return value;
  };
  return {
    timeZone,
    number(text) {
      const read = readNumber(text, { language: contact?.language, locale });
      return read && told(text.trim(), read);
    },
  };
}
