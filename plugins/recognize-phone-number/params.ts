import { choice, closed, text, variable } from '../../src/params/fields.js';
import { type ValueBranch, valueBranches } from '../../src/params/value-branches.js';

export interface PhoneParams {
  readonly input: string;
  readonly output: keyof typeof OUTPUTS;
  readonly region?: string;
  readonly saveAs?: string;
  readonly branches?: readonly ValueBranch[];
}

const OUTPUTS = {
  callingCode: 'Calling code, such as 49',
  region: 'Country, such as DE',
  e164: 'Whole number, such as +4915112345678',
  national: 'As written in its country',
} as const;

export const params = closed<PhoneParams>({
  input: text('Input', 'The text to search, such as {{ answer }}; the first phone number in it counts.')
    .max(10_000)
    .required()
    .meta({ example: '{{ lastMessage.text }}' }),
  output: choice(OUTPUTS, 'Output', 'What is saved, and compared with the values of the branches.').default('callingCode'),
  region: text('Country', 'The country whose numbers count without a country code, such as DE; by default that of the contact.')
    .max(200)
    .meta({ more: true, example: 'DE' }),
  saveAs: variable('Save as', 'The variable for the result; null if there is no phone number.'),
  branches: valueBranches('What the result must be for this way out, such as 49 or DE.', '49'),
});
