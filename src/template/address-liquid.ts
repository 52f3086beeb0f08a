import { Drop, type Liquid } from 'liquidjs';
import { Filled } from './address-text.js';
import { createHardenedLiquid } from './hardened-liquid.js';

/** Filters after which a text is taken as it is, if they are the last. */
const WRITTEN: readonly string[] = ['raw', 'url_encode', 'cgi_escape'];

/** A text that one of these filters gave; other filters see the text alone. */
class Written extends Drop {
  readonly #text: unknown;

  constructor(text: unknown) {
    super();
    this.#text = text;
  }

  override valueOf(): unknown {
    return this.#text;
  }
}

/** Makes a Liquid for addresses: it tells what expressions give from what the author has written. */
export function createAddressLiquid(): Liquid {
  const liquid = createHardenedLiquid();
  const outputEscape = (value: unknown) => (value instanceof Written ? new Filled(value.valueOf(), true) : new Filled(value, false));
  Object.assign(liquid.options, { outputEscape });
  for (const name of WRITTEN) {
    const filter = liquid.filters[name];
    const write = typeof filter === 'function' ? filter : (value: unknown) => value;
    liquid.registerFilter(name, function* (value: unknown, ...args: unknown[]): Generator<unknown, unknown, unknown> {
      return new Written(yield write.call(this, value, ...args));
    });
  }
  return liquid;
}
