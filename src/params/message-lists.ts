import type { CarouselCard, Choice, Json, JsonObject, NodeScope } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';
import { jsonSize } from '../contract/json/json-size.js';
import { cutText } from '../text/cut-text.js';
import { fillTexts } from './fill-texts.js';

// Choices and cards that are made from a list in a variable: `{ "from": "slots", "title": "{{ item.name }}" }`.

/** How many choices and cards a list gives unless the author sets `max`. */
export const MAX_LISTED = { choices: 30, cards: 10 } as const;
/** Characters of all choices of one message as JSON: the run keeps them until the person has answered. */
const MAX_SIZE = 24_000;

/** Characters of a title or a description, and of an id. */
const MAX_WORDS = 250;
const MAX_ID = 1_000;

type Scope = NodeScope<unknown>;

/** Choices as an author writes them for a list; `item` is the member in their templates. */
export interface ListedChoices {
  readonly from: string;
  readonly title: string;
  /** The title by default. */
  readonly id?: string;
  readonly description?: string;
  readonly max?: number;
}

/** Returns whether choices or cards come from a list in a variable. */
export function isListed(value: Json | undefined): value is JsonObject & { readonly from: string } {
  return isObject(value) && typeof value['from'] === 'string';
}

/**
 * Returns the choices that a list gives. Members without a title are left out, an empty id becomes the title, and ids and titles that are
 * there already are made different; a member with the id and the title of another one is left out. What is left out or changed gives a
 * warning, and so does a list without choices.
 */
export function choicesOfList(listed: ListedChoices, scope: Scope): readonly Choice[] {
  const { from, max = MAX_LISTED.choices } = listed;
  const members = membersOf(from, scope);
  const filled = members.flatMap((item) => choiceOf(listed, item, scope) ?? []);
  if (filled.length < members.length) warnLeftOut(scope, from, `${members.length - filled.length} of its members have no title`);
  const choices = withinSize(apart(filled, from, scope).slice(0, max));
  if (choices.length < filled.length)
    warnLeftOut(scope, from, `it has ${filled.length} choices, of which the first ${choices.length} are shown`);
  if (choices.length === 0) scope.warn('send/no-choices', `the list "${from}" gives no choices`);
  return choices;
}

/** Returns the cards that a list gives. Members without a text, or whose addresses come out wrong, are left out with a warning. */
export function cardsOfList({ from, card, max }: { readonly from: string } & JsonObject, scope: Scope): readonly CarouselCard[] {
  const members = membersOf(from, scope);
  const filled = members.flatMap((item): readonly CarouselCard[] => {
    const made = isObject(card) ? fillTexts(card, scope, { item }) : undefined;
    const isWhole = typeof made?.['text'] === 'string' && made['text'].trim() !== '' && made['imageUrl'] !== '';
    // The schema of the params has the form of a card, and only texts were filled.
    return isWhole ? [made as unknown as CarouselCard] : [];
  });
  if (filled.length < members.length) warnLeftOut(scope, from, `${members.length - filled.length} of its members give no card`);
  if (filled.length === 0) scope.warn('send/no-choices', `the list "${from}" gives no cards`);
  return filled.slice(0, typeof max === 'number' ? max : MAX_LISTED.cards);
}

function membersOf(from: string, scope: Scope): readonly Json[] {
  const value = scope.expression(from);
  if (Array.isArray(value)) return value as readonly Json[];
  scope.warn('send/not-a-list', `"${from}" is not a list`);
  return [];
}

function warnLeftOut(scope: Scope, from: string, why: string): void {
  scope.warn('send/list-cut', `the list "${from}" is not shown as a whole: ${why}`);
}

function choiceOf({ title, id = '', description = '' }: ListedChoices, item: Json, scope: Scope): Choice | undefined {
  const words = (template: string) => scope.text(template, { item }).replace(/\s+/g, ' ').trim();
  const shown = cutText(words(title), MAX_WORDS);
  if (shown === '') return undefined;
  const below = cutText(words(description), MAX_WORDS);
  return { id: cutText(words(id), MAX_ID) || shown, title: shown, ...(below === '' ? {} : { description: below }) };
}

/** Leaves out choices that are there already, and makes equal ids and equal titles different: "Anna", "Anna 2". */
function apart(choices: readonly Choice[], from: string, scope: Scope): readonly Choice[] {
  const seen = new Set<string>();
  const unique = choices.filter(({ id, title }) => {
    const key = JSON.stringify([id, title]);
    return !seen.has(key) && seen.add(key);
  });
  const ids = numbered(unique.map(({ id }) => id));
  const titles = numbered(unique.map(({ title }) => title));
  const changed = unique.filter(({ id }, i) => id !== ids[i]).length;
  if (unique.length < choices.length || changed > 0)
    scope.warn(
      'send/equal-choices',
      `in the list "${from}", ${choices.length - unique.length} choices that were there already are left out, and ${changed} ids are made different`,
    );
  return unique.map((choice, i) => ({ ...choice, id: ids[i] ?? choice.id, title: titles[i] ?? choice.title }));
}

/** Returns the texts with a number behind those that were there already. */
function numbered(texts: readonly string[]): readonly string[] {
  const taken = new Set(texts);
  const seen = new Set<string>();
  return texts.map((text) => {
    let made = text;
    for (let n = 2; seen.has(made) || (made !== text && taken.has(made)); n += 1) made = `${text} ${n}`;
    seen.add(made);
    return made;
  });
}

/** Returns as many of the choices, from the first on, as the record of a run has room for. */
function withinSize(choices: readonly Choice[]): readonly Choice[] {
  let size = 0;
  const end = choices.findIndex((choice) => {
    size += jsonSize(choice as unknown as Json);
    return size > MAX_SIZE;
  });
  return end < 0 ? choices : choices.slice(0, end);
}
