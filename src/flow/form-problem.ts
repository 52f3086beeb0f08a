import type { Problem } from '../contract/index.js';

const FORM = /^(flow|params)\/(missing|unknown-key|not-allowed|empty|wrong|unknown-node-type|unknown-node-version)$/;

/**
 * Returns whether a problem is one of form: a member that is missing or unknown, a wrong type, a value outside its list or its bounds.
 * The JSON Schema of flow files refuses what has such a problem, and nothing else.
 */
export function isFormProblem({ code }: Problem): boolean {
  return FORM.test(code);
}
