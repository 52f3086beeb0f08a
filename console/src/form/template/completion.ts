import { type Shape, type ShapeStep, shapeAfter, typeOfShape } from '../../../../src/contract/shape.js';
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

type Known = Pick<FormContext, 'variables' | 'filters' | 'typeTitles'>;

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
  const word = /[\w.[\]]*$/.exec(before)?.[0] ?? '';
  const rest = /^\w*/.exec(text.slice(position))?.[0] ?? '';
  const to = position + rest.length;
  const isFilter = /\|\s*\w*$/.test(before);
  if (isFilter) return { from: position - (word.split('.').at(-1) ?? '').length, to, options: known.filters.map(filterOption) };
  // After a value that has ended there is nothing to name.
  if (/[\w\])"']\s+\w*$/.test(before) && !isAfterWord(before) && range.kind === 'output') return undefined;
  const close = language === 'template' && !range.isClosed ? ' }}' : '';
  const space = language === 'template' && before === word && range.kind === 'output' ? ' ' : '';
  const [path, start] = splitPath(word);
  const options = path === '' ? known.variables.map((one) => variableOption(one, space, close)) : membersAt(path, { close, known });
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
  { name, type = '', typeTitle = type, origin = '', sentence, shape }: KnownVariable,
  space: string,
  close: string,
): Completion {
  // An object is only on the way to one of its members.
  const end = shape !== undefined && membersOf(shape).length > 0 ? '' : close;
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

/** The members of the value that a path leads to: those that are listed by their whole names, and those of its shape. */
function membersAt(path: string, { close, known }: { readonly close: string; readonly known: Known }): readonly Completion[] {
  const listed = known.variables.flatMap((one) => dottedOption(one, path, close));
  const names = new Set(listed.map(({ label }) => label));
  const shape = shapeAt(path, known);
  const others = shape === undefined ? [] : membersOf(shape).filter(([name]) => !names.has(name));
  return [
    ...listed,
    ...others.map(([label, of]) => {
      const type = typeOfShape(of) ?? '';
      return { label, detail: known.typeTitles?.[type] ?? type, written: membersOf(of).length > 0 ? label : `${label}${close}` };
    }),
  ];
}

/** Returns the shape of the value that a path such as `order.items[0]` leads to. */
function shapeAt(path: string, { variables }: Known): Shape | undefined {
  const [root = '', ...steps] = path.split(/[.[\]]+/).filter((one) => one !== '');
  const from = variables.find(({ name }) => name === root)?.shape;
  return steps
    .map((step): ShapeStep => (/^\d+$/.test(step) ? Number(step) : step))
    .reduce<Shape | undefined>((shape, step) => shape && shapeAfter(shape, step), from);
}

/** Returns the members that templates can read of a value: those of an object, and the ends and the length of a list. */
function membersOf(shape: Shape): readonly (readonly [name: string, shape: Shape])[] {
  if (typeof shape === 'object' && 'members' in shape) return Object.entries(shape.members);
  if (typeOfShape(shape) !== 'list') return [];
  return ['size', 'first', 'last'].map((name) => [name, shapeAfter(shape, name) ?? 'any']);
}

function filterOption({ name, sentence, example }: FormContext['filters'][number]): Completion {
  return { label: name, detail: example ?? '', ...(sentence ? { sentence } : {}), written: name };
}
