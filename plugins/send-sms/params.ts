import { closed, shownText, text } from '../../src/params/fields.js';

export interface SmsParams {
  readonly to: string;
  readonly text: string;
}

export const params = closed<SmsParams>({
  to: text('To', 'A phone number with its country code.').max(500).meta({ example: '+4915112345678' }).required(),
  text: shownText('Text', 'What the SMS says.').max(2_000).meta({ rows: 3 }).required(),
});
