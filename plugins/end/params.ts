import { closed } from '../../src/params/fields.js';
import { anyMessageParams, type MessageParams } from '../../src/params/message.js';
import { type Row, rows } from '../../src/params/rows.js';

export interface EndParams {
  readonly outputs?: readonly Row[];
  readonly message?: MessageParams;
}

export const params = closed<EndParams>({
  outputs: rows('Outputs', 'Values for a flow that has called this one.').meta({ more: true }),
  message: anyMessageParams().label('Closing message').description('Sent before the flow ends.'),
});
