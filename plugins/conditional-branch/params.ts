import Joi from 'joi';
import { closed, portName } from '../../src/params/fields.js';
import { type Condition, condition } from '../../src/params/rule.js';

export interface BranchParams {
  readonly branches: readonly { readonly name: string; readonly title?: string; readonly when: Condition }[];
}

export const params = closed<BranchParams>({
  branches: Joi.array()
    .items(closed({ name: portName('Name').required(), title: Joi.string().max(200).label('Title'), when: condition.required() }))
    .min(1)
    .max(50)
    .required()
    .label('Branches'),
});
