import type { Problem } from '../../contract/index.js';
import { problemsOfJoi } from '../problems-of-joi.js';
import type { Checked } from './checked.js';

/** Reports params that the schema of their node type refuses. */
export function checkParams({ known, withoutParams, world }: Checked): readonly Problem[] {
  return known.flatMap(({ node, at, type, error }) => {
    if (!error) return [];
    const pointer = `${at}/params`;
    const schema = () => world.nodeTypes.describe(type.params);
    const problems = problemsOfJoi(error, { pointer, code: 'params', node: node.id, schema, value: node.params });
    if (!withoutParams.has(at)) return problems;
    // There are no params that a pointer could lead into.
    const names = problems.map((one) => `"${one.pointer.slice(pointer.length + 1)}"`).join(', ');
    const message = `the node type "${type.type}" needs params`;
    return [{ pointer, code: 'params/missing', node: node.id, message, hint: `Add "params" with ${names}.`, severity: 'error' }];
  });
}
