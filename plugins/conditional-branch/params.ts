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
          name: portName('Name', 'The name of the port: lower-case letters, digits and hyphens.').required(),
          title: described(Joi.string().max(200), 'Title', 'Shown instead of the name.'),
          when: condition.required(),
        }).label('Branch'),
      )
      .min(1)
      .max(50)
      .required(),
    'Branches',
    'The first one whose condition is true is taken.',
  ).meta({ control: 'branches' }),
});
