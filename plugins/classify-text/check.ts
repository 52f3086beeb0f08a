import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { problemsOfModel } from '../../src/nodes/check-model.js';
import type { ClassifyParams } from './params.js';

/** Returns problems of a text to classify that its schema cannot find. */
export function problemsIn({ model, branch, saveAs }: ClassifyParams, scope: CheckScope): readonly NodeProblem[] {
  return [...problemsOfModel(model, scope), ...(branch || saveAs !== undefined ? [] : [UNUSED])];
}

const UNUSED: NodeProblem = {
  pointer: '',
  code: 'model/not-saved',
  message: 'the category is neither saved nor a way out',
  hint: 'Add "branch": true for a way out for each category, or "saveAs": "category".',
  severity: 'warning',
};
