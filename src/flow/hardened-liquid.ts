import { type FilterImplOptions, Liquid } from 'liquidjs';
import { boundFilters } from './bounded-filters.js';
import type { TemplateScope } from './program.js';
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
    memoryLimit: 250_000,
    templates: {},
    relativeReference: false,
  });
  for (const name of FORBIDDEN) Reflect.deleteProperty(liquid.tags, name);
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

function sample(value: unknown, count: number): unknown {
  const left = Array.isArray(value) ? [...value] : value === undefined || value === null ? [] : [value];
  const taken: unknown[] = [];
  while (left.length > 0 && taken.length < count) taken.push(...left.splice(Math.floor((moment?.random() ?? 0) * left.length), 1));
  return count === 1 ? taken[0] : taken;
}
