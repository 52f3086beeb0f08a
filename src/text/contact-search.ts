import type { ContactFilter } from '../contract/contact-filter.js';
import type { Contact, Json } from '../contract/index.js';
import { fold, foldKeepingSigns } from './fold.js';
import { digitsIn, readSearch, searchFor } from './search-for.js';

/** What a store finds a contact by: a short copy of all that a filter can ask for. */
export interface ContactEntry {
  /** The name, the identities and the values of fields as folded lines; lines of fields end with the name of the field in capitals. */
  readonly text: string;
  /** There is more than `text` holds. Such a contact may fit any text and any value of a field. */
  readonly isCut: boolean;
  readonly groups: readonly string[];
}

/** A filter in the form in which entries are asked for. */
export interface EntryFilter {
  readonly group?: string | undefined;
  /** A contact with this id fits, too, in place of the texts. */
  readonly id?: string | undefined;
  /** An entry fits if it has all parts of one of these lists in its text. No list: none fits. */
  readonly anyOf: readonly (readonly string[])[];
}

/** The most characters of a text in an entry. A contact may hold 64 kB, but hardly anybody does, and entries are read by the thousand. */
const MAX_TEXT = 2_000;

export function entryOf({ name = '', identities, fields, groups }: Contact): ContactEntry {
  const lines = [
    foldKeepingSigns(name),
    ...identities.flatMap(linesOfIdentity),
    ...Object.entries(fields).flatMap(([field, value]) => wordsIn(value).map((text) => lineOfField(field, text))),
  ];
  const text = `\n${lines.filter(Boolean).join('\n')}\n`;
  const isCut = text.length > MAX_TEXT;
  return { text: isCut ? text.slice(0, MAX_TEXT) : text, isCut, groups: [...new Set(groups.map(({ group }) => group))] };
}

/** A search by digits skips what is between them, as in a user id of Viber. */
function linesOfIdentity(identity: string): readonly string[] {
  const [line, digits] = [foldKeepingSigns(identity), digitsIn(identity)];
  return line.includes(digits) ? [line] : [line, digits];
}

/** Folded texts have neither tabs nor capitals, so the name of a field is never found for a value. */
function lineOfField(field: string, value: string): string {
  return `${foldKeepingSigns(value)}\t${field.toUpperCase()}`;
}

/** Returns how entries are asked for the contacts that fit a filter. Some that do not fit may be among them. */
export function entryFilter({ text, group, fields = {} }: ContactFilter): EntryFilter {
  const values = Object.entries(fields).map(([name, value]) => `\n${lineOfField(name, value)}\n`);
  const searches = text === undefined ? [[]] : partsOf(text);
  return { group, id: text, anyOf: searches.map((parts) => [...parts, ...values]) };
}

function partsOf(text: string): readonly (readonly string[])[] {
  const { words, digits, isBlank } = readSearch(text);
  if (words.length === 0) return isBlank ? [[]] : [];
  return digits === undefined ? [words] : [words, [digits]];
}

/** Returns the test of a filter; undefined if every contact fits. */
export function contactTest({ text, group, fields = {} }: ContactFilter): ((contact: Contact) => boolean) | undefined {
  const tests = [
    ...(text === undefined ? [] : [textTest(text)]),
    ...(group === undefined ? [] : [({ groups }: Contact) => groups.some((one) => one.group === group)]),
    ...Object.entries(fields).map(([name, value]) => fieldTest(name, value)),
  ];
  return tests.length === 0 ? undefined : (contact) => tests.every((test) => test(contact));
}

function textTest(text: string): (contact: Contact) => boolean {
  const isIn = searchFor(text);
  return ({ id, name = '', identities, fields }) =>
    id === text || isIn({ texts: [name, ...Object.values(fields).flatMap(wordsIn)], phones: identities });
}

/** Compares a field as rules do: case and width do not count. */
function fieldTest(name: string, value: string): (contact: Contact) => boolean {
  const wanted = fold(value);
  return ({ fields }) => Object.hasOwn(fields, name) && wordsIn(fields[name] ?? null).some((one) => fold(one) === wanted);
}

/** Returns a value of a field as texts; a list has several. */
function wordsIn(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}
