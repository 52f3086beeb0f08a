import { closed } from '../../src/params/fields.js';
import { type MessageParams, messageParams } from '../../src/params/message.js';
import { type Row, rows } from '../../src/params/rows.js';

export interface EndParams {
  readonly outputs?: readonly Row[];
  readonly message?: MessageParams;
}

export const params = closed<EndParams>({
  outputs: rows('Outputs', 'What a calling flow gets.'),
  message: messageParams('whatsapp').label('Closing message').description('The last word of the flow.'),
});
