import { TokenizationError } from 'liquidjs/dist/liquid.node.mjs';
import type { TemplateScope } from './scope.js';

/** Fills one template. An error becomes a warning, and the result is `otherwise`. */
export function guarded<T>(scope: TemplateScope, source: string, otherwise: T, work: () => T): T {
  if (scope.allowance && scope.allowance.steps <= 0) {
    scope.warn('template/failed', `${source.slice(0, 80)}: the templates of this turn have used all their steps`);
    return otherwise;
  }
  try {
    return work();
  } catch (error) {
    const code = error instanceof TokenizationError ? 'template/syntax' : 'template/failed';
    scope.warn(code, `${source.slice(0, 80)}: ${error instanceof Error ? error.message.split('\n')[0] : 'cannot be filled'}`);
    return otherwise;
  }
}
