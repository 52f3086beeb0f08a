import { Context, type Liquid } from 'liquidjs/dist/liquid.node.mjs';
import { changedScope, type TemplateScope } from './scope.js';
import { Steps } from './steps.js';

/** The maximum of different warnings from one template. */
const MAX_WARNINGS = 10;
/** Steps to begin the next piece of a template: a text, an output or a tag. */
const PIECE = 20;

interface Filling {
  readonly scope: TemplateScope;
  /** The steps that are left, if the template has already begun. */
  readonly steps?: Steps;
  /** The item of a list whose properties are read. */
  readonly item?: object;
}

/**
 * Liquid's context while one template is filled, with its scope and the steps that are left. Filters and operators find both here, so that
 * no other place keeps anything of a turn.
 */
export class FillContext extends Context {
  readonly scope: TemplateScope;
  readonly steps: Steps;
  readonly #of: Liquid;

  constructor(liquid: Liquid, { scope, steps, item = Object.create(null) as object }: Filling) {
    const left = steps ?? new Steps(scope.allowance);
    // As globals, not as the context's own environment: `increment` would write into that, and so into the session.
    super(item, liquid.options, { globals: scope.data, sync: true }, { renderLimit: pieceLimit(left), liquid });
    this.scope = steps ? scope : changedScope(scope, { warn: bounded(scope.warn) });
    this.steps = left;
    this.#of = liquid;
  }

  /** Called by filters that read a property of each item of a list. */
  override spawn(item: object = {}): FillContext {
    const context = new FillContext(this.#of, { scope: this.scope, steps: this.steps, item });
    context.memoryLimit = this.memoryLimit;
    return context;
  }

  /** Spends steps for the length of a value when it is read: whatever is done with it later takes as long. */
  override readProperty(object: Parameters<Context['readProperty']>[0], key: Parameters<Context['readProperty']>[1]): unknown {
    const value: unknown = super.readProperty(object, key);
    this.steps.spend(1 + lengthOf(value) / 16);
    return value;
  }
}

/** Reports each warning once: a loop would report the same one thousands of times. */
function bounded(warn: TemplateScope['warn']): TemplateScope['warn'] {
  const reported = new Set<string>();
  return (code, detail) => {
    if (reported.has(detail) || reported.size >= MAX_WARNINGS) return;
    reported.add(detail);
    warn(code, detail);
  };
}

/** Stands in for Liquid's time limit: before each piece, Liquid checks the steps instead of a clock. */
function pieceLimit(steps: Steps): Context['renderLimit'] {
  const limit = { check: () => steps.spend(PIECE), use: () => undefined };
  return limit as unknown as Context['renderLimit'];
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}
