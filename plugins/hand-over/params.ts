import Joi from 'joi';
import type { Duration } from '../../src/contract/index.js';
import { duration } from '../../src/params/duration.js';
import { closed, described, text } from '../../src/params/fields.js';

export interface HandOverParams {
  readonly queue?: string;
  readonly note?: string;
  readonly wait: boolean;
  readonly timeout?: Duration;
  readonly timeoutBranch: boolean;
}

const isAwaited = { pointer: '/wait', is: [true] };

export const params = closed<HandOverParams>({
  queue: text('Queue', 'The team or the topic that it is for. Operators list what is handed over by queue.')
    .max(500)
    .meta({ example: 'support' }),
  note: text('Note', 'What the operator should know.').meta({ rows: 3 }),
  wait: described(
    Joi.boolean().default(true),
    'Wait until it is given back',
    'Otherwise this flow goes on at once, and the operator gets the talk when it has ended.',
  ),
  timeout: duration('Waiting time', 'The operator loses the talk after this time; by default never.').meta({ when: [isAwaited] }),
  timeoutBranch: described(
    Joi.boolean().default(false),
    'Way out for no answer',
    'Adds "Not replied" for a talk that was not given back in time; otherwise the node is left by "Returned".',
  ).meta({ when: [isAwaited, { pointer: '/timeout' }] }),
});
