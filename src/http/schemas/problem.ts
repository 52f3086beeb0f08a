import Joi from 'joi';
import { linkTo, named } from './named.js';

export const PROBLEM = named(
  'Problem',
  'Something wrong in what was given: where, and how to mend it. Warnings do not stop a publish.',
  {
    pointer: Joi.string()
      .allow('')
      .required()
      .description('JSON Pointer (RFC 6901) into what was given; that of a missing member names it.'),
    code: Joi.string().required().description('From docs/errors.md.'),
    node: Joi.string().description('The node of the flow.'),
    message: Joi.string().required(),
    hint: Joi.string().required().description('How to mend it.'),
    severity: Joi.string().valid('error', 'warning').required(),
  },
  {
    pointer: '/nodes/1/params/message/text',
    code: 'params/missing',
    node: 'ask',
    message: "'message.text' is required",
    hint: 'Add "text".',
    severity: 'error',
  },
);

export const PROBLEM_DETAILS = named(
  'ProblemDetails',
  'A refusal as RFC 9457 has it (https://www.rfc-editor.org/rfc/rfc9457), with all problems at once.',
  {
    type: Joi.string().uri().required(),
    title: Joi.string().required(),
    status: Joi.number().integer().required(),
    code: Joi.string().required().description('From docs/errors.md.'),
    detail: Joi.string().required(),
    errors: Joi.array().items(linkTo(PROBLEM)).required(),
    id: Joi.string().required().description('The log has it, where the fault is the host’s.'),
  },
  {
    type: 'https://parley.invalid/docs/errors#flow-unknown',
    title: 'Not Found',
    status: 404,
    code: 'flow/unknown',
    detail: 'There is no flow "welcme".',
    errors: [],
    id: '7d2831e5-d723-4995-874f-d8d2a7f102f5',
  },
).shared(PROBLEM);
