import { closed, flowCode, text } from '../../src/params/fields.js';
import { type Row, rows } from '../../src/params/rows.js';

export interface StartParams {
  readonly flow: string;
  readonly contact: string;
  readonly input?: readonly Row[];
}

export const params = closed<StartParams>({
  flow: flowCode('Flow', 'The code of a flow that is ONLINE and has a manual trigger.').meta({ flowIs: 'started' }).required(),
  contact: text('Contact', 'For whom it is started: an identity such as whatsapp:4915112345678, a phone number, or the id of a contact.')
    .max(500)
    .meta({ example: '{{ colleague }}' })
    .required(),
  input: rows('Input', 'Values for the input variables of that flow.'),
});
