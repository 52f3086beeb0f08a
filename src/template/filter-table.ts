import { type Liquid, toValue } from 'liquidjs/dist/liquid.node.mjs';
import { fillContextOf } from './bound-filters.js';
import type { FillContext } from './fill-context.js';

/** Filters as functions of a value and its arguments. Undefined is no value: nothing is shown, and `default` gives another one. */
export type FilterTable = Readonly<Record<string, (filling: FillContext, value: unknown, ...args: readonly unknown[]) => unknown>>;

/** Registers filters with Liquid. They get plain values. */
export function registerFilters(liquid: Liquid, table: FilterTable): void {
  for (const [name, filter] of Object.entries(table))
    liquid.registerFilter(name, function (value: unknown, ...args: unknown[]) {
      return filter(fillContextOf(this.context), toValue(value), ...args.map((one): unknown => toValue(one)));
    });
}
