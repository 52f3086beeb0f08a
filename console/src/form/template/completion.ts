import type { FormContext, KnownVariable } from '../form-context.js';
import { templateAt } from './template-ranges.js';

/** What a list of completions offers. */
export interface Completion {
  readonly label: string;
  /** Grey beside it: the type, and where the value comes from. */
  readonly detail: string;
  readonly sentence?: string;
  /** What is written; without it the label. */
  readonly written: string;
}

/** Completions for a position of a text: they replace what stands between `from` and `to`. */
export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

/** How a text is read: words with templates in braces, or an expression as a whole. */
export type Language = 'template' | 'expression';

type Known = Pick<FormContext, 'variables' | 'filters'>;

/**
 * Returns what may stand at a position: variables after `{{`, members after a dot, filters after a bar. Undefined where plain words stand,
 * and inside of quoted words.
 *
 * @example completionsAt('Hi {{ na', { position: 8, language: 'template' }, known)
 */
export function completionsAt(
  text: string,
  { position, language }: { readonly position: number; readonly language: Language },
  known: Known,
): Completions | undefined {
  const range = language === 'expression' ? { from: -2, to: text.length, kind: 'output', isClosed: true } : templateAt(text, position);
  if (!range) return undefined;
  const before = text.slice(range.from + 2, position);
  if (isInQuotes(before)) return undefined;
  const word = /[\w.]*$/.exec(before)?.[0] ?? '';
  const rest = /^\w*/.exec(text.slice(position))?.[0] ?? '';
  const to = position + rest.length;
  const isFilter = /\|\s*\w*$/.test(before);
  if (isFilter) return { from: position - (word.split('.').at(-1) ?? '').length, to, options: known.filters.map(filterOption) };
  // After a value that has ended there is nothing to name.
  if (/[\w\])"']\s+\w*$/.test(before) && !isAfterWord(before) && range.kind === 'output') return undefined;
  const close = language === 'template' && !range.isClosed ? ' }}' : '';
  const space = language === 'template' && before === word && range.kind === 'output' ? ' ' : '';
  const [path, start] = splitPath(word);
  const options =
    path === ''
      ? known.variables.flatMap((one) => [variableOption(one, space, close), ...memberOptions(one, `${space}${one.name}.`, close)])
      : known.variables.flatMap((one) => (one.name === path ? memberOptions(one, '', close, '') : dottedOption(one, path, close)));
  return { from: position - start.length, to, options };
}

/** Words after which another value follows. */
function isAfterWord(before: string): boolean {
  return /\b(and|or|contains|if|unless|elsif|case|when|assign|in|not)\s+[\w.]*$/.test(before) || /[=<>!,:]\s*[\w.]*$/.test(before);
}

function isInQuotes(before: string): boolean {
  let quote = '';
  for (const letter of before) {
    if (quote === '' && (letter === '"' || letter === "'")) quote = letter;
    else if (letter === quote) quote = '';
  }
  return quote !== '';
}

function splitPath(word: string): readonly [path: string, start: string] {
  const dot = word.lastIndexOf('.');
  return dot < 0 ? ['', word] : [word.slice(0, dot), word.slice(dot + 1)];
}

function variableOption(
  { name, type = '', typeTitle = type, origin = '', sentence, members }: KnownVariable,
  space: string,
  close: string,
): Completion {
  // An object is only on the way to one of its members.
  const end = members && members.length > 0 ? '' : close;
  return {
    label: name,
    detail: [typeTitle, origin].filter((one) => one !== '').join(' · '),
    ...(sentence ? { sentence } : {}),
    written: `${space}${name}${end}`,
  };
}

/** A member that is listed by its whole name: `contact.name` after `contact.`. */
function dottedOption({ name, ...rest }: KnownVariable, path: string, close: string): readonly Completion[] {
  return name.startsWith(`${path}.`) ? [variableOption({ ...rest, name: name.slice(path.length + 1) }, '', close)] : [];
}

function memberOptions(
  { name, members = [], origin = '', sentence }: KnownVariable,
  before: string,
  close: string,
  prefix = `${name}.`,
): readonly Completion[] {
  return members.map((member) => ({
    label: `${prefix}${member}`,
    detail: origin,
    ...(sentence ? { sentence } : {}),
    written: `${before}${member}${close}`,
  }));
}

function filterOption({ name, sentence, example }: FormContext['filters'][number]): Completion {
  return { label: name, detail: example ?? '', ...(sentence ? { sentence } : {}), written: name };
}
