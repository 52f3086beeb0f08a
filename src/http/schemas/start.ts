import Joi from 'joi';
import { linkTo, named, sharing } from './named.js';
import { PROBLEM, PROBLEM_DETAILS } from './problem.js';

/** The last time that a date can hold, in milliseconds since 1970: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const MAX_TIME = 8.64e15;
const MAX_STARTS = 1_000;
const millis = Joi.number().integer().min(0).max(MAX_TIME);

export const START_EXAMPLE = {
  data: { order: 'A-17' },
  uuid: 'c68622e6-5f0d-c8a4-af41-e949c2a7580e',
  outId: 'crm-991',
  contact: { identity: 'whatsapp:4915112345678', name: 'Ada' },
  channel: 'wa-main',
};

export const START = named(
  'Start',
  'A request to start a flow with one person.',
  {
    data: Joi.object()
      .unknown(true)
      .default({})
      .description('The inputs of the flow. Inputs that it does not declare are dropped, and listed in the answer.'),
    uuid: Joi.string().max(200).description('A repeat of the uuid starts nothing and gets the answer of the first request.'),
    outId: Joi.string().max(200).description('An id of the calling system, which the flow has as a variable.'),
    claimTimeMillis: millis.description('When the reason for the start happened, in milliseconds since 1970.'),
    discardTimeMillis: millis.description('The start is discarded if it has not begun by this time, in milliseconds since 1970.'),
    contact: Joi.object({
      identity: Joi.string()
        .max(200)
        .description('`whatsapp:<number>`, `viber:<channel>:<user id>` or `phone:+<number>`. Numbers are E.164, with the country code.'),
      id: Joi.string().max(100).description('The id of a known contact.'),
      name: Joi.string().max(200),
    })
      .xor('identity', 'id')
      .without('id', 'name')
      .required(),
    channel: Joi.string().max(64).description('May be absent if the flow is bound to one channel only, or the contact has written on one.'),
  },
  START_EXAMPLE,
);

/** A list of starts, each of which is checked and answered on its own. */
export const BATCH = Joi.object({ starts: Joi.array().items(Joi.any()).min(1).max(MAX_STARTS).required() });

/** For the document: one start, or up to a thousand. */
export const START_OR_BATCH = Joi.alternatives(
  linkTo(START),
  Joi.object({ starts: Joi.array().items(linkTo(START)).min(1).max(MAX_STARTS).required() }),
).shared(START);

const STARTED = named(
  'Started',
  'The outcome of a start.',
  {
    sessionId: Joi.string().required(),
    runId: Joi.string().description('Absent if the start was discarded.'),
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
