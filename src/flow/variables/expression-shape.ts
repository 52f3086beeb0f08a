import { itemsOf, joinShapes, type Shape, shapeAfter, typeOfShape } from '../../contract/index.js';
import type { TemplateRead } from '../../template/template-read.js';

/** Filters that calculate with their value. */
export const ARITHMETIC: ReadonlySet<string> = new Set([
  ...['plus', 'minus', 'times', 'divided_by', 'modulo', 'round', 'ceil', 'floor', 'abs', 'at_least', 'at_most'],
]);
const NUMBERS: ReadonlySet<string> = new Set([...ARITHMETIC, 'size', 'number_of_words', 'sum', 'find_index', 'to_integer']);
const TEXTS: ReadonlySet<string> = new Set([
  ...['json', 'jsonify', 'inspect', 'capitalize', 'upcase', 'downcase', 'truncate', 'append', 'prepend', 'replace', 'remove', 'strip'],
  ...['join', 'array_to_sentence_string', 'date', 'slugify', 'url_encode', 'escape', 'squish'],
]);
/** Filters that leave out or order members of a list. */
const KEEPING: ReadonlySet<string> = new Set(['where', 'reject', 'sort', 'sort_natural', 'reverse', 'uniq', 'compact']);

/** Returns the shape of what is read of a value, its filters included; undefined if the path leads to nothing. */
export function shapeOfRead(from: Shape, { path: [, ...steps], filters }: Pick<TemplateRead, 'path' | 'filters'>): Shape | undefined {
  const found = steps.reduce<Shape | undefined>((shape, step) => shape && shapeAfter(shape, step), from);
  return found && filters.reduce(filtered, found);
}

function filtered(shape: Shape, filter: string): Shape {
  if (NUMBERS.has(filter)) return 'number';
  if (TEXTS.has(filter)) return 'text';
  if (filter === 'split') return { items: 'text' };
  const isList = typeOfShape(shape) === 'list';
  if (isList && KEEPING.has(filter)) return shape;
  if (isList && (filter === 'first' || filter === 'last' || filter === 'find')) return itemsOf(shape);
  if (isList && filter === 'concat') return joinShapes(shape, 'list');
  return 'any';
}
