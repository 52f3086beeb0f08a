import Joi from 'joi';
import type { Json, VariableType } from '../../src/contract/index.js';
import { closed, json } from '../../src/params/fields.js';

export interface SetParams {
  readonly set: readonly { readonly name: string; readonly value: Json; readonly type?: VariableType }[];
}

export const params = closed<SetParams>({
  set: Joi.array()
    .items(
      closed({
        name: Joi.string()
          .pattern(/^(contact\.)?(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/)
          .required()
          .label('Name'),
        value: json('Value').required(),
        type: Joi.string().valid('text', 'number', 'boolean', 'date', 'list', 'object').label('Type'),
      }),
    )
    .min(1)
    .max(100)
    .required()
    .label('Variables'),
});
