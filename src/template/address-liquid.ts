import { Drop, type Liquid } from 'liquidjs/dist/liquid.node.mjs';
import { Filled } from './address-text.js';
import { createHardenedLiquid } from './hardened-liquid.js';

/** As the last filter of an expression, these give a text that is already in the form of an address. */
const ENCODING_FILTERS: readonly string[] = ['raw', 'url_encode', 'cgi_escape'];

/** The result of one of these filters. Other filters see only the text in it. */
class Encoded extends Drop {
  readonly #text: unknown;

  constructor(text: unknown) {
    super();
    this.#text = text;
  }

  override valueOf(): unknown {
    return this.#text;
  }
}

/** Creates a Liquid for addresses. Its output marks the values of expressions, so that they differ from the author's own text. */
export function createAddressLiquid(): Liquid {
  const liquid = createHardenedLiquid();
  const outputEscape = (value: unknown) => (value instanceof Encoded ? new Filled(value.valueOf(), true) : new Filled(value, false));
  Object.assign(liquid.options, { outputEscape });
  for (const name of ENCODING_FILTERS) {
    const filter = liquid.filters[name];
    const encode = typeof filter === 'function' ? filter : (value: unknown) => value;
    liquid.registerFilter(name, function* (value: unknown, ...args: unknown[]): Generator<unknown, unknown, unknown> {
      return new Encoded(yield encode.call(this, value, ...args));
    });
  }
  return liquid;
}
