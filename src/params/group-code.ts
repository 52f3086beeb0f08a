import type Joi from 'joi';
import type { NodeProblem, NodeScope } from '../contract/index.js';
import { startOf } from '../text/cut-text.js';
import { readGroupCode } from '../text/read-group-code.js';
import { text } from './fields.js';
import { isLiteral } from './literal.js';

/** The code of a group, or a template for one. */
export const groupCode = (label: string, sentence: string): Joi.StringSchema =>
  text(label, `${sentence} Lower-case letters, digits and hyphens, at most 64 characters.`).max(200).meta({ example: 'vip' });

/** Reports a code without templates that is invalid. Values of templates are read when the node is reached. */
export function checkGroup(group: string, pointer: string): readonly NodeProblem[] {
  if (!isLiteral(group) || readGroupCode(group) === group) return [];
  return [
    {
      pointer,
      code: 'group/bad-code',
      message: `"${group}" is not the code of a group`,
      hint: 'Use lower-case letters, digits and hyphens, such as vip or berlin-2026.',
    },
  ];
}

/** Returns the code of a group; undefined, with a warning, if the value of the template is not one. Capital letters become small ones. */
export function groupOf(scope: NodeScope<unknown>, group: string): string | undefined {
  const text = scope.text(group);
  const code = readGroupCode(text);
  if (code !== undefined) return code;
  scope.warn('group/bad-code', `"${startOf(text, 100)}" is not the code of a group: lower-case letters, digits and hyphens`);
  return undefined;
}
