import type { CheckScope, NodeProblem } from '../contract/index.js';
import { checkAddress } from '../params/check-address.js';
import type { ModelParams } from '../params/model.js';

/** Returns problems of a model that its schema cannot find. A private address needs OUTBOUND_ALLOW of the host. */
export function problemsOfModel({ baseUrl }: ModelParams, { mayCall }: Pick<CheckScope, 'mayCall'>): readonly NodeProblem[] {
  const problems = checkAddress(baseUrl, '/model/baseUrl').filter(({ severity }) => severity !== 'warning' || !mayCall?.(baseUrl));
  return problems.map((problem) =>
    problem.severity === 'warning'
      ? {
          ...problem,
          code: 'request/private-address',
          message: PRIVATE,
          hint: 'Add it to OUTBOUND_ALLOW of the host, such as 127.0.0.1:11434.',
        }
      : { ...problem, code: 'request/bad-address' },
  );
}

const PRIVATE = 'the model is at a private address, which nodes may not call';
