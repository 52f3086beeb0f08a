import Joi from 'joi';
import { closed, described, portName } from '../../src/params/fields.js';
import { type Condition, condition } from '../../src/params/rule.js';

export interface BranchParams {
  readonly branches: readonly { readonly name: string; readonly title?: string; readonly when: Condition }[];
}

export const params = closed<BranchParams>({
  branches: described(
    Joi.array()
      .items(
        closed({
          name: portName('Name', 'The port of the branch: small letters, digits and dashes.').required(),
          title: described(Joi.string().max(200), 'Title', 'What the canvas shows instead of the name.'),
          when: condition.required(),
        }),
      )
      .min(1)
      .max(50)
      .required(),
    'Branches',
    'The first that is true is taken.',
  ),
});
