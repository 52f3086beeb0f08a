import Joi from 'joi';
import { named } from './named.js';

export const RESULT = named(
  'Result',
  'How a run of a flow ended, with the variables of the flow that was started, or of the flow that it was forwarded to.',
  {
    run: Joi.string().required(),
    contact: Joi.string().required().description('The id of the contact.'),
    flow: Joi.string().required(),
    version: Joi.number().integer().required(),
    startedBy: Joi.string().required(),
    startedAt: Joi.string().isoDate().required(),
    endedAt: Joi.string().isoDate().required(),
    outcome: Joi.string()
      .valid('completed', 'failed', 'ended', 'interrupted', 'opted-out')
      .required()
      .description('`interrupted`: another flow took its place. `ended`: an operator or a publish ended it.'),
    variables: Joi.object().unknown(true).required().description('Their values when the run ended.'),
  },
  {
    run: 's0mx1m9a0z0bd59a1c5e.1.r1',
    contact: 's0mx1m9a0z0bd59a1c5e',
    flow: 'survey',
    version: 3,
    startedBy: 'message:wa:wamid.1',
    startedAt: '2026-11-29T09:00:00.000Z',
    endedAt: '2026-11-29T09:02:00.000Z',
    outcome: 'completed',
    variables: { rating: 5, comment: 'Great' },
  },
);

/** The variables of results. */
export const RESULT_COLUMNS = Joi.array()
  .items(
    Joi.object({
      name: Joi.string().required(),
      type: Joi.string()
        .valid('text', 'number', 'boolean', 'date', 'list', 'object')
        .description('Absent if it may hold values of several types.'),
      title: Joi.string().allow('').description('As the draft declares it.'),
    }),
  )
  .description('On the first page: the variables that the draft declares or its nodes set, with their types.');
