import type { Template } from 'liquidjs';
import type { Json } from '../contract/index.js';
import { createAddressLiquid } from './address-liquid.js';
import { AddressText, addressMistake } from './address-text.js';
import { FillContext } from './fill-context.js';
import { guarded } from './guarded.js';
import { isTemplate } from './is-template.js';
import { keep } from './keep.js';
import { SECRET } from './read-template.js';
import { runSync } from './run-sync.js';
import type { TemplateScope } from './scope.js';
import { warnUndefined } from './warn-undefined.js';

/** Fills addresses of calls and files. */
export interface AddressTemplates {
  /**
   * Fills an address as `Templates.text` fills a text: what expressions give is percent-encoded for its place. Undefined, with the warning `call/address`, where a
   * part of the path comes out as `.`, `..` or empty, or the host as something that is no host.
   */
  address(source: string, scope: TemplateScope): string | undefined;
  /** As `address`, with secrets as in `Templates.sealed`. */
  sealedAddress(source: string, scope: TemplateScope): Json | undefined;
}

/** Makes the templates of addresses: the same language, but the values of expressions cannot leave their place in the address. */
export function createAddresses(): AddressTemplates {
  const liquid = createAddressLiquid();
  const parsed = new Map<string, readonly Template[]>();

  function fillInto(address: AddressText, source: string, scope: TemplateScope): void {
    if (source === '') return;
    const kept = keep(parsed, source, () => liquid.parse(source));
    warnUndefined(source, scope);
    const context = new FillContext(liquid, { scope });
    const emitter = { buffer: '', write: (piece: unknown) => address.write(context, piece) };
    runSync(liquid.renderer.renderTemplates([...kept], context, emitter) as Generator<unknown, unknown, unknown>);
  }

  function accepted(address: AddressText, source: string, scope: TemplateScope): AddressText | undefined {
    const mistake = addressMistake(address);
    if (mistake === undefined) return address;
    scope.warn('call/address', `${source.slice(0, 80)}: ${mistake}`);
    return undefined;
  }

  return {
    address(source, scope) {
      if (!isTemplate(source)) return source;
      return guarded(scope, source, undefined, () => {
        const address = new AddressText();
        fillInto(address, source.trim(), scope);
        return accepted(address, source, scope)?.buffer;
      });
    },
    sealedAddress(source, scope) {
      if (!isTemplate(source)) return source;
      return guarded<Json | undefined>(scope, source, undefined, () => {
        const address = new AddressText();
        const text = source.trim();
        let from = 0;
        for (const found of text.matchAll(SECRET)) {
          fillInto(address, text.slice(from, found.index), scope);
          from = found.index + found[0].length;
          address.addSecret(found[1] ?? '', text.slice(from));
        }
        fillInto(address, text.slice(from), scope);
        return accepted(address, source, scope) && partsOf(address);
      });
    },
  };
}

/** The address as a text, or sealed if it has secrets. */
function partsOf({ buffer, pieces }: AddressText): Json {
  if (pieces.every(({ secret }) => secret === undefined)) return buffer;
  return { $sealed: pieces.map(({ text, secret }) => (secret === undefined ? text : { secret })) };
}
