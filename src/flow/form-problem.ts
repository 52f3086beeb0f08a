import type { Problem } from '../contract/index.js';

const FORM = /^(flow|params)\/(missing|unknown-key|not-allowed|empty|wrong|unknown-node-type|unknown-node-version)$/;

/**
 * Returns whether a problem is one of form: a missing or unknown member, a wrong type, a value that is not allowed. The JSON Schema of flow
 * files refuses flows with such problems, and no others.
 */
export function isFormProblem({ code }: Problem): boolean {
  return FORM.test(code);
}
