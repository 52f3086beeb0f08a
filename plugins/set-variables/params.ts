import Joi from 'joi';
import type { Json, VariableType } from '../../src/contract/index.js';
import { closed, described, json } from '../../src/params/fields.js';

export interface SetParams {
  readonly set: readonly { readonly name: string; readonly value: Json; readonly type?: VariableType }[];
}

export const params = closed<SetParams>({
  set: Joi.array()
    .items(
      closed({
        name: described(
          Joi.string()
            .pattern(/^(contact\.)?(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/)
            .meta({ holds: 'variable' })
            .required(),
          'Name',
          'Of a variable of the flow, or contact.<field>.',
        ),
        value: json('Value', 'Any JSON, templates inside it; one lone {{ expression }} keeps its type.').required(),
        type: described(
          Joi.string().valid('text', 'number', 'boolean', 'date', 'list', 'object'),
          'Type',
          'Makes a value of this type of it; what cannot be one is left empty, with a warning.',
        ),
      }),
    )
    .min(1)
    .max(100)
    .required()
    .label('Variables')
    .description('Set in this order; a row sees the rows above it.'),
});
