import { OTHER_FILTERS } from '../../params/other-names.js';
import { FILTERS } from '../../template/filter-list.js';
import type { TemplateRead } from '../../template/template-read.js';
import { meantAmong } from '../../text/meant-name.js';
import type { ReadField } from '../check/reading.js';
import type { HeldField } from '../held-fields.js';
import { code, inCode, typographicQuote, withStraightQuotes } from './template-code.js';

type Text = Pick<HeldField, 'holds' | 'pointer' | 'value'>;
type Read = (field: HeldField) => ReadField;

/** A text without its mistake, and the hint that says what was changed. */
export interface MendedText {
  readonly text: string;
  readonly hint: string;
}

/** Returns a template or an expression without its mistake, if there is one sensible way to write it. What it returns has been read. */
export function mendText(field: Text, mistake: string, read: Read): MendedText | undefined {
  const candidates = isExpression(field)
    ? [straight(field), withoutBraces(field.value)]
    : [straight(field), withFilter(field.value, mistake), closed(field.value), inLiquid(field.value)];
  return candidates.find(
    (one) => one !== undefined && one.text !== field.value && read({ ...field, value: one.text }).mistake === undefined,
  );
}

/** Returns the first typographic quotation mark in the code of a template or an expression. */
export function typographicQuoteIn(field: Text): string | undefined {
  let found: string | undefined;
  changed(field, (part) => {
    found ??= typographicQuote(part);
    return part;
  });
  return found;
}

/** Returns a text with straight quotation marks in the place of typographic ones, if it can be read then. */
export function mendQuotes(field: Text, read: Read): MendedText | undefined {
  const mended = straight(field);
  return mended && mended.text !== field.value && read({ ...field, value: mended.text }).mistake === undefined ? mended : undefined;
}

function straight(field: Text): MendedText {
  return { text: changed(field, withStraightQuotes), hint: 'Write straight quotation marks: " or \'.' };
}

/** Changes the code of a template or an expression. */
function changed(field: Text, change: (part: string) => string): string {
  return isExpression(field) ? code(field.value, change) : inCode(field.value, change);
}

/**
 * Returns a text that reads another name in the place of one: the step of `path` at `index`. Undefined if it cannot be written without
 * changing what else the text reads.
 */
export function withStep(field: Text, { path, index, to }: RenamedStep, read: Read): string | undefined {
  const from = path[index];
  if (typeof from !== 'string') return undefined;
  const rename = (part: string) =>
    part.replace(/[A-Za-z_][\w-]*/g, (word, at: number) => (word === from && (part.charAt(at - 1) === '.') === index > 0 ? to : word));
  const text = changed(field, rename);
  const before = read({ ...field, value: field.value }).reads;
  const after = read({ ...field, value: text });
  const begins = (one: TemplateRead) => path.slice(0, index + 1).every((step, i) => one.path[i] === step);
  const wanted = before.map((one) => (begins(one) ? { ...one, path: one.path.map((step, i) => (i === index ? to : step)) } : one));
  return after.mistake === undefined && JSON.stringify(after.reads) === JSON.stringify(wanted) ? text : undefined;
}

interface RenamedStep {
  readonly path: TemplateRead['path'];
  readonly index: number;
  readonly to: string;
}

/** Returns whether a field holds code as a whole, without braces. */
export function isExpression({ holds }: Pick<Text, 'holds'>): boolean {
  return holds === 'expression' || holds === 'result';
}

/** Expressions stand without braces, and without the sign for the root of JSONPath. */
function withoutBraces(value: string): MendedText | undefined {
  const [, inner] = /^\{\{-?([^{}]*?)-?\}\}$/.exec(value.trim()) ?? [];
  const text = (inner ?? value).trim().replace(/^\$\./, '');
  return { text, hint: `Write it without ${inner === undefined ? '"$."' : 'braces'}: ${text}` };
}

const FILTER_NAMES = FILTERS.map(({ name }) => name);

function withFilter(value: string, mistake: string): MendedText | undefined {
  const [, unknown] = /^undefined filter: (\w+)/.exec(mistake) ?? [];
  const name = unknown === undefined ? undefined : meantAmong(FILTER_NAMES, OTHER_FILTERS)(unknown);
  if (name === undefined) return undefined;
  const text = inCode(value, (part) =>
    part.replace(/(\|\s{0,9})(\w+)/g, (whole, bar: string, word: string) => (word === unknown ? bar + name : whole)),
  );
  return { text, hint: `There is no filter "${unknown}". Did you mean "${name}"?` };
}

/** An expression at the beginning of a text: a path, and filters with their arguments. */
const PATH = /^\{\{-?\s{0,9}[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[\d{1,4}\])*/;
const FILTER = /^\s{0,9}\|\s{0,9}\w+(?:\s{0,9}:\s{0,9}(?:"[^"{}]*"|'[^'{}]*'|[\w.]+)(?:\s{0,9},\s{0,9}(?:"[^"{}]*"|'[^'{}]*'|[\w.]+))*)?/;

/** Closes expressions whose braces are missing, or of which one is missing. */
function closed(value: string): MendedText | undefined {
  let [text, hint] = ['', ''];
  for (const [i, part] of value.split('{{').entries()) {
    const written = i === 0 ? part : `{{${part}`;
    const end = i === 0 || part.includes('}}') ? undefined : endOf(written);
    if (end === undefined) text += written;
    else {
      const expression = `${written.slice(0, end).trimEnd()} }}`;
      text += expression + written.slice(end).replace(/^\s?\}/, '');
      hint = `Close the expression: ${expression.slice(0, 80)}`;
    }
  }
  return hint === '' ? undefined : { text, hint };
}

function endOf(text: string): number | undefined {
  const [path] = PATH.exec(text) ?? [];
  if (path === undefined) return undefined;
  let end = path.length;
  for (let found = FILTER.exec(text.slice(end)); found; found = FILTER.exec(text.slice(end))) end += found[0].length;
  return end;
}

/** What other languages of templates write, in Liquid: `a || "b"`, `default("b")`, `default "b"`, `&&`, `===`. */
function inLiquid(value: string): MendedText {
  const text = inCode(value, (part, isTag) => {
    const compared = part.replaceAll('===', '==').replaceAll('!==', '!=');
    const joined = isTag ? compared.replaceAll('&&', 'and').replaceAll('||', 'or') : compared.replace(/\s?(?:\|\||\?\?)/g, ' | default:');
    return joined
      .replace(/(\|\s{0,9}\w+)\(\s{0,9}/g, '$1: ')
      .replaceAll(')', '')
      .replace(/(\|\s{0,9}[a-z_]+)\s{1,9}$/, '$1: ');
  });
  return { text, hint: `Write it as in Liquid: ${text.length > 120 ? `${text.slice(0, 120)}…` : text}` };
}
