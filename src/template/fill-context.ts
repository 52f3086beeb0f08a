import { Context, type Liquid } from 'liquidjs';
import { changedScope, type TemplateScope } from './scope.js';
import { Steps } from './steps.js';

/** Warnings of one template, each of them once. */
const MAX_WARNINGS = 10;
/** Steps to go on to the next piece of a template: a text, an output, a tag. */
const PIECE = 20;

interface Filling {
  readonly scope: TemplateScope;
  /** Those that are left of a filling that has begun. */
  readonly steps?: Steps;
  /** The item of a list whose properties are read. */
  readonly item?: object;
}

/**
 * Liquid's context of one filling, with the scope that it is for and the steps that are left. Filters and operators find both here, so
 * that nothing of a turn is kept beside it.
 */
export class FillContext extends Context {
  readonly scope: TemplateScope;
  readonly steps: Steps;
  readonly #of: Liquid;

  constructor(liquid: Liquid, { scope, steps, item = Object.create(null) as object }: Filling) {
    const left = steps ?? new Steps(scope.allowance);
    // The data is not the context's own environment: `increment` would write into it, and so into the session.
    super(item, liquid.options, { globals: scope.data, sync: true }, { renderLimit: pieceLimit(left), liquid });
    this.scope = steps ? scope : changedScope(scope, { warn: bounded(scope.warn) });
    this.steps = left;
    this.#of = liquid;
  }

  /** For the filters that read a property of each item of a list. */
  override spawn(item: object = {}): FillContext {
    const context = new FillContext(this.#of, { scope: this.scope, steps: this.steps, item });
    context.memoryLimit = this.memoryLimit;
    return context;
  }

  /** Whatever is done to a value costs by its length, and everything that is worked on has been read before. */
  override readProperty(object: Parameters<Context['readProperty']>[0], key: Parameters<Context['readProperty']>[1]): unknown {
    const value: unknown = super.readProperty(object, key);
    this.steps.spend(1 + lengthOf(value) / 16);
    return value;
  }
}

/** A loop would say the same thousands of times. */
function bounded(warn: TemplateScope['warn']): TemplateScope['warn'] {
  const said = new Set<string>();
  return (code, detail) => {
    if (said.has(detail) || said.size >= MAX_WARNINGS) return;
    said.add(detail);
    warn(code, detail);
  };
}

/** Liquid asks for the time before each piece; what it hears is whether there are steps left. */
function pieceLimit(steps: Steps): Context['renderLimit'] {
  const limit = { check: () => steps.spend(PIECE), use: () => undefined };
  return limit as unknown as Context['renderLimit'];
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}
