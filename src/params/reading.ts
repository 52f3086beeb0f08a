import type { NodeScope } from '../contract/index.js';
import { readPlainNumber, readTypedNumber, type TypedNumber } from '../text/read-number.js';

/** How texts are read as values: numbers in the notation of their writer, dates without an offset in a time zone. */
export interface Reading {
  readonly timeZone: string;
  /** Returns the number that a text is, undefined if it is not a number. */
  readonly number: (text: string) => number | undefined;
}

/** What reading the texts of a person depends on. A `NodeScope` has all of it. */
export interface Typed extends Pick<NodeScope<unknown>, 'timeZone' | 'locale' | 'warn'> {
  readonly contact?: { readonly language?: string } | undefined;
}

/** Returns how texts of a flow file are read: the decimal separator is a point, so `1.000` is one. */
export function asWritten(timeZone: string): Reading {
  return { timeZone, number: (text) => readPlainNumber(text)?.value };
}

/** Returns how texts that people type are read: `1.000` by the contact's language, else the flow's, else as in English with a warning. */
export function asTyped(typed: Typed): Reading {
  const { timeZone, locale, contact } = typed;
  return {
    timeZone,
    number(text) {
      const read = readTypedNumber(text, { language: contact?.language, locale });
      return read && valueOfTyped(text.trim(), read, typed);
    },
  };
}

/** Returns the value of a number that was found in a text, with a warning if it may mean another one. */
export function valueOfTyped(text: string, { value, ambiguous, inexact }: TypedNumber, typed: Pick<Typed, 'warn'>): number {
  if (ambiguous)
    typed.warn(
      'number/ambiguous',
      `"${text}" was read as ${value}, as in English: neither the contact's language nor the flow's locale is known`,
    );
  if (inexact) typed.warn('number/inexact', `"${text}" has more digits than a number can hold: it became ${value}. Use the type text`);
  return value;
}
