import { type Problem, RESERVED_NAMES, TAKEN_NAMES } from '../../contract/index.js';
import type { Checked } from './checked.js';
import { type At, error, warning } from './finding.js';

/** Reports variables with a name that has another meaning. */
export function checkNames({ variables, known }: Checked): readonly Problem[] {
  const declared = variables.flatMap(({ item, at }) => checkName(item.name, { pointer: `${at}/name` }));
  const set = known.flatMap(({ node, at, fields }) =>
    fields
      .filter(({ holds }) => holds === 'variable')
      .flatMap(({ value, pointer }) => checkName(value, { pointer: `${at}/params${pointer}`, node: node.id })),
  );
  return [...declared, ...set];
}

function checkName(name: string, at: At): readonly Problem[] {
  const hint = 'Choose another name for the variable.';
  if (TAKEN_NAMES.has(name))
    return [
      error({
        ...at,
        code: 'variable/taken-name',
        message: `"${name}" is a name that Parley uses, so the variable could never be read`,
        hint,
      }),
    ];
  if (RESERVED_NAMES.has(name))
    return [warning({ ...at, code: 'variable/taken-name', message: `"${name}" is reserved for a later version`, hint })];
  return [];
}
