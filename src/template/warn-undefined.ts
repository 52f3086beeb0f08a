import { PLAIN_OUTPUT } from './is-template.js';
import type { TemplateScope } from './scope.js';

/** Warns about each plain output (`{{ name }}`) without a value. */
export function warnUndefined(source: string, scope: TemplateScope): void {
  // Tags can set variables, so a missing one cannot be found from outside.
  if (source.includes('{%')) return;
  for (const [, path = ''] of source.matchAll(PLAIN_OUTPUT)) {
    if (isMissing(path.split('.'), scope.data)) scope.warn('template/undefined', `{{ ${path} }} is not set`);
  }
}

function isMissing(path: readonly string[], data: TemplateScope['data']): boolean {
  let value: unknown = data;
  for (const name of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return !isCounted(name, value);
    value = (value as Record<string, unknown>)[name];
  }
  return value === undefined || value === null;
}

/** Liquid computes `size`, `first` and `last` itself. */
function isCounted(name: string, of: unknown): boolean {
  return (name === 'size' || name === 'first' || name === 'last') && (Array.isArray(of) || typeof of === 'string');
}
