import Joi from 'joi';
import { closed, described, portName, text, variable } from '../../src/params/fields.js';
import { type Condition, condition } from '../../src/params/rule.js';

export interface Branch {
  readonly name: string;
  readonly title?: string;
  readonly when: Condition;
}

export interface BranchParams {
  readonly branches: readonly Branch[];
  readonly elseTitle?: string;
  readonly save?: { readonly value?: string; readonly title?: string; readonly input?: string };
}

const title = (label: string, sentence: string) => text(label, sentence).max(200);

export const params = closed<BranchParams>({
  branches: described(
    Joi.array()
      .items(
        closed<Branch>({
          name: portName('Name', 'The name of the port: lower-case letters, digits and hyphens.').required(),
          title: title('Title', 'Shown instead of the name, and saved if you like.'),
          when: condition.required(),
        }).label('Branch'),
      )
      .min(1)
      .max(100)
      .required(),
    'Branches',
    'The first one whose condition is true is taken.',
  ).meta({ control: 'branches' }),
  elseTitle: title('Title of “else”', 'Shown and saved if no condition is true.').meta({ more: true }),
  save: described(
    closed({
      value: variable('What matched', 'The words that were found, the number, or whatever else was compared.'),
      title: variable('Title of the branch', "The title of the branch that was taken, in the contact's language."),
      input: variable('What was tested', 'The left side of the rule that was true, else of the first rule.'),
    }).or('value', 'title', 'input'),
    'Save',
    'The names of variables for the result.',
  ).meta({ more: true }),
});
