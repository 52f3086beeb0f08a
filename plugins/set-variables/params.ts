import Joi from 'joi';
import { type Json, VARIABLE_TYPES, type VariableType } from '../../src/contract/index.js';
import { choice, closed, described, json } from '../../src/params/fields.js';

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
          'A variable of the flow, or contact.<field>.',
        ),
        value: json(
          'Value',
          'Any JSON; texts in it may contain templates. A text that is one {{ expression }} becomes its value, with its type.',
        )
          .required()
          .meta({ savedAs: 'name' }),
        type: choice(
          VARIABLE_TYPES,
          'Type',
          'Converts the value to this type; if that is not possible, it becomes null, with a warning.',
        ).meta({ more: true }),
      }).label('Variable'),
    )
    .min(1)
    .max(100)
    .required()
    .meta({ control: 'rows' })
    .label('Variables')
    .description('Set in this order; a row can read those above it.'),
});
