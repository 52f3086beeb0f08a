import { type FilterImplOptions, Liquid } from 'liquidjs';
import { boundFilters } from './bounded-filters.js';
import type { TemplateScope } from './scope.js';
import { hastenPositions } from './token-positions.js';

/** In characters: parsing costs some microseconds for each, and no platform shows a longer text. */
export const LONGEST_TEMPLATE = 20_000;
/** In milliseconds. */
export const LONGEST_RENDERING = 50;

/** Tags that reach for files or other templates: a text of a stranger has none. */
const FORBIDDEN = ['include', 'render', 'layout', 'block'] as const;

type FilterHandler = Extract<FilterImplOptions, (...args: never[]) => unknown>;

/** Filters that Liquid fills from the clock and the zone of the machine. */
const DATE_FORMATS = { date_to_xmlschema: '%Y-%m-%dT%H:%M:%S%:z', date_to_rfc822: '%a, %d %b %Y %H:%M:%S %z' } as const;

/** In characters and items that one template makes, its text among them. */
export const MOST_MADE = 250_000;
/** Tags and outputs of one template, lines of a `liquid` tag among them: each may be inside of the one before. */
const MOST_TAGS = 1_000;

/** The event that is being answered, for `date: 'now'` and `sample`. Set for the length of one synchronous call, so it cannot be mixed up. */
let moment: TemplateScope | undefined;

hastenPositions();

/** Runs `work` with the time and chance of this scope. */
export function withMoment<T>(scope: TemplateScope, work: () => T): T {
  const before = moment;
  moment = scope;
  try {
    return work();
  } finally {
    moment = before;
  }
}

/**
 * Liquid as strangers may use it: no files, own properties only, bounded; time and chance come from the event, so that a turn computed
 * again gives the same text. https://liquidjs.com/tutorials/dos.html
 */
export function createHardenedLiquid(): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    jsTruthy: false,
    parseLimit: LONGEST_TEMPLATE,
    renderLimit: LONGEST_RENDERING,
    memoryLimit: MOST_MADE,
    templates: {},
    relativeReference: false,
  });
  for (const name of FORBIDDEN) Reflect.deleteProperty(liquid.tags, name);
  boundTags(liquid);
  boundTexts(liquid);
  for (const [name, filter] of Object.entries(liquid.filters))
    if (name.endsWith('_exp') && typeof filter === 'function') liquid.registerFilter(name, inTime(filter));
  const date = liquid.filters['date'];
  if (typeof date === 'function') {
    const dated: FilterHandler = function (value: unknown, format?: string, timeZone?: string | number) {
      const isNow = value === 'now' || value === 'today';
      return date.call(this, isNow ? moment?.now : value, format, timeZone ?? moment?.timeZone);
    };
    liquid.registerFilter('date', dated);
    for (const [name, format] of Object.entries(DATE_FORMATS)) {
      liquid.registerFilter(name, function (value: unknown) {
        return dated.call(this, value, format);
      });
    }
    for (const name of ['date_to_string', 'date_to_long_string']) {
      const told = liquid.filters[name];
      if (typeof told !== 'function') continue;
      liquid.registerFilter(name, function (value: unknown, ...style: unknown[]) {
        // These know no time zone: they are given the wall's time.
        return told.call(this, dated.call(this, value, '%Y-%m-%dT%H:%M:%S'), ...style);
      });
    }
  }
  liquid.registerFilter('sample', (value: unknown, count = 1) => sample(value, Number(count)));
  boundFilters(liquid);
  return liquid;
}

/** Liquid reads and fills what is nested by recursion, and says at every level again that the stack was too small: seconds. */
function boundTags(liquid: Liquid): void {
  const parse = liquid.parse.bind(liquid);
  liquid.parse = (source, file) => {
    const lines = /\{%-?\s*liquid\b/.test(source) ? source.split('\n').length : 0;
    if (source.split(/\{[{%]/).length + lines > MOST_TAGS) throw new Error(`more than ${MOST_TAGS} tags in one template`);
    return parse(source, file);
  };
}

/** Liquid counts what filters make, but not the texts that a template and its captures come to. */
function boundTexts({ renderer }: Liquid): void {
  const render = renderer.renderTemplates.bind(renderer);
  renderer.renderTemplates = function* (templates, context, emitter) {
    const text: unknown = yield* render(templates, context, emitter);
    if (!emitter && typeof text === 'string') context.memoryLimit.use(text.length);
    return text;
  };
}

/** A filter that evaluates an expression for each item of a list: Liquid looks at the clock between tags only, not in there. */
function inTime(filter: FilterHandler): FilterHandler {
  return function* (...given) {
    const items = filter.apply(this, given) as Generator<unknown, unknown, unknown>;
    let item = items.next();
    while (!item.done) {
      this.context.renderLimit.check(performance.now());
      item = items.next(yield item.value);
    }
    return item.value;
  };
}

function sample(value: unknown, count: number): unknown {
  const left = Array.isArray(value) ? [...value] : value === undefined || value === null ? [] : [value];
  const taken: unknown[] = [];
  while (left.length > 0 && taken.length < count) taken.push(...left.splice(Math.floor((moment?.random() ?? 0) * left.length), 1));
  return count === 1 ? taken[0] : taken;
}
