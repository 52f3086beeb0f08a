import { toValue } from 'liquidjs/dist/liquid.node.mjs';
import { wordsOfMessage } from '../text/message-words.js';
import type { FillContext } from './fill-context.js';
import type { TemplateScope } from './scope.js';
import { weightOf } from './steps.js';

/** Objects that every template can use. Templates read their members; they have few words of their own. */
const GIVEN = ['contact', 'channel', 'link', 'lastMessage'] as const;

/**
 * Returns a value as a template shows it. What a person sent is shown by its words: the caption, the file name, the name of a place.
 * Without any it is empty, with the warning `template/no-words`. Objects and lists that a flow has saved are shown as JSON.
 */
export function wordsOf(value: unknown, { scope, steps }: FillContext): string {
  if (typeof value === 'string') return value;
  const plain: unknown = toValue(value);
  if (plain === undefined || plain === null) return '';
  if (typeof plain !== 'object') return String(plain);
  steps.spend(weightOf(plain));
  const words = wordsOfContent(plain, scope);
  if (words === undefined) return JSON.stringify(plain);
  if (words === '') scope.warn('template/no-words', 'a value without words, such as a voice note, is shown as an empty text');
  return words;
}

/** Returns a plain value as a text: that of nothing is empty. Objects are written as JSON. */
export function plainWords(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Returns the words of what a person sent, or of an object that every template can use; undefined for values that a flow has made. */
export function wordsOfContent(value: unknown, { data, answers }: TemplateScope): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const words = wordsOfMessage(value);
  if (words !== undefined) return words;
  const given = GIVEN.find((name) => data[name] === value);
  if (given !== undefined) return given === 'contact' ? nameOf(value) : '';
  // A form can have fields of any name, so it is recognised by the variable that keeps it.
  const isAnswer = answers !== undefined && [...answers].some((name) => data[name] === value);
  return isAnswer ? '' : undefined;
}

function nameOf(contact: object): string {
  return 'name' in contact && typeof contact.name === 'string' ? contact.name : '';
}
