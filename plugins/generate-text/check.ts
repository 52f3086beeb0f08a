import type { CheckScope, NodeProblem } from '../../src/contract/index.js';
import { problemsOfModel } from '../../src/nodes/check-model.js';
import type { GenerateParams } from './params.js';

/** Returns problems of a text to generate that its schema cannot find. */
export function problemsIn({ model, saveAs }: GenerateParams, scope: CheckScope): readonly NodeProblem[] {
  return [...problemsOfModel(model, scope), ...(saveAs === undefined ? [NOT_SAVED] : [])];
}

const NOT_SAVED: NodeProblem = {
  pointer: '',
  code: 'model/not-saved',
  message: 'the text that the model writes is not saved',
  hint: 'Add "saveAs": "text", and show it by {{ text }} in a message.',
  severity: 'warning',
};
