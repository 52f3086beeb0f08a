import Joi from 'joi';
import { linkTo, named } from './named.js';

/** Which draft of a flow it is. */
export const stampMembers = {
  revision: Joi.number().integer().required().description('Grows with every save.'),
  at: Joi.string().isoDate().required().description('When it was saved.'),
  by: Joi.string().allow('').required().description('The name of the key that saved it. Empty for drafts of earlier releases.'),
};
const DRAFT_STAMP = Joi.object(stampMembers);

export const PROBLEM = named(
  'Problem',
  'A mistake in what was sent: where it is, and what to do about it. Warnings do not stop a publish.',
  {
    pointer: Joi.string()
      .allow('')
      .required()
      .description('JSON Pointer (RFC 6901) into what was sent. For a missing member it is where the member belongs.'),
    code: Joi.string().required().description('One of the codes in docs/errors.md.'),
    node: Joi.string().description('The id of the node, in a flow.'),
    message: Joi.string().required(),
    hint: Joi.string().required().description('What to do about it.'),
    severity: Joi.string().valid('error', 'warning').required(),
    mend: Joi.array()
      .items(
        Joi.object({
          op: Joi.string().valid('add', 'remove', 'replace', 'move').required(),
          path: Joi.string().allow('').required(),
          from: Joi.string().allow('').description('With "move".'),
          value: Joi.any().description('With "add" and "replace".'),
        }),
      )
      .description(
        'A JSON Patch (RFC 6902) of the flow file that does what the hint says, where exactly one mend is sensible. The mends of one answer fit the file one after another, in the order of the problems.',
      ),
  },
  {
    pointer: '/edges/3/port',
    code: 'flow/no-such-port',
    node: 'ask',
    message: '"ask" has no port "answerd"',
    hint: 'Did you mean "answered"?',
    severity: 'error',
    mend: [{ op: 'replace', path: '/edges/3/port', value: 'answered' }],
  },
);

export const BLOCKER = named(
  'Blocker',
  'A reason why a version cannot go ONLINE.',
  {
    code: Joi.string().required().description('One of the codes in docs/errors.md.'),
    detail: Joi.string().required(),
    errors: Joi.array().items(linkTo(PROBLEM)),
  },
  { code: 'flow/tie', detail: '"welcome" takes the same messages as "hello".' },
).shared(PROBLEM);

export const PROBLEM_DETAILS = named(
  'ProblemDetails',
  'A refusal as RFC 9457 defines it (https://www.rfc-editor.org/rfc/rfc9457), with all problems at once.',
  {
    type: Joi.string().uri().required(),
    title: Joi.string().required(),
    status: Joi.number().integer().required(),
    code: Joi.string().required().description('One of the codes in docs/errors.md.'),
    detail: Joi.string().required(),
    errors: Joi.array().items(linkTo(PROBLEM)).required(),
    draft: DRAFT_STAMP.optional().description('With draft/conflict: the draft that is there, and who saved it.'),
    blockers: Joi.array()
      .items(linkTo(BLOCKER))
      .description('With a refused publish: each reason. The first is the one that `code` names, and `errors` has the problems of all.'),
    id: Joi.string().required().description('If the host failed, its log has an entry with this id.'),
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
)
  .shared(PROBLEM)
  .shared(BLOCKER);
