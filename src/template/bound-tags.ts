import { CaseTag, type Context, CycleTag, IfTag, type Liquid, UnlessTag } from 'liquidjs/dist/liquid.node.mjs';
import { fillContextOf } from './bound-filters.js';
import { COMPARISON } from './bound-operators.js';
import { weightOf } from './steps.js';

/** Steps to look at one branch. */
const BRANCH = 12;

type Emitter = Parameters<CaseTag['render']>[1];

/** Makes tags spend steps for what they look through each time: the branches of an `if`, the values of a `case`, the texts of a `cycle`. */
export function boundTags(liquid: Liquid): void {
  liquid.registerTag('if', BoundedIf);
  liquid.registerTag('unless', BoundedUnless);
  liquid.registerTag('case', BoundedCase);
  liquid.registerTag('cycle', BoundedCycle);
}

class BoundedIf extends IfTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, string> {
    fillContextOf(context).steps.spend(BRANCH * this.branches.length);
    yield* super.render(context, emitter);
  }
}

class BoundedUnless extends UnlessTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, unknown, string> {
    fillContextOf(context).steps.spend(BRANCH * this.branches.length);
    return yield* super.render(context, emitter);
  }
}

class BoundedCase extends CaseTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const values = this.branches.reduce((sum, branch) => sum + branch.values.length, 0);
    const target: unknown = yield this.value.value(context);
    fillContextOf(context).steps.spend(values * (COMPARISON + weightOf(target)));
    yield* super.render(context, emitter);
  }
}

class BoundedCycle extends CycleTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, unknown, unknown> {
    fillContextOf(context).steps.spend(this.token.size());
    return yield* super.render(context, emitter);
  }
}
