import { type Problem, RESERVED_NAMES, TAKEN_NAMES } from '../../contract/index.js';
import type { Checked } from './checked.js';
import { type At, error, warning } from './finding.js';

/** No variable has a name that means something else. */
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
        message: `"${name}" is given by Parley, so a variable of that name is never read`,
        hint,
      }),
    ];
  if (RESERVED_NAMES.has(name))
    return [warning({ ...at, code: 'variable/taken-name', message: `"${name}" is kept for a later version of the language`, hint })];
  return [];
}
