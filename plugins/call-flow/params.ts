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

export const params = closed<CallParams>({
  flow: flowCode('Flow', 'The code of a flow that is ONLINE and may be called; dialog:<id> for a dialog written in TypeScript.').required(),
  wait: described(
    Joi.boolean().default(true),
    'Wait for its end',
    'Otherwise it runs beside this one, which goes on at once; it may not wait for messages then.',
  ),
  timeout: duration('Waiting time', 'Switches timedOut on: the called flow is dropped when it takes longer.'),
  input: rows('Input', 'For the input variables of that flow.'),
  save: save('Save', 'Variables from the outputs of its end, such as result.'),
});
