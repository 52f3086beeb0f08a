import type { AdapterLimits, ChoicesShown, NodeProblem } from '../contract/index.js';
import { alikeTitles, isNumberTitle } from '../text/choose-typed.js';
import { tooLong, unlessUnbound } from './limit-problems.js';
import { isLiteral } from './literal.js';

/** A choice as it stands in a flow file. */
export interface DrawnChoice {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** Returns what is wrong with choices that are shown in this way: too many, too long, or not to be told apart when people type them. */
export function checkChoices(choices: readonly DrawnChoice[], shown: ChoicesShown, by: AdapterLimits): readonly NodeProblem[] {
  if (shown === 'text') return [...repeated(choices), ...alike(choices), ...numberTitles(choices)];
  return [
    ...tooMany(choices, shown, by),
    ...choices.flatMap((choice, i) => checkChoice(choice, shown, by).map((one) => ({ ...one, pointer: `/choices/${i}${one.pointer}` }))),
    ...repeated(choices),
    ...alike(choices),
  ];
}

type Tapped = Exclude<ChoicesShown, 'text'>;

function tooMany({ length: count }: readonly DrawnChoice[], shown: Tapped, by: AdapterLimits): readonly NodeProblem[] {
  const { max } = by.limits[shown];
  if (count <= max) return [];
  const problem = {
    pointer: '/choices',
    code: 'message/too-many-choices',
    message: `there are ${count} choices; ${by.adapter} shows at most ${max} as ${shown === 'list' ? 'a list' : 'buttons'}`,
    hint: 'Remove some, or set "choicesAs" to "auto".',
  };
  return [unlessUnbound(problem, by)];
}

function checkChoice({ id, title, description }: DrawnChoice, shown: Tapped, by: AdapterLimits): readonly NodeProblem[] {
  const limits = by.limits[shown];
  return [
    ...tooLong(id, { pointer: '/id', name: 'the id', limit: limits.id }, by),
    ...tooLong(title, { pointer: '/title', name: 'the title', limit: limits.title }, by),
    ...(limits.description !== undefined
      ? tooLong(description, { pointer: '/description', name: 'the description', limit: limits.description }, by)
      : uselessDescription(description)),
  ];
}

function uselessDescription(description: string | undefined): readonly NodeProblem[] {
  if (description === undefined) return [];
  return [
    {
      pointer: '/description',
      code: 'message/no-description',
      message: 'descriptions are not shown on buttons',
      hint: 'Set "choicesAs" to "list" or "auto", or remove the description.',
      severity: 'warning',
    },
  ];
}

function repeated(choices: readonly DrawnChoice[]): readonly NodeProblem[] {
  return (['title', 'id'] as const).flatMap((member) => {
    const seen = new Set<string>();
    return choices.flatMap((choice, i) => {
      const isRepeated = isLiteral(choice[member]) && seen.has(choice[member]);
      seen.add(choice[member]);
      if (!isRepeated) return [];
      return [
        {
          pointer: `/choices/${i}/${member}`,
          code: 'message/repeated-choice',
          message: `two choices have the ${member} "${choice[member]}"`,
          hint: `Give each choice a ${member} of its own.`,
        },
      ];
    });
  });
}

/** Warns of titles that differ only in accents, punctuation and emoji. People leave those out when they type, so the answer would be ambiguous. */
function alike(choices: readonly DrawnChoice[]): readonly NodeProblem[] {
  const titles = choices.map(({ title }) => title);
  return alikeTitles(titles).flatMap(({ index, first }) => {
    const [title = '', other = ''] = [titles[index], titles[first]];
    if (title === other || !isLiteral(title) || !isLiteral(other)) return [];
    return [
      {
        pointer: `/choices/${index}/title`,
        code: 'message/alike-choices',
        message: `"${title}" and "${other}" differ only in accents, punctuation or emoji, which people leave out when they type: such an answer chooses neither`,
        hint: 'Use titles with different letters or digits.',
        severity: 'warning' as const,
      },
    ];
  });
}

/** Warns of titles that are numbers. Numbers in front of "2 / 4 / 6" would be ambiguous: "2" would mean the second line and the choice "2". */
function numberTitles(choices: readonly DrawnChoice[]): readonly NodeProblem[] {
  const index = choices.findIndex(({ title }) => isLiteral(title) && isNumberTitle(title));
  if (index < 0) return [];
  return [
    {
      pointer: `/choices/${index}/title`,
      code: 'message/number-title',
      message: `"${choices[index]?.title}" is a number, so the choices are shown without numbers in front of them`,
      hint: 'Add a word to the titles, as in "2 people", or show them as buttons or a list.',
      severity: 'warning',
    },
  ];
}
