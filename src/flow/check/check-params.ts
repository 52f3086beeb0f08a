import type { Problem } from '../../contract/index.js';
import { problemsOfJoi } from '../problems-of-joi.js';
import type { Checked } from './checked.js';

/** The params of every node have the form that its type asks for. */
export function checkParams({ known }: Checked): readonly Problem[] {
  return known.flatMap(({ node, at, type, error }) =>
    error ? problemsOfJoi(error, { pointer: `${at}/params`, code: 'params', node: node.id, schema: type.params, value: node.params }) : [],
  );
}
