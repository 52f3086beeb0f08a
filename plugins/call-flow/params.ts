import Joi from 'joi';
import type { Duration } from '../../src/contract/index.js';
import { duration } from '../../src/params/duration.js';
import { closed, described, flowCode } from '../../src/params/fields.js';
import { type Row, rows } from '../../src/params/rows.js';
import { type Saved, save } from '../../src/params/save.js';

export interface CallParams {
  readonly flow: string;
  readonly wait: boolean;
  readonly timeout?: Duration;
  readonly input?: readonly Row[];
  readonly save?: readonly Saved[];
}

const isWaitedFor = [{ pointer: '/wait', is: [true] }];

export const params = closed<CallParams>({
  flow: flowCode('Flow', 'The code of a flow that is ONLINE and may be called; dialog:<id> for a dialog written in TypeScript.').required(),
  wait: described(
    Joi.boolean().default(true),
    'Wait for its end',
    'Otherwise it runs in the background and this flow goes on at once; then it must not wait for messages.',
  ),
  timeout: duration('Waiting time', 'Adds the way out "Timed out": a called flow that takes longer is ended.').meta({
    more: true,
    when: isWaitedFor,
  }),
  input: rows('Input', 'Values for the input variables of that flow.'),
  save: save('Save', 'Variables for outputs of that flow, such as result.').meta({ when: isWaitedFor }),
});
