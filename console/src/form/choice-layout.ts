import { choicesShown } from '../../../src/contract/choices-shown.js';
import type { Field } from '../../../src/contract/form.js';
import { isObject } from '../../../src/contract/json/json-members.js';
import type { Json, JsonObject } from '../../../src/contract/json.js';
import { PLATFORMS } from '../look/platforms.js';
import type { KnownAdapter } from './form-context.js';
import { templateRanges } from './template/template-ranges.js';

/** How a provider shows the choices of a message. */
export interface Layout {
  readonly title: string;
  readonly shown: 'buttons' | 'list' | 'text' | 'keyboard';
}

/**
 * Returns the providers that a message is for: those that can show each kind of message that the field offers. A field that offers kinds of
 * different platforms is for any of them; then those remain that can show the chosen kind.
 */
export function adaptersFor(field: Field, type: Json | undefined, adapters: readonly KnownAdapter[]): readonly KnownAdapter[] {
  const kinds = (field.variants?.cases ?? []).map(({ value }) => value);
  const showing = (wanted: readonly (Json | undefined)[]) =>
    adapters.filter(({ limits }) => !limits.shows || wanted.every((one) => (limits.shows as readonly Json[]).includes(one ?? '')));
  const all = showing(kinds);
  return all.length > 0 ? all : showing([type]);
}

/** Returns how each provider shows the choices of a message, as the host will lay them out. */
export function layoutsOf(message: JsonObject, adapters: readonly KnownAdapter[]): readonly Layout[] {
  const choices = choicesIn(message);
  if (choices.length === 0) return [];
  return adapters.map((adapter) => ({ title: nameOf(adapter, adapters), shown: layoutOf(message, adapter) }));
}

/** The platform, which is what people know; the provider where two have the same platform. */
function nameOf({ platform, title }: KnownAdapter, adapters: readonly KnownAdapter[]): string {
  return adapters.filter((one) => one.platform === platform).length === 1 ? PLATFORMS[platform].title : title;
}

function layoutOf(message: JsonObject, { limits, replacesButtons }: KnownAdapter): Layout['shown'] {
  const shown = shownBy(message, limits);
  return shown === 'text' || !replacesButtons ? shown : 'keyboard';
}

function shownBy(message: JsonObject, limits: KnownAdapter['limits']) {
  const { choicesAs } = message;
  const wanted = choicesAs === 'buttons' || choicesAs === 'list' || choicesAs === 'text' ? choicesAs : 'auto';
  return choicesShown({ choices: choicesIn(message), choicesAs: wanted }, limits);
}

function choicesIn({ choices }: JsonObject): readonly { readonly description?: string }[] {
  if (!Array.isArray(choices)) return [];
  return choices.map((one: Json) => {
    const description = isObject(one) ? one['description'] : undefined;
    return typeof description === 'string' ? { description } : {};
  });
}

/** The tightest limit of a text, and whose it is. */
export interface Limit {
  readonly limit: number;
  readonly by: string;
}

/**
 * Returns the tightest limit that a text of a message has on these providers, as the host's check knows it.
 *
 * @param pointer - to the text, from the message: `/footer`, `/choices/0/title`
 */
export function limitAt(pointer: string, message: JsonObject, adapters: readonly KnownAdapter[]): Limit | undefined {
  const limits = adapters.flatMap((adapter) => {
    const limit = limitOf(pointer, message, adapter.limits);
    return limit === undefined ? [] : [{ limit, by: nameOf(adapter, adapters) }];
  });
  return limits.sort((a, b) => a.limit - b.limit)[0];
}

type Limits = KnownAdapter['limits'];

function limitOf(pointer: string, message: JsonObject, limits: Limits): number | undefined {
  const shown = choicesIn(message).length > 0 ? shownBy(message, limits) : undefined;
  const [, card] = /^\/cards\/\d+(\/.*)$/.exec(pointer) ?? [];
  if (card === '/text') return limits.carousel?.cardText ?? limits.caption;
  if (pointer === '/text') return bodyLimit(message, shown, limits);
  if ((card ?? pointer) === '/button') return limits.link.button;
  const [, member] = /^\/choices\/\d+\/(title|description)$/.exec(card ?? pointer) ?? [];
  if (member) return choiceLimit(member as 'title' | 'description', card ? 'buttons' : shown, limits);
  if (shown === undefined) return undefined;
  if (pointer === '/listButton') return shown === 'list' ? limits.list.button : undefined;
  return pointer === '/header' || pointer === '/footer' ? limits[pointer.slice(1) as 'header' | 'footer'] : undefined;
}

function choiceLimit(member: 'title' | 'description', shown: ReturnType<typeof shownBy> | undefined, limits: Limits): number | undefined {
  return shown === undefined || shown === 'text' ? undefined : limits[shown][member];
}

function bodyLimit({ type }: JsonObject, shown: ReturnType<typeof shownBy> | undefined, limits: Limits): number {
  if (type === 'link') return limits.link.text;
  if (type === 'carousel') return limits.carousel?.text ?? limits.text;
  if (shown === undefined) return type === 'text' ? limits.text : limits.caption;
  if (shown === 'text') return limits.text;
  return (shown === 'list' ? limits.list.body : undefined) ?? limits.bodyWithChoices;
}

/**
 * Returns how many characters (code points) a text may still grow; negative if it is too long. Undefined if a template decides how long it
 * will be.
 */
export function charactersLeft(text: Json | undefined, limit: number): number | undefined {
  if (typeof text !== 'string' || templateRanges(text).length > 0) return undefined;
  return limit - [...text].length;
}
