import type { Problem } from '../../contract/index.js';
import { coerce } from '../../params/variable-value.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';

/** Reports defaults of variables that are not of their type. */
export function checkDefaults({ variables }: Checked): readonly Problem[] {
  return variables.flatMap(({ item: { name, type, default: standard = null }, at }) => {
    if (coerce(standard, type) !== undefined) return [];
    return [
      error({
        pointer: `${at}/default`,
        code: 'variable/wrong-default',
        message: `the default of "${name}" is not a ${type}`,
        hint: `Write a ${type}, or change the type of the variable.`,
      }),
    ];
  });
}
