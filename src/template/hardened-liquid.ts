import { Liquid } from 'liquidjs/dist/liquid.node.mjs';
import { boundFilters, fillContextOf } from './bound-filters.js';
import { BOUNDED_OPERATORS } from './bound-operators.js';
import { boundTags } from './bound-tags.js';
import { DATE_CALCULATIONS, registerDateFilters } from './date-filters.js';
import { registerFilters } from './filter-table.js';
import { FORMAT_FILTERS } from './format-filters.js';
import { registerNumberFilters, SEVERAL_NUMBERS } from './number-filters.js';
import { READING_FILTERS } from './reading-filters.js';
import { TEXT_FILTERS } from './text-filters.js';
import { registerWordFilters } from './word-filters.js';
import { wordsEmitter } from './words-emitter.js';

/** The maximum length of a template, in characters. Parsing takes some microseconds for each, and no platform shows a longer text. */
export const MAX_TEMPLATE_LENGTH = 20_000;

/** Tags that read files or other templates. */
const FORBIDDEN = ['include', 'render', 'layout', 'block'] as const;

/** The maximum of characters and list items that one template makes, its text included. */
export const MAX_OUTPUT = 250_000;
/** The maximum of tags and outputs in one template, lines of a `liquid` tag included: each may be nested in the one before. */
export const MAX_TAGS = 1_000;
/** The maximum of names in the tags of one template: to find the position of each, Liquid goes through the whole text. */
const MAX_NAMES = 2_000;

/**
 * Creates a Liquid that is safe for templates of strangers: no files, own properties only, bounded in steps and size. It keeps nothing
 * between two templates: time, randomness and steps are in the `FillContext`. https://liquidjs.com/tutorials/dos.html
 */
export function createHardenedLiquid(): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    jsTruthy: false,
    parseLimit: MAX_TEMPLATE_LENGTH,
    memoryLimit: MAX_OUTPUT,
    templates: {},
    relativeReference: false,
    operators: BOUNDED_OPERATORS,
    // Our filters use neither; without them Liquid would ask the machine.
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
  registerFilters(liquid, { ...READING_FILTERS, ...TEXT_FILTERS, ...DATE_CALCULATIONS, ...SEVERAL_NUMBERS, ...FORMAT_FILTERS });
  liquid.registerFilter('sample', function (value: unknown, count: unknown = 1) {
    return sample(value, Number(count), fillContextOf(this.context).scope.random);
  });
  boundFilters(liquid);
  return liquid;
}

/** Refuses templates with too many tags or names. Liquid parses nested tags by recursion; a stack overflow would take it seconds to report. */
function boundSource(liquid: Liquid): void {
  const parse = liquid.parse.bind(liquid);
  liquid.parse = (source, file) => {
    const lines = /\{%-?\s*liquid\b/.test(source) ? source.split('\n').length : 0;
    const tags = source.split(/\{[{%]/);
    if (tags.length + lines > MAX_TAGS) throw new Error(`more than ${MAX_TAGS} tags in one template`);
    if (tags.slice(1).reduce((sum, tag) => sum + namesIn(tag), 0) > MAX_NAMES)
      throw new Error(`more than ${MAX_NAMES} names in the tags of one template`);
    return parse(source, file);
  };
}

/** Counts the names in a tag, outside of quotes. The text after the tag does not count. */
function namesIn(tag: string): number {
  const inside = tag.split(/[%}]\}/, 1)[0] ?? '';
  return inside.replace(/"[^"]*"|'[^']*'/g, '').match(/[\p{L}_][\p{L}\p{N}_-]*/gu)?.length ?? 0;
}

/** Counts the text that a template and its captures produce; Liquid counts only what filters make. */
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
