import { isObject } from '../../../src/contract/json/json-members.js';
import { type Piece, piecesOf } from './pieces.js';
import type { Say } from './say.js';

/** Deeper conditions are shown as "…". */
const MAX_DEPTH = 3;

/**
 * Returns a condition in few words, for a card.
 *
 * @example
 * sayCondition({ variable: 'total', operator: 'numberGreaterThan', value: 100 }, say)   // [{ variable: 'total' }, { text: ' > 100' }]
 */
export function sayCondition(condition: unknown, say: Say, depth = 0): readonly Piece[] {
  if (!isObject(condition)) return [];
  if (depth > MAX_DEPTH) return [{ text: '…' }];
  const { all, any, not } = condition;
  if (Array.isArray(all)) return joined(all, { word: say('and'), say, depth });
  if (Array.isArray(any)) return joined(any, { word: say('or'), say, depth });
  if (isObject(not)) return [{ text: `${say('not')} ` }, ...inBrackets(not, { say, depth })];
  return sayRule(condition, say);
}

interface Joining {
  readonly say: Say;
  readonly depth: number;
}

function joined(parts: readonly unknown[], { word, say, depth }: Joining & { readonly word: string }): readonly Piece[] {
  return parts.flatMap((part, i) => [
    ...(i === 0 ? [] : [{ text: ` ${word} ` }]),
    ...(parts.length === 1 ? sayCondition(part, say, depth + 1) : inBrackets(part, { say, depth })),
  ]);
}

/** A tree within a tree stands in brackets; a rule needs none. */
function inBrackets(part: unknown, { say, depth }: Joining): readonly Piece[] {
  const pieces = sayCondition(part, say, depth + 1);
  const isTree = isObject(part) && (Array.isArray(part['all']) || Array.isArray(part['any']));
  return isTree ? [{ text: '(' }, ...pieces, { text: ')' }] : pieces;
}

function sayRule({ variable, operator, value }: Readonly<Record<string, unknown>>, say: Say): readonly Piece[] {
  const read = variable ?? (operator === 'isWithinHours' ? 'now' : '');
  const name: readonly Piece[] = typeof read === 'string' && read !== '' ? [{ variable: read }] : [{ text: '…' }];
  const words = typeof operator === 'string' ? operatorIn(operator, say) : '…';
  const compared = valuePieces(value, say);
  return [...name, { text: ` ${words}${compared.length > 0 ? ' ' : ''}` }, ...compared];
}

function valuePieces(value: unknown, say: Say): readonly Piece[] {
  if (typeof value === 'string') return piecesOf(value);
  if (typeof value === 'number' || typeof value === 'boolean') return [{ text: String(value) }];
  if (isObject(value)) return hoursPieces(value);
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, 3)
    .flatMap((one, i) => [...(i === 0 ? [] : [{ text: ', ' }]), ...(Array.isArray(one) ? [] : valuePieces(one, say))]);
}

/** Hours are shown without their days. */
function hoursPieces({ from = '00:00', to = '24:00' }: Readonly<Record<string, unknown>>): readonly Piece[] {
  return typeof from === 'string' && typeof to === 'string' ? [{ text: `${from}–${to}` }] : [];
}

function operatorIn(operator: string, say: Say): string {
  const sign = Object.hasOwn(SIGNS, operator) ? SIGNS[operator] : undefined;
  return sign ?? (Object.hasOwn(WORDS, operator) ? WORDS[operator]?.(say) : undefined) ?? operator;
}

const SIGNS: Readonly<Record<string, string>> = {
  stringEquals: '=',
  numberEquals: '=',
  dateEquals: '=',
  numberGreaterThan: '>',
  dateGreaterThan: '>',
  numberLessThan: '<',
  dateLessThan: '<',
  numberGreaterOrEqual: '≥',
  numberLessOrEqual: '≤',
};

const WORDS: Readonly<Record<string, (say: Say) => string>> = {
  stringContains: (say) => say('contains'),
  stringStartsWith: (say) => say('starts with'),
  stringEndsWith: (say) => say('ends with'),
  stringIsBlank: (say) => say('is empty'),
  stringIsNotBlank: (say) => say('is not empty'),
  stringEntireMatchesRegex: (say) => say('matches'),
  stringAnyMatchesRegex: (say) => say('has a match of'),
  stringIn: (say) => say('is one of'),
  stringHasAnyWord: (say) => say('has one of the words'),
  stringHasAllWords: (say) => say('has all of the words'),
  stringHasPhrase: (say) => say('has the words in this order'),
  stringIsPhrase: (say) => say('is these words alone'),
  numberBetween: (say) => say('is between'),
  dateBetween: (say) => say('is between'),
  exists: (say) => say('exists'),
  isTrue: (say) => say('is true'),
  isWithinHours: (say) => say('is within the hours'),
};
