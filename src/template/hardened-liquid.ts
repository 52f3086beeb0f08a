import { Liquid } from 'liquidjs';
import { boundFilters, fillContextOf } from './bound-filters.js';
import { BOUNDED_OPERATORS } from './bound-operators.js';
import { boundTags } from './bound-tags.js';
import { registerDateFilters } from './date-filters.js';
import { registerNumberFilters } from './number-filters.js';
import { registerWordFilters } from './word-filters.js';
import { wordsEmitter } from './words-emitter.js';

/** In characters: parsing costs some microseconds for each, and no platform shows a longer text. */
export const LONGEST_TEMPLATE = 20_000;

/** Tags that reach for files or other templates: a text of a stranger has none. */
const FORBIDDEN = ['include', 'render', 'layout', 'block'] as const;

/** In characters and items that one template makes, its text among them. */
export const MOST_MADE = 250_000;
/** Tags and outputs of one template, lines of a `liquid` tag among them: each may be inside of the one before. */
const MOST_TAGS = 1_000;
/** Names in the tags of one template: to find where each of them stands, Liquid goes through the whole text. */
const MOST_NAMES = 2_000;

/**
 * Makes a Liquid that strangers may use: no files, own properties only, bounded in steps and size. It keeps nothing of what it fills:
 * time, chance and steps are in the `FillContext`. https://liquidjs.com/tutorials/dos.html
 */
export function createHardenedLiquid(): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    jsTruthy: false,
    parseLimit: LONGEST_TEMPLATE,
    memoryLimit: MOST_MADE,
    templates: {},
    relativeReference: false,
    operators: BOUNDED_OPERATORS,
    // Never asked for, as the filters have their own; else Liquid asks the machine.
    locale: 'en',
    timezoneOffset: 0,
  });
  for (const name of FORBIDDEN) Reflect.deleteProperty(liquid.tags, name);
  boundSource(liquid);
  boundTags(liquid);
  boundTexts(liquid);
  registerDateFilters(liquid);
  registerNumberFilters(liquid);
  registerWordFilters(liquid);
  liquid.registerFilter('sample', function (value: unknown, count: unknown = 1) {
    return sample(value, Number(count), fillContextOf(this.context).scope.random);
  });
  boundFilters(liquid);
  return liquid;
}

/** Liquid reads and fills what is nested by recursion, and says at every level again that the stack was too small: seconds. */
function boundSource(liquid: Liquid): void {
  const parse = liquid.parse.bind(liquid);
  liquid.parse = (source, file) => {
    const lines = /\{%-?\s*liquid\b/.test(source) ? source.split('\n').length : 0;
    const tags = source.split(/\{[{%]/);
    if (tags.length + lines > MOST_TAGS) throw new Error(`more than ${MOST_TAGS} tags in one template`);
    if (tags.slice(1).reduce((sum, tag) => sum + namesIn(tag), 0) > MOST_NAMES)
      throw new Error(`more than ${MOST_NAMES} names in the tags of one template`);
    return parse(source, file);
  };
}

/** The words of a tag, outside of its quotes; the text behind the tag does not count. */
function namesIn(tag: string): number {
  const inside = tag.split(/[%}]\}/, 1)[0] ?? '';
  return inside.replace(/"[^"]*"|'[^']*'/g, '').match(/[\p{L}_][\p{L}\p{N}_-]*/gu)?.length ?? 0;
}

/** Liquid counts what filters make, but not the texts that a template and its captures come to. */
function boundTexts({ renderer }: Liquid): void {
  const render = renderer.renderTemplates.bind(renderer);
  renderer.renderTemplates = (templates, context, emitter) => render(templates, context, emitter ?? wordsEmitter(fillContextOf(context)));
}

function sample(value: unknown, count: number, random: () => number): unknown {
  const left = Array.isArray(value) ? [...value] : value === undefined || value === null ? [] : [value];
  const taken: unknown[] = [];
  while (left.length > 0 && taken.length < count) taken.push(...left.splice(Math.floor(random() * left.length), 1));
  return count === 1 ? taken[0] : taken;
}
