import Joi from 'joi';
import { linkTo, named, sharing } from './named.js';
import { PROBLEM, PROBLEM_DETAILS } from './problem.js';

/** The last millisecond that a date can hold: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LATEST = 8.64e15;
const MOST_STARTS = 1_000;
const millis = Joi.number().integer().min(0).max(LATEST);

export const START_EXAMPLE = {
  data: { order: 'A-17' },
  uuid: 'c68622e6-5f0d-c8a4-af41-e949c2a7580e',
  outId: 'crm-991',
  contact: { identity: 'whatsapp:4915112345678', name: 'Ada' },
  channel: 'wa-main',
};

export const START = named(
  'Start',
  'A start of a flow with one person.',
  {
    data: Joi.object()
      .unknown(true)
      .default({})
      .description('The inputs of the flow; what it does not declare is dropped, and named in the answer.'),
    uuid: Joi.string().max(200).description('A repeat answers as the first did, and starts nothing.'),
    outId: Joi.string().max(200).description('Of the system that calls; the flow has it as a variable.'),
    claimTimeMillis: millis.description('When it happened, in milliseconds since 1970.'),
    discardTimeMillis: millis.description('Dropped when it has not begun by then.'),
    contact: Joi.object({
      identity: Joi.string()
        .max(200)
        .description('`whatsapp:<wa id>`, `viber:<channel>:<user id>`, `phone:+…`; a number as E.164, the country first'),
      id: Joi.string().max(100).description('Of a contact that is known.'),
      name: Joi.string().max(200),
    })
      .xor('identity', 'id')
      .without('id', 'name')
      .required(),
    channel: Joi.string().max(64).description('May be left out where the flow is bound to one, or the contact was heard on one.'),
  },
  START_EXAMPLE,
);

/** The list itself; each start in it is answered for itself. */
export const BATCH = Joi.object({ starts: Joi.array().items(Joi.any()).min(1).max(MOST_STARTS).required() });

/** For the document: one start, or up to a thousand. */
export const START_OR_BATCH = Joi.alternatives(
  linkTo(START),
  Joi.object({ starts: Joi.array().items(linkTo(START)).min(1).max(MOST_STARTS).required() }),
).shared(START);

const STARTED = named(
  'Started',
  'What became of a start.',
  {
    sessionId: Joi.string().required(),
    runId: Joi.string().description('Absent when it was discarded.'),
    status: Joi.string().valid('started', 'queued', 'discarded').required(),
    ignoredInputs: Joi.array().items(Joi.string()).required(),
    repeated: Joi.boolean().required(),
  },
  { sessionId: 's0m3jx1', runId: 'r0m3jx7', status: 'started', ignoredInputs: [], repeated: false },
);

export const STARTED_OR_RESULTS = Joi.alternatives(
  linkTo(STARTED),
  sharing({
    results: Joi.array().items(linkTo(STARTED), linkTo(PROBLEM_DETAILS)).required().description('In the order of the starts.'),
  }),
)
  .shared(STARTED)
  .shared(PROBLEM_DETAILS)
  .shared(PROBLEM);
